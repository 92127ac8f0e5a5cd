package tinygate.book;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;

/** A gate as a reader starts it, from its jar, with its two embedded upstreams. */
final class ShownGate implements AutoCloseable {
    private static final Duration START_LIMIT = Duration.ofSeconds(60);
    private static final Pattern LISTENS = Pattern.compile("listening on ([0-9.]+:[0-9]+)");
    private static final Map<String, String> MODULES =
            Map.of(
                    "lesson1", "lesson1-workers",
                    "lesson2", "lesson2-epoll",
                    "lesson3", "lesson3-iouring",
                    "lesson4", "lesson4-sqpoll");

    private final Process process;
    private final Path output;
    private final String address;

    /**
     * Starts it on a free port.
     *
     * @param root the repository
     */
    ShownGate(Path root, String gate, List<String> options) throws IOException {
        output = Files.createTempFile("gate", ".out");
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        options.stream().filter(ShownGate::forTheJvm).forEach(command::add);
        command.addAll(List.of("-jar", MODULES.get(gate) + "/target/tinygate.jar"));
        command.addAll(List.of("--listen", "127.0.0.1:0"));
        options.stream().filter(option -> !forTheJvm(option)).forEach(command::add);
        process =
                new ProcessBuilder(command)
                        .directory(root.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile())
                        .start();
        address =
                Awaitility.await("the start of " + command)
                        .atMost(START_LIMIT)
                        .until(this::listening, found -> !found.isEmpty());
    }

    private static boolean forTheJvm(String option) {
        return option.startsWith("-X");
    }

    private String listening() throws IOException {
        Matcher line = LISTENS.matcher(Files.readString(output));
        return line.find() ? line.group(1) : "";
    }

    String address() {
        return address;
    }

    long pid() {
        return process.pid();
    }

    @Override
    public void close() throws IOException {
        process.destroyForcibly();
        process.onExit().join();
        Files.delete(output);
    }
}
