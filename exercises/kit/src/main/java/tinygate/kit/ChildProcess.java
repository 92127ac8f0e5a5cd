package tinygate.kit;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Runs a child JVM to its end and keeps a little of what it prints. One that prints without end, or
 * does not end although it should have ended itself, is killed with all that it has started.
 */
final class ChildProcess {
    /** What a child prints before each test: ASCII's record separator. */
    static final int MARK = 0x1e;

    private static final int MOST_OUTPUT_BYTES = 8 * 1024 * 1024;
    private static final int KEPT_BYTES = 4 * 1024;

    private final Process process;
    private final List<ByteArrayOutputStream> kept = new ArrayList<>();
    private volatile String killed;

    /**
     * @param exit the exit code; above 128 the signal that ended the process
     * @param outputs how what it printed begins: before the first test, in the first test, and so
     *     on
     * @param killed why the grader killed it
     */
    record End(int exit, List<String> outputs, Optional<String> killed) {}

    private ChildProcess(Process process) {
        this.process = process;
        kept.add(new ByteArrayOutputStream());
    }

    /**
     * @param classPath in the environment, since a command line is limited
     */
    static End run(List<String> command, String classPath, Path directory, int seconds)
            throws IOException, InterruptedException {
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true);
        builder.environment().put("CLASSPATH", classPath);
        builder.environment().remove("JAVA_TOOL_OPTIONS"); // it prints a line about itself
        ChildProcess child = new ChildProcess(builder.start());
        try {
            return child.await(seconds);
        } finally {
            child.kill();
        }
    }

    private End await(int seconds) throws InterruptedException {
        Thread reader = new Thread(this::read, "output of " + process.pid());
        reader.setDaemon(true);
        reader.start();
        if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
            killed = "it did not end in " + seconds + " s, and could not be asked where it was";
            kill();
            process.waitFor();
        }
        reader.join(TimeUnit.SECONDS.toMillis(2)); // a process of its own may hold the pipe open
        synchronized (kept) {
            return new End(
                    process.exitValue(),
                    kept.stream().map(text -> text.toString(StandardCharsets.UTF_8)).toList(),
                    Optional.ofNullable(killed));
        }
    }

    private void read() {
        byte[] buffer = new byte[64 * 1024];
        long total = 0;
        try (InputStream in = process.getInputStream()) {
            for (int count; (count = in.read(buffer)) >= 0; ) {
                total += count;
                synchronized (kept) {
                    for (int i = 0; i < count; i++) {
                        keep(buffer[i]);
                    }
                }
                if (total > MOST_OUTPUT_BYTES && killed == null) {
                    killed =
                            "it printed more than "
                                    + MOST_OUTPUT_BYTES / 1024 / 1024
                                    + " MiB: is there a print in a loop?";
                    kill();
                }
            }
        } catch (IOException e) {
            // The process is gone, and its pipe with it.
        }
    }

    private void keep(byte printed) {
        if (printed == MARK) {
            kept.add(new ByteArrayOutputStream());
            return;
        }
        ByteArrayOutputStream present = kept.get(kept.size() - 1);
        if (present.size() < KEPT_BYTES) {
            present.write(printed);
        }
    }

    private void kill() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }
}
