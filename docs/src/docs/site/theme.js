// Sets light or dark before the page is painted, if the reader has chosen; else the system decides.
(function () {
  try {
    var chosen = localStorage.getItem("tinygate-theme");
    if (chosen) document.documentElement.dataset.theme = chosen;
  } catch (e) {
    // A page opened as a file may have no storage.
  }
})();
