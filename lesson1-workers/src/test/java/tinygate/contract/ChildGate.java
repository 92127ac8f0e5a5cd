package tinygate.contract;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import tinygate.Gate;
import tinygate.HostPort;
import tinygate.Settings;

/**
 * A gate in a JVM of its own, for tests that limit its memory or its descriptors: it prints its
 * port and runs until its standard input ends.
 */
public final class ChildGate implements Closeable {
    private static final Settings.Limits ROOMY =
            new Settings.Limits(20_000, 128, 16_384, 100, 8_192, 0);

    /** To connect ten thousand clients takes longer than a minute on a machine that is busy. */
    private static final Settings.Timeouts PATIENT =
            Bench.with(Settings.Timeouts.DEFAULTS, "idleMillis", 600_000);

    private final ChildProcess process;
    private final int port;

    private ChildGate(ChildProcess process, int port) {
        this.process = process;
        this.port = port;
    }

    /**
     * Runs a gate; called by the main method in the other JVM.
     *
     * @param arguments the address of its one upstream
     */
    public static void run(Function<Settings, Gate> gates, String... arguments) throws IOException {
        HostPort upstream = HostPort.parse(arguments[0]);
        Settings settings =
                Settings.loopback(List.of(Bench.route("*", Settings.Balance.ROUND_ROBIN, upstream)))
                        .withLimits(ROOMY)
                        .withTimeouts(PATIENT);
        try (Gate gate = gates.apply(settings)) {
            gate.start();
            System.out.println(gate.address().getPort());
            System.in.transferTo(OutputStream.nullOutputStream());
        }
    }

    /**
     * Starts a JVM that runs this class.
     *
     * @param heap its most heap, as {@code -Xmx} takes it
     * @param openFiles how many descriptors it may have, 0 for as many as this JVM
     */
    static ChildGate start(Class<?> main, String heap, int openFiles, HostPort upstream)
            throws IOException, InterruptedException {
        String limit = openFiles == 0 ? "" : "ulimit -n " + openFiles + "; ";
        ChildProcess process =
                new ChildProcess(
                        "the gate in a JVM of its own",
                        List.of(
                                "sh",
                                "-c",
                                limit + "exec \"$@\"",
                                "sh",
                                System.getProperty("java.home") + "/bin/java",
                                "-XX:TieredStopAtLevel=1", // it lives for seconds
                                "-XX:+UseSerialGC",
                                "-Xmx" + heap,
                                "-cp",
                                System.getProperty("java.class.path"),
                                main.getName(),
                                upstream.toString()));
        return new ChildGate(process, process.readPort());
    }

    InetSocketAddress address() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    /** How much time of a processor it has used. */
    Duration processorTime() {
        return process.processorTime();
    }

    /** How much of the machine's memory it occupies. */
    long residentBytes() throws IOException {
        return process.residentBytes();
    }

    /** How many descriptors it has open. */
    int openFiles() {
        return process.openFiles();
    }

    @Override
    public void close() {
        process.close();
    }
}
