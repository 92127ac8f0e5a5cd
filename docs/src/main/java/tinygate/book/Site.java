package tinygate.book;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;

/**
 * Finishes the book's site when Asciidoctor has written its pages: checks them ({@link PageCheck})
 * and adds what the search in the browser needs ({@link SearchSections}, lunr).
 */
final class Site {
    private static final String LUNR = "/META-INF/resources/webjars/lunr/%s/lunr.min.js";

    private Site() {}

    /**
     * @param args the site's directory and the version of lunr
     * @throws IllegalStateException if a page is wrong, with all that is wrong
     */
    public static void main(String[] args) throws IOException {
        Path directory = Path.of(args[0]);
        Map<String, Document> pages = pages(directory);
        List<String> faults = new PageCheck(directory, pages).faults();
        if (!faults.isEmpty()) {
            throw new IllegalStateException(
                    "the book has faults:\n  " + String.join("\n  ", faults));
        }
        Files.writeString(directory.resolve("search-sections.js"), SearchSections.script(pages));
        copyLunr(args[1], directory.resolve("lunr.js"));
    }

    /** All pages by their file names. */
    static Map<String, Document> pages(Path directory) throws IOException {
        Map<String, Document> pages = new TreeMap<>();
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.filter(f -> f.toString().endsWith(".html")).toList()) {
                pages.put(file.getFileName().toString(), Jsoup.parse(file));
            }
        }
        return pages;
    }

    private static void copyLunr(String version, Path file) throws IOException {
        String name = LUNR.formatted(version);
        try (InputStream lunr = Site.class.getResourceAsStream(name)) {
            if (lunr == null) {
                throw new IllegalStateException("no " + name + " on the class path");
            }
            Files.write(file, lunr.readAllBytes());
        }
    }
}
