package tinygate.classroom;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Another program that runs beside this one. It ends with the object, and with the JVM that started
 * it, also on Ctrl-C, and so do the processes that it has started.
 */
public final class ChildProcess implements AutoCloseable {
    private static final Duration STOP_LIMIT = Duration.ofSeconds(3);
    private static final int LINES_KEPT = 40;

    private final Process process;
    private final Consumer<String> watcher;
    private final Queue<String> lastLines = new ArrayDeque<>();
    private final CompletableFuture<Integer> ended = new CompletableFuture<>();
    private final Thread reader = new Thread(this::readOutput, "child-output");
    private final Thread hook = new Thread(this::end, "child-end");

    private ChildProcess(Process process, Consumer<String> watcher) {
        this.process = process;
        this.watcher = watcher;
    }

    /**
     * Starts a program.
     *
     * @param watcher is told of every line that it prints, to standard output or standard error
     * @throws IOException if there is no such program
     */
    public static ChildProcess start(List<String> command, Consumer<String> watcher)
            throws IOException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        ChildProcess child = new ChildProcess(process, watcher);
        try {
            Runtime.getRuntime().addShutdownHook(child.hook);
        } catch (IllegalStateException e) {
            process.destroyForcibly();
            throw new IOException("this JVM is ending, nothing is started any more", e);
        }
        child.reader.setDaemon(true);
        child.reader.start();
        return child;
    }

    public long pid() {
        return process.pid();
    }

    /** This process and all that have come from it, as nginx's workers from their master. */
    public List<Long> pids() {
        return family().map(ProcessHandle::pid).toList();
    }

    /** Ends its standard input, for a program that waits for that. */
    public void closeInput() throws IOException {
        process.getOutputStream().close();
    }

    /** Completes with the exit code when the program has ended and its output is read. */
    public CompletableFuture<Integer> ended() {
        return ended;
    }

    /** The last lines that it has printed. */
    public String output() {
        synchronized (lastLines) {
            return String.join(System.lineSeparator(), lastLines);
        }
    }

    /** Asks it to stop, and ends it if it does not within three seconds. */
    @Override
    public void close() {
        end();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The JVM is ending, and the hook runs already.
        }
    }

    private Stream<ProcessHandle> family() {
        return Stream.concat(Stream.of(process.toHandle()), process.descendants());
    }

    private void readOutput() {
        try (BufferedReader output =
                new BufferedReader(
                        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                keep(line);
                watcher.accept(line);
            }
        } catch (IOException e) {
            keep("(its output cannot be read: " + e.getMessage() + ")");
        }
        try {
            ended.complete(process.waitFor());
        } catch (InterruptedException e) {
            ended.completeExceptionally(e);
        }
    }

    private void keep(String line) {
        synchronized (lastLines) {
            if (lastLines.size() == LINES_KEPT) {
                lastLines.remove();
            }
            lastLines.add(line);
        }
    }

    private void end() {
        List<ProcessHandle> family = family().toList(); // orphans could not be found later
        process.destroy(); // SIGTERM
        try {
            process.waitFor(STOP_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        family.forEach(ProcessHandle::destroyForcibly); // SIGKILL, for those who are left
    }
}
