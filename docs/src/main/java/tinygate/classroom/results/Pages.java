package tinygate.classroom.results;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Function;

/**
 * Pieces of pages of the book that come from races of their own, beside the big one of {@link
 * Chapter}. A result that is missing makes no piece: then the page that includes it cannot be
 * built.
 */
public final class Pages {
    private static final Map<String, Function<Results, String>> PAGES =
            Map.of("loads", Loads::text, "techniques", Techniques::text);

    private Pages() {}

    /**
     * @param args the directory with the results as {@code NAME.json}; the one to write {@code
     *     NAME.adoc} to
     */
    public static void main(String[] args) throws IOException {
        Path to = Files.createDirectories(Path.of(args[1]));
        for (Map.Entry<String, Function<Results, String>> page : PAGES.entrySet()) {
            Path from = Path.of(args[0], page.getKey() + ".json");
            Path file = to.resolve(page.getKey() + ".adoc");
            if (Files.exists(from)) {
                Files.writeString(file, page.getValue().apply(ResultsFile.read(from)));
            } else {
                Files.deleteIfExists(file);
            }
        }
    }
}
