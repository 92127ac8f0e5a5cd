package tinygate.classroom;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tinygate.HostPort;

/**
 * A gate in a JVM of its own, so that what the kernel counts for that process is the gate's alone.
 * It ends with the object, and with the JVM that started it, also on Ctrl-C.
 */
final class GateProcess implements AutoCloseable {
    private static final Duration STOP_LIMIT = Duration.ofSeconds(3);
    private static final int LINES_KEPT = 40;

    /** The line by which a gate says where it listens. */
    private static final Pattern LISTENING = Pattern.compile("listening on (\\S+:[0-9]+)");

    private final Process process;
    private final Queue<String> lastLines = new ArrayDeque<>();
    private final CompletableFuture<InetSocketAddress> address = new CompletableFuture<>();
    private final Thread reader = new Thread(this::readOutput, "gate-output");
    private final Thread hook = new Thread(this::end, "gate-end");

    /**
     * Starts a gate and waits until it listens.
     *
     * @param mainClass the lesson's main class, on this JVM's class path
     * @param arguments its command line
     * @throws IOException if it does not listen within the limit; the message shows what it printed
     */
    GateProcess(String mainClass, List<String> arguments, Duration limit)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("--enable-native-access=ALL-UNNAMED"); // JDK 24 and newer warn without it
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), mainClass));
        command.addAll(arguments);
        process = new ProcessBuilder(command).redirectErrorStream(true).start();
        Runtime.getRuntime().addShutdownHook(hook);
        reader.setDaemon(true);
        reader.start();
        awaitListening(limit);
    }

    long pid() {
        return process.pid();
    }

    /** Where the gate listens. */
    InetSocketAddress address() {
        return address.join();
    }

    /** The last lines that the gate has printed, to standard output or standard error. */
    String output() {
        synchronized (lastLines) {
            return String.join(System.lineSeparator(), lastLines);
        }
    }

    /** Asks the gate to stop, and ends it if it does not within three seconds. */
    @Override
    public void close() {
        end();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The JVM is ending, and the hook runs already.
        }
    }

    private void awaitListening(Duration limit) throws IOException, InterruptedException {
        try {
            address.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            close();
            reader.join(STOP_LIMIT.toMillis());
            String cause =
                    e instanceof TimeoutException
                            ? "did not say within " + limit.toSeconds() + " s where it listens"
                            : "does not listen: " + e.getCause().getMessage();
            throw new IOException("the gate " + cause + "; it printed:\n" + output(), e);
        } catch (InterruptedException e) {
            close();
            throw e;
        }
    }

    private void readOutput() {
        try (BufferedReader output =
                new BufferedReader(
                        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                keep(line);
                Matcher listening = LISTENING.matcher(line);
                if (listening.find()) {
                    address.complete(HostPort.parse(listening.group(1)).resolve());
                }
            }
        } catch (IOException e) {
            keep("(its output cannot be read: " + e.getMessage() + ")");
        }
        try {
            int code = process.waitFor();
            address.completeExceptionally(new IOException("it ended with exit code " + code));
        } catch (InterruptedException e) {
            address.completeExceptionally(e);
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
        process.destroy(); // SIGTERM
        try {
            if (process.waitFor(STOP_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        process.destroyForcibly(); // SIGKILL
    }
}
