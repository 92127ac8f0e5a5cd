// Search, light and dark, the menu on small screens, and the ways to the chapters before and after.
(function () {
  "use strict";

  const page = location.pathname.split("/").pop() || "index.html";
  const menu = document.getElementById("chapters");
  const links = [...menu.querySelectorAll("li a")];
  const here = links.findIndex((link) => link.getAttribute("href") === page);

  function showWhereWeAre() {
    if (here < 0) return;
    links[here].setAttribute("aria-current", "page");
    const turn = document.getElementById("turn");
    for (const [step, mark] of [[-1, "\u2190 "], [1, " \u2192"]]) {
      const other = links[here + step];
      if (!other) continue;
      const link = document.createElement("a");
      link.href = other.getAttribute("href");
      link.rel = step < 0 ? "prev" : "next";
      link.textContent = step < 0 ? mark + other.textContent : other.textContent + mark;
      turn.append(link);
    }
  }

  function closeMenuOnSmallScreens() {
    const wide = matchMedia("(min-width: 64rem)");
    const set = () => (menu.open = wide.matches);
    wide.addEventListener("change", set);
    set();
  }

  function lightAndDark() {
    const button = document.getElementById("light");
    button.hidden = false;
    button.addEventListener("click", () => {
      const root = document.documentElement;
      const dark = root.dataset.theme
        ? root.dataset.theme === "dark"
        : matchMedia("(prefers-color-scheme: dark)").matches;
      root.dataset.theme = dark ? "light" : "dark";
      try {
        localStorage.setItem("tinygate-theme", root.dataset.theme);
      } catch (e) {
        // It lasts as long as the page, then.
      }
    });
  }

  function search() {
    const form = document.getElementById("search");
    const query = document.getElementById("query");
    const found = document.getElementById("found");
    form.hidden = false;
    let index = null;

    function prepared() {
      if (index === null) {
        index = lunr(function () {
          this.ref("id");
          this.field("title", { boost: 10 });
          this.field("text");
          bookSections.forEach((section, id) => this.add({ id, ...section }));
        });
      }
      return index;
    }

    function hits(text) {
      const words = lunr.tokenizer(text).map(String).filter((word) => word !== "");
      return prepared().query((q) => {
        for (const word of words) {
          q.term(word, { boost: 10 });
          q.term(word, { wildcard: lunr.Query.wildcard.TRAILING });
        }
      });
    }

    query.addEventListener("input", () => {
      found.replaceChildren();
      if (query.value.trim().length > 1) {
        for (const hit of hits(query.value).slice(0, 12)) {
          const section = bookSections[hit.ref];
          const link = document.createElement("a");
          link.href = section.place;
          const where = document.createElement("small");
          where.textContent = section.page;
          link.append(section.title, where);
          const item = document.createElement("li");
          item.append(link);
          found.append(item);
        }
      }
      found.hidden = !found.hasChildNodes();
    });
    found.addEventListener("click", () => (found.hidden = true));
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const first = found.querySelector("a");
      if (first) first.click();
    });
    document.addEventListener("keydown", (event) => {
      if (event.key === "/" && document.activeElement !== query) {
        event.preventDefault();
        query.focus();
      } else if (event.key === "Escape") {
        found.hidden = true;
        query.blur();
      }
    });
  }

  showWhereWeAre();
  closeMenuOnSmallScreens();
  lightAndDark();
  search();
})();
