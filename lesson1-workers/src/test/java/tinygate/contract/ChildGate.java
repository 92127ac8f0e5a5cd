package tinygate.contract;

import java.io.IOException;
import java.util.List;
import java.util.function.Function;
import tinygate.Gate;
import tinygate.HostPort;
import tinygate.Settings;

/**
 * A gate in a JVM of its own, for tests of its memory: it prints its port and runs until its
 * standard input ends.
 */
public final class ChildGate {
    private ChildGate() {}

    /**
     * Runs a gate.
     *
     * @param arguments the address of its one upstream
     */
    public static void run(Function<Settings, Gate> gates, String... arguments) throws IOException {
        HostPort upstream = HostPort.parse(arguments[0]);
        Settings settings =
                Settings.loopback(
                        List.of(Bench.route("*", Settings.Balance.ROUND_ROBIN, upstream)));
        try (Gate gate = gates.apply(settings)) {
            gate.start();
            System.out.println(gate.address().getPort());
            System.in.transferTo(java.io.OutputStream.nullOutputStream());
        }
    }

    /** Starts a JVM with so much heap that runs this class. */
    static ChildProcess start(Class<?> main, String heap, HostPort upstream) throws IOException {
        return new ChildProcess(
                "the gate with -Xmx" + heap,
                List.of(
                        System.getProperty("java.home") + "/bin/java",
                        "-Xmx" + heap,
                        "-cp",
                        System.getProperty("java.class.path"),
                        main.getName(),
                        upstream.toString()));
    }
}
