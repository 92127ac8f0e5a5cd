package tinygate;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.agrona.concurrent.ShutdownSignalBarrier;
import tinygate.Settings.Route;
import tinygate.Settings.UpstreamServer;
import tinygate.observe.Admin;

/**
 * The life of a gate's process: start, serve, drain at the first SIGTERM or SIGINT, stop; a second
 * one stops at once.
 *
 * <p>A JVM shutdown hook could do neither: after it the JVM exits with 143 instead of 0, and while
 * it runs further signals are lost. The JDK's way to handle a signal, {@code sun.misc.Signal}, is
 * fit for it, but the compiler's warning about it cannot be suppressed: Agrona's barrier wraps it.
 */
final class Launcher {
    private final String engine;
    private final Function<Settings, Gate> maker;
    private final PrintWriter out;

    Launcher(String engine, Function<Settings, Gate> maker, PrintWriter out) {
        this.engine = engine;
        this.maker = maker;
        this.out = out;
    }

    /**
     * Prints what would run: a complete settings file below comments.
     *
     * @throws StartException if the engine refuses the settings, or does not run on this machine
     */
    void check(Settings settings) throws StartException {
        String ignored;
        try (Gate gate = make(settings)) {
            ignored = ignored(gate, settings);
        }
        out.println("# engine: " + engine);
        if (!ignored.isEmpty()) {
            out.println("# " + ignored);
        }
        if (settings.routes().isEmpty()) {
            out.println("# no routes: two embedded upstreams on free ports");
        }
        out.print(SettingsFile.write(settings));
        out.flush();
    }

    /**
     * @throws StartException if nothing could be started
     */
    void runUntilSignal(Settings settings) throws StartException, InterruptedException {
        if (!settings.routes().isEmpty()) {
            run(settings, "");
            return;
        }
        try (EmbeddedUpstream a = new EmbeddedUpstream("A");
                EmbeddedUpstream b = new EmbeddedUpstream("B")) {
            Settings complete = settings.withRoutes(List.of(everyHostTo(a.address(), b.address())));
            run(complete, "A on %s and B on %s".formatted(a.address(), b.address()));
        } catch (IOException e) {
            throw new StartException(
                    ExitCode.CANNOT_BIND, "cannot start the embedded upstreams: " + e.getMessage());
        }
    }

    /**
     * @param embedded what to say of the embedded upstreams, empty if there are none
     */
    private void run(Settings settings, String embedded)
            throws StartException, InterruptedException {
        try (Gate gate = make(settings)) {
            start(gate, settings.listen());
            String ignored = ignored(gate, settings);
            if (!ignored.isEmpty()) {
                say("%s", ignored);
            }
            try (Admin admin = openAdmin(settings, gate)) {
                ShutdownSignalBarrier stop = new ShutdownSignalBarrier();
                announce(gate, admin, embedded);
                stop.await();
                stopAtOnceOnNextSignal();
                drain(gate, admin, settings.timeouts().drainMillis());
            }
        }
    }

    private Gate make(Settings settings) throws StartException {
        try {
            return maker.apply(settings);
        } catch (UnsupportedOperationException e) {
            throw new StartException(
                    ExitCode.UNSUPPORTED,
                    "engine '" + engine + "' cannot run here: " + e.getMessage());
        } catch (IllegalArgumentException e) {
            throw new StartException(ExitCode.USAGE, e.getMessage());
        }
    }

    /** Which setting has no effect on a gate; empty if all have. */
    private String ignored(Gate gate, Settings settings) {
        return settings.health().checkPath() == null || gate.checksUpstreams()
                ? ""
                : "health.checkPath has no effect: engine '"
                        + engine
                        + "' asks no upstream by itself";
    }

    private static void start(Gate gate, HostPort listen) throws StartException {
        try {
            BindFailure.requireKnown(listen);
            gate.start();
        } catch (SocketException | UnknownHostException e) {
            throw BindFailure.explain("--listen", listen, e);
        } catch (IOException e) {
            throw new StartException(ExitCode.FAILED, "cannot start: " + e.getMessage());
        }
    }

    private static Admin openAdmin(Settings settings, Gate gate) throws StartException {
        HostPort address = settings.admin();
        if (address == null) {
            return null;
        }
        try {
            BindFailure.requireKnown(address);
            return new Admin(address.resolve(), gate.stats());
        } catch (IOException e) {
            throw BindFailure.explain("--admin", address, e);
        }
    }

    private void announce(Gate gate, Admin admin, String embedded) {
        HostPort address = HostPort.of(gate.address());
        say("listening on %s, engine %s", address, engine);
        if (admin != null) {
            say("admin endpoint on http://%s/metrics", HostPort.of(admin.address()));
        }
        if (!embedded.isEmpty()) {
            say("no upstreams given, so there are two small ones: %s", embedded);
            say("try: curl -i http://%s/", address);
        }
    }

    private void drain(Gate gate, Admin admin, int drainMillis) throws InterruptedException {
        if (admin != null) {
            admin.draining();
        }
        say("draining for at most %d ms; a second signal stops at once", drainMillis);
        boolean whole = gate.drain(Duration.ofMillis(drainMillis));
        say(whole ? "stopped" : "stopped; exchanges that still ran were cut off");
    }

    private static void stopAtOnceOnNextSignal() {
        ShutdownSignalBarrier again = new ShutdownSignalBarrier();
        Thread thread =
                new Thread(
                        () -> {
                            again.await();
                            Runtime.getRuntime().halt(ExitCode.SECOND_SIGNAL.number());
                        },
                        "second-signal");
        thread.setDaemon(true);
        thread.start();
    }

    private static Route everyHostTo(HostPort... servers) {
        return new Route("*", null, Stream.of(servers).map(s -> new UpstreamServer(s, 1)).toList());
    }

    private void say(String format, Object... values) {
        out.println("tinygate: " + format.formatted(values));
        out.flush();
    }
}
