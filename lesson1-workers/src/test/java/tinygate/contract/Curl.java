package tinygate.contract;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs curl, a client that was written by others. */
final class Curl {
    private static final int SECONDS = 20;

    private Curl() {}

    /**
     * What curl did.
     *
     * @param exit its exit status, 0 if all went well (see curl(1))
     * @param output what it wrote to its standard output
     * @param errors what it wrote to its standard error
     */
    record Result(int exit, String output, String errors) {}

    static Result run(String... arguments) throws IOException, InterruptedException {
        Peers.require("curl", "curl", "curl", "--version");
        List<String> command =
                new ArrayList<>(
                        List.of("curl", "--silent", "--show-error", "--max-time", "" + SECONDS));
        command.addAll(List.of(arguments));
        Path output = Files.createTempFile("tinygate-curl", ".out");
        Path errors = Files.createTempFile("tinygate-curl", ".err");
        try {
            Process process =
                    new ProcessBuilder(command)
                            .redirectOutput(output.toFile())
                            .redirectError(errors.toFile())
                            .start();
            if (!process.waitFor(SECONDS + 5, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("curl did not end: " + command);
            }
            return new Result(
                    process.exitValue(),
                    Files.readString(output, StandardCharsets.ISO_8859_1),
                    Files.readString(errors, StandardCharsets.ISO_8859_1));
        } finally {
            Files.delete(output);
            Files.delete(errors);
        }
    }
}
