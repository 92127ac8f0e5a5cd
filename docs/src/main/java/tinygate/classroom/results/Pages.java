package tinygate.classroom.results;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.BiFunction;

/**
 * Pieces of pages of the book that come from races of their own, beside the big one of {@link
 * Chapter}. A result that is missing makes no piece: then the page that includes it cannot be
 * built.
 */
public final class Pages {
    /** What makes each piece of the big race and the one of its own. */
    private static final Map<String, BiFunction<Results, Results, String>> PAGES =
            Map.of(
                    "again",
                    Agreement::text,
                    "elsewhere",
                    Elsewhere::text,
                    "loads",
                    (race, own) -> Loads.text(own),
                    "techniques",
                    (race, own) -> Techniques.text(own));

    private Pages() {}

    /**
     * @param args the directory with {@code results.json} of the big race and the others as {@code
     *     NAME.json}; the one to write {@code NAME.adoc} to
     */
    public static void main(String[] args) throws IOException {
        Path to = Files.createDirectories(Path.of(args[1]));
        Results race = ResultsFile.read(Path.of(args[0], "results.json"));
        for (Map.Entry<String, BiFunction<Results, Results, String>> page : PAGES.entrySet()) {
            Path from = Path.of(args[0], page.getKey() + ".json");
            Path file = to.resolve(page.getKey() + ".adoc");
            if (Files.exists(from)) {
                Files.writeString(file, page.getValue().apply(race, ResultsFile.read(from)));
            } else {
                Files.deleteIfExists(file);
            }
        }
    }
}
