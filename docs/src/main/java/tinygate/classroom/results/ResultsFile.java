package tinygate.classroom.results;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads and writes {@code results.json}. */
public final class ResultsFile {
    private static final ObjectMapper JSON =
            new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

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
