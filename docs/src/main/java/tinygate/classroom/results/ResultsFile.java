package tinygate.classroom.results;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Reads and writes {@code results.json}. A key that is new does not change the schema's number: who
 * does not know it leaves it out, and in a file without it it is 0.
 */
public final class ResultsFile {
    private static final ObjectMapper JSON =
            new ObjectMapper()
                    .enable(SerializationFeature.INDENT_OUTPUT)
                    .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

    private ResultsFile() {}

    /**
     * @throws IOException if the file cannot be read, or is of another schema
     */
    public static Results read(Path file) throws IOException {
        var tree = JSON.readTree(file.toFile());
        int schema = tree.path("schema").asInt();
        if (schema != Results.SCHEMA) {
            throw new IOException(
                    file + " has schema " + schema + ", not " + Results.SCHEMA + ": race again");
        }
        return JSON.treeToValue(tree, Results.class);
    }

    public static void write(Path file, Results results) throws IOException {
        Files.writeString(file, JSON.writeValueAsString(results) + "\n");
    }
}
