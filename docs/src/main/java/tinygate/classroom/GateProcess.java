package tinygate.classroom;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tinygate.HostPort;

/**
 * A gate in a JVM of its own, so that what the kernel counts for that process is the gate's alone.
 */
public final class GateProcess implements AutoCloseable {
    /** The line by which a gate says where it listens. */
    private static final Pattern LISTENING = Pattern.compile("listening on (\\S+:[0-9]+)");

    private final CompletableFuture<InetSocketAddress> address = new CompletableFuture<>();
    private final ChildProcess process;

    /**
     * Starts a gate and waits until it listens.
     *
     * @param mainClass the lesson's main class, on this JVM's class path
     * @param arguments its command line
     * @throws IOException if it does not listen within the limit; the message shows what it printed
     */
    GateProcess(String mainClass, List<String> arguments, Duration limit)
            throws IOException, InterruptedException {
        this(List.of(), mainClass, arguments, limit);
    }

    /**
     * As above, by way of another program.
     *
     * @param launcher the beginning of the command line, such as {@code taskset -c 0}
     */
    public GateProcess(
            List<String> launcher, String mainClass, List<String> arguments, Duration limit)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(launcher);
        command.addAll(java(mainClass));
        command.addAll(arguments);
        process = ChildProcess.start(command, this::printed);
        process.ended()
                .thenAccept(
                        code ->
                                address.completeExceptionally(
                                        new IOException("it ended with exit code " + code)));
        awaitListening(limit);
    }

    /** The command that runs a class of this JVM's class path in a JVM of the same kind. */
    public static List<String> java(String mainClass) {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED", // JDK 24 and newer warn without it
                "-cp",
                System.getProperty("java.class.path"),
                mainClass);
    }

    long pid() {
        return process.pid();
    }

    /** Where the gate listens. */
    public InetSocketAddress address() {
        return address.join();
    }

    public ChildProcess process() {
        return process;
    }

    @Override
    public void close() {
        process.close();
    }

    private void printed(String line) {
        Matcher listening = LISTENING.matcher(line);
        if (listening.find()) {
            address.complete(HostPort.parse(listening.group(1)).resolve());
        }
    }

    private void awaitListening(Duration limit) throws IOException, InterruptedException {
        try {
            address.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            close();
            String cause =
                    e instanceof TimeoutException
                            ? "did not say within " + limit.toSeconds() + " s where it listens"
                            : "does not listen: " + e.getCause().getMessage();
            throw new IOException("the gate " + cause + "; it printed:\n" + process.output(), e);
        } catch (InterruptedException e) {
            close();
            throw e;
        }
    }
}
