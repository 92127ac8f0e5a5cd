package tinygate.book;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;

/**
 * Checks the pages of the book: each link inside the book leads somewhere, each id is there once,
 * nothing is loaded from the network, and the menu names every page.
 */
final class PageCheck {
    private static final String MENU = "#chapters a";

    /** Files that are written after the check. */
    private static final Set<String> WRITTEN_LATER =
            Set.of("search-sections.js", "lunr.js", "tinygate.pdf");

    private final Path directory;
    private final Map<String, Document> pages;
    private final List<String> faults = new ArrayList<>();

    PageCheck(Path directory, Map<String, Document> pages) {
        this.directory = directory;
        this.pages = pages;
    }

    /** What is wrong, one sentence each, with the page it is on. */
    List<String> faults() {
        pages.forEach(
                (name, page) -> {
                    checkIds(name, page);
                    page.select("a[href]").forEach(link -> checkLink(name, link.attr("href")));
                    page.select("[src]").forEach(part -> checkPart(name, part.attr("src")));
                    page.select("link[href]").forEach(part -> checkPart(name, part.attr("href")));
                    checkMenu(name, page);
                });
        return faults;
    }

    private void checkIds(String name, Document page) {
        Set<String> ids = new HashSet<>();
        for (Element element : page.select("[id]")) {
            if (!ids.add(element.id())) {
                faults.add(name + ": the id " + element.id() + " is there twice");
            }
        }
    }

    private void checkLink(String name, String link) {
        if (isExternal(link)) {
            return;
        }
        int hash = link.indexOf('#');
        String file = hash < 0 ? link : link.substring(0, hash);
        String target = file.isEmpty() ? name : file;
        if (!exists(target)) {
            faults.add(name + ": the link " + link + " leads to no file of the book");
        } else if (hash >= 0 && !hasId(target, link.substring(hash + 1))) {
            faults.add(name + ": the link " + link + " leads to no place on that page");
        }
    }

    private boolean exists(String file) {
        return WRITTEN_LATER.contains(file) || Files.exists(directory.resolve(file));
    }

    private boolean hasId(String target, String id) {
        Document page = pages.get(target);
        return page != null && (id.isEmpty() || page.getElementById(id) != null);
    }

    private void checkPart(String name, String source) {
        if (isExternal(source) && !source.startsWith("data:")) {
            faults.add(name + ": " + source + " would be loaded from the network");
        } else if (!isExternal(source) && !exists(source)) {
            faults.add(name + ": there is no file " + source);
        }
    }

    private void checkMenu(String name, Document page) {
        Set<String> named = new LinkedHashSet<>(page.select(MENU).eachAttr("href"));
        if (!named.contains(name)) {
            faults.add(name + ": the menu (docinfo-header.html) does not name this page");
        }
    }

    /** Whether it has a scheme, as in {@code https:} or {@code data:}, or a host. */
    private static boolean isExternal(String link) {
        return link.startsWith("//") || link.matches("[a-zA-Z][a-zA-Z0-9+.-]*:.*");
    }
}
