package tinygate.contract;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * A process that a test starts: its lines of output are read as they come, its errors are told when
 * something fails, and it is gone when this is closed.
 */
final class ChildProcess implements Closeable {
    private static final int SECONDS = 40;
    private static final int ERRORS_KEPT = 4_000;

    private final String name;
    private final Process process;
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>(10_000);
    private final StringBuffer errors = new StringBuffer();

    ChildProcess(String name, List<String> command) throws IOException {
        this.name = name;
        process = new ProcessBuilder(command).start();
        read(process.getInputStream(), lines::offer);
        read(process.getErrorStream(), this::keep);
    }

    private void keep(String error) {
        if (errors.length() < ERRORS_KEPT) {
            errors.append(error).append('\n');
        }
    }

    private void read(InputStream stream, Consumer<String> sink) {
        Thread reader =
                new Thread(
                        () -> {
                            try (BufferedReader text =
                                    new BufferedReader(
                                            new InputStreamReader(
                                                    stream, StandardCharsets.UTF_8))) {
                                text.lines().forEach(sink);
                            } catch (IOException | java.io.UncheckedIOException e) {
                                // The process is gone.
                            }
                        },
                        "output of " + name);
        reader.setDaemon(true);
        reader.start();
    }

    /** The next line of its output. */
    String readLine() throws InterruptedException {
        String line = lines.poll(SECONDS, TimeUnit.SECONDS);
        if (line == null) {
            throw failure("wrote no line for " + SECONDS + " s");
        }
        return line;
    }

    /** The next line as the port that it listens on; ends the process if there is none. */
    int readPort() throws InterruptedException {
        try {
            return Integer.parseInt(readLine());
        } catch (NumberFormatException | AssertionError e) {
            close();
            throw failure("did not tell its port (" + e.getMessage() + ")");
        }
    }

    /** A line that is there already, or null. */
    String pollLine() {
        return lines.poll();
    }

    /** How much time of a processor it has used. */
    Duration processorTime() {
        return process.info().totalCpuDuration().orElse(Duration.ZERO);
    }

    /** How much of the machine's memory it occupies, from proc(5). */
    long residentBytes() throws IOException {
        try (Stream<String> status = Files.lines(Path.of("/proc/" + process.pid() + "/status"))) {
            String line = status.filter(l -> l.startsWith("VmRSS:")).findFirst().orElseThrow();
            return Long.parseLong(line.replaceAll("[^0-9]", "")) << 10;
        }
    }

    /** How many descriptors it has open, from proc(5). */
    int openFiles() {
        return Objects.requireNonNull(
                        new File("/proc/" + process.pid() + "/fd").list(), "no /proc here")
                .length;
    }

    boolean isAlive() {
        return process.isAlive();
    }

    AssertionError failure(String what) {
        return new AssertionError(
                name
                        + " "
                        + what
                        + (process.isAlive() ? "" : "; it has ended")
                        + ". Its errors: "
                        + (errors.length() == 0 ? "none" : errors));
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (process.waitFor(SECONDS, TimeUnit.SECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        process.destroyForcibly();
    }
}
