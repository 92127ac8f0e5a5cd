package tinygate.classroom;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import tinygate.iouring.Preflight;

/**
 * The demo: every gate of the course under a short load, then the wall that the first of them hits.
 * It only tells the story; {@link Load} drives, {@link Measurement} measures, {@link Screen} shows.
 */
@Command(
        name = "demo",
        description = "Shows each gate of the course under load, and what slow clients do to it.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        showDefaultValues = true,
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {
            "0:every response of the first part was right",
            "1:a response was wrong, none came, or a gate could not run",
            "2:the command line is wrong"
        })
final class Demo implements Callable<Integer> {
    private static final Duration START_LIMIT = Duration.ofSeconds(30);
    private static final Duration SLOW_BYTE = Duration.ofMillis(250);
    private static final int BODY_BYTES = 1024;

    private final Screen screen = new Screen(System.out);

    @Spec private CommandSpec spec;

    @Option(names = "--seconds", description = "how long each gate is under load")
    private int seconds = 10;

    @Option(names = "--warm-up", description = "seconds of load before, which do not count")
    private int warmUpSeconds = 3;

    @Option(names = "--connections", description = "clients at once")
    private int connections = 32;

    @Option(names = "--workers", description = "workers of lesson 1's gate")
    private int workers = 64;

    @Option(names = "--slow-clients", description = "clients, and workers, of the second part")
    private int slowClients = 8;

    @Option(names = "--wall-seconds", description = "how long the second part is, 0 to skip it")
    private int wallSeconds = 6;

    /** The command line; {@code --help} says what it takes. */
    public static void main(String[] args) {
        System.exit(new CommandLine(new Demo()).execute(args));
    }

    @Override
    public Integer call() throws InterruptedException {
        check("--seconds", seconds, 1, 3600);
        check("--warm-up", warmUpSeconds, 0, 3600);
        check("--connections", connections, 1, 10_000);
        check("--workers", workers, 1, 10_000);
        check("--slow-clients", slowClients, 1, 1_000);
        check("--wall-seconds", wallSeconds, 0, 3600);
        try {
            List<ShownGate> gates = gatesOfThisMachine();
            boolean right = race(gates);
            if (wallSeconds > 0) {
                for (ShownGate gate : gates) {
                    if (gate.byHand()) {
                        wall(gate);
                    }
                }
            }
            return right ? 0 : 1;
        } catch (IOException e) {
            System.err.println("demo: " + e.getMessage());
            return 1;
        }
    }

    private void check(String option, int value, int least, int most) {
        if (value < least || value > most) {
            throw new ParameterException(
                    spec.commandLine(),
                    "%s %d: give %d to %d".formatted(option, value, least, most));
        }
    }

    private List<ShownGate> gatesOfThisMachine() {
        Preflight ring = Preflight.check();
        if (ring.ok()) {
            return ShownGate.ALL;
        }
        screen.say("Without the gates on io_uring: %s", ring.reason());
        return ShownGate.ALL.stream().filter(gate -> !gate.onRing()).toList();
    }

    /**
     * @return whether every response was right
     */
    private boolean race(List<ShownGate> gates) throws IOException, InterruptedException {
        screen.say("%d clients ask for %,d bytes each, again and again.", connections, BODY_BYTES);
        if (connections > workers) {
            screen.say(
                    "Only %d workers: %d clients will wait for one.",
                    workers, connections - workers);
        }
        List<Screen.Row> rows = new ArrayList<>();
        for (ShownGate gate : gates) {
            rows.add(new Screen.Row(gate, underLoad(gate)));
        }
        screen.summary(rows);
        screen.say("CPU and threads are the gate's process, which runs two small upstreams too.");
        rows.forEach(row -> screen.wrong(row.gate(), row.result().wrong()));
        return rows.stream()
                .map(Screen.Row::result)
                .allMatch(result -> result.wrong().isEmpty() && result.requests() > 0);
    }

    private Measurement.Result underLoad(ShownGate gate) throws IOException, InterruptedException {
        screen.say("");
        screen.say("== %s: %s", gate.name(), gate.title());
        try (GateProcess process = start(gate, "--workers", Integer.toString(workers))) {
            LoadPlan plan = plan(process, connections, seconds);
            screen.say("The JVM warms up for %d s.", warmUpSeconds);
            Duration warmUp = Duration.ofSeconds(warmUpSeconds);
            Measurement.of(plan.during(warmUp), process.pid(), second -> {});
            screen.head();
            return Measurement.of(plan, process.pid(), screen::line);
        }
    }

    /** The gate again, with a worker for each slow client and none for anybody else. */
    private void wall(ShownGate gate) throws IOException, InterruptedException {
        int limitMillis = wallSeconds * 1000 / 2;
        screen.say("");
        screen.say("== %s: the wall", gate.name());
        screen.say(
                "%s%d clients each send a head, one byte every %d ms, and never end it;",
                gate.engine().isEmpty() ? slowClients + " workers. " : "",
                slowClients,
                SLOW_BYTE.toMillis());
        screen.say(
                "the gate gives a head %d ms. Then come %d quick ones.", limitMillis, slowClients);
        String headLimit = "timeouts.headMillis=" + limitMillis;
        String count = Integer.toString(slowClients);
        try (GateProcess process = start(gate, "--workers", count, "--set", headLimit);
                SlowClients slow = new SlowClients(process.address(), slowClients, SLOW_BYTE)) {
            screen.head();
            Measurement.Result result =
                    Measurement.of(
                            plan(process, slowClients, wallSeconds),
                            process.pid(),
                            second -> {
                                screen.line(second);
                                slowLine(slow.state());
                            });
            screen.say("");
            moral(result);
        }
    }

    private void slowLine(SlowClients.State state) {
        screen.say(
                "  slow clients: %d at it, %d sent away%s",
                state.holding(),
                state.answered(),
                state.answer().isEmpty() ? "" : ": " + state.answer());
    }

    private void moral(Measurement.Result result) {
        if (result.requests() == 0) {
            screen.say("No quick client got an answer.");
            return;
        }
        screen.say(
                "Half of the answers took at most %s ms; the longest took %s ms.",
                Screen.millis(result.latencies().getValueAtPercentile(50)),
                Screen.millis(result.latencies().getMaxValue()));
    }

    private GateProcess start(ShownGate gate, String... arguments)
            throws IOException, InterruptedException {
        return new GateProcess(gate.mainClass(), gate.commandLine(arguments), START_LIMIT);
    }

    private static LoadPlan plan(GateProcess process, int connections, int seconds) {
        return new LoadPlan(
                process.address(),
                "/bytes/" + BODY_BYTES,
                BODY_BYTES,
                connections,
                Duration.ofSeconds(seconds),
                Long.MAX_VALUE);
    }
}
