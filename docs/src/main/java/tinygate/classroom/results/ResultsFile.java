package tinygate.classroom.results;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Reads and writes {@code results.json} and {@code price.json}. A key that is new does not change
 * the schema's number: who does not know it leaves it out, and in a file without it it is 0.
 */
public final class ResultsFile {
    private static final ObjectMapper JSON =
            new ObjectMapper()
                    .enable(SerializationFeature.INDENT_OUTPUT)
                    .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

    private ResultsFile() {}

    /**
     * What a race has written.
     *
     * @throws IOException if the file cannot be read, or is of another schema
     */
    public static Results read(Path file) throws IOException {
        return read(file, Results.class, Results.SCHEMA);
    }

    /** What the tool for the price of SQPOLL has written; as {@link #read}. */
    public static Price readPrice(Path file) throws IOException {
        return read(file, Price.class, Price.SCHEMA);
    }

    private static <T> T read(Path file, Class<T> form, int expected) throws IOException {
        var tree = JSON.readTree(file.toFile());
        int schema = tree.path("schema").asInt();
        if (schema != expected) {
            throw new IOException(
                    file + " has schema " + schema + ", not " + expected + ": measure again");
        }
        return JSON.treeToValue(tree, form);
    }

    /**
     * @param figures {@link Results} or a {@link Price}
     */
    public static void write(Path file, Record figures) throws IOException {
        Files.writeString(file, JSON.writeValueAsString(figures) + "\n");
    }
}
