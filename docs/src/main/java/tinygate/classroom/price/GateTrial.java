package tinygate.classroom.price;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;
import tinygate.classroom.LoadPlan;
import tinygate.classroom.PausingClient;
import tinygate.classroom.TaskTimes;
import tinygate.classroom.race.Contender.Started;
import tinygate.classroom.race.GateCounters;
import tinygate.classroom.race.LoadSource;
import tinygate.classroom.race.LoadSource.Outcome;
import tinygate.classroom.race.Perf;
import tinygate.classroom.race.Programs;
import tinygate.classroom.race.Scenario;
import tinygate.classroom.results.Price.Calls;
import tinygate.classroom.results.Price.Gate;
import tinygate.classroom.results.Price.Idle;
import tinygate.classroom.results.Price.Wait;
import tinygate.classroom.results.Results.Entry;
import tinygate.classroom.results.Results.SystemCalls;

/**
 * One gate alone: which system calls are left under steady load, what it and its poller use when
 * the load has ended, and how long a client waits that finds them so.
 */
final class GateTrial {
    /** How long an idle gate is looked at. */
    private static final Duration IDLE = Duration.ofSeconds(1);

    private static final List<String> ENTER = List.of("syscalls:sys_enter_io_uring_enter");

    /** What the JVM does in any thread of Java, at safepoints mostly; the gate calls none of it. */
    private static final List<String> JVM =
            Stream.of("futex", "gettid", "rt_sigprocmask", "mprotect", "madvise", "sched_yield")
                    .map(name -> "syscalls:sys_enter_" + name)
                    .toList();

    private static final List<String> COUNTED =
            Stream.of(Perf.SYSTEM_CALLS, JVM, ENTER).flatMap(List::stream).toList();

    private static final String EVERY_THREAD = "";
    private static final String LOOPS = "loop-";
    private static final Duration SHORT = Duration.ofSeconds(1);
    private static final Duration SLEEP_LIMIT = Duration.ofSeconds(20);
    private static final int SETTLE_MILLIS = 100;

    private final GateCounters counters = new GateCounters();
    private final Programs programs;
    private final Scenario scenario;
    private final LoadSource load;
    private final Started gate;
    private final List<Long> pids;

    GateTrial(Programs programs, Scenario scenario, LoadSource load, Started gate) {
        this.programs = programs;
        this.scenario = scenario;
        this.load = load;
        this.gate = gate;
        this.pids = gate.process().pids();
    }

    /**
     * Measures all of it.
     *
     * @param busy what the turns have shown of the gate
     * @param window how long its system calls are counted
     * @param looksOn whether its poller stays awake for more than a second without work
     * @param waits requests of the client that pauses, for each pause
     * @throws IOException if a response was wrong, or the gate has ended
     */
    Gate measure(Entry busy, Duration window, boolean looksOn, int waits)
            throws IOException, InterruptedException {
        Counted counted = count(window);
        Idle awake = looksOn ? awake() : null;
        Idle asleep = asleep();
        List<Wait> pauses = new ArrayList<>();
        for (Duration pause : PricePlan.PAUSES) {
            pauses.add(ask(waits, pause));
        }
        return Gate.of(busy, counted.systemCalls, counted.calls, awake, asleep, pauses);
    }

    private record Counted(SystemCalls systemCalls, Calls calls) {}

    private Counted count(Duration window) throws IOException, InterruptedException {
        try (Perf perf = new Perf(programs, pids, COUNTED)) {
            Long before = counters.read(gate.admin(), GateCounters.SYSTEM_CALLS);
            Outcome outcome = run(window);
            Long byGate = since(before, GateCounters.SYSTEM_CALLS);
            List<Perf.Count> counts = perf.stop();
            return new Counted(
                    new SystemCalls(
                            outcome.requests(),
                            Perf.sum(counts, Perf.SYSTEM_CALLS, EVERY_THREAD),
                            byGate),
                    new Calls(
                            outcome.seconds(),
                            Perf.sum(counts, Perf.SYSTEM_CALLS, LOOPS),
                            Perf.sum(counts, JVM, LOOPS),
                            Perf.sum(counts, ENTER, LOOPS)));
        }
    }

    /** An idle moment right after some load, as soon as its connections are closed. */
    private Idle awake() throws IOException, InterruptedException {
        run(SHORT);
        TimeUnit.MILLISECONDS.sleep(SETTLE_MILLIS);
        return idle();
    }

    private Idle asleep() throws IOException, InterruptedException {
        TaskTimes.awaitSleep(pids, SLEEP_LIMIT);
        try (Perf perf = new Perf(programs, pids, ENTER)) {
            Idle idle = idle();
            Long enter = Perf.sum(perf.stop(), ENTER, EVERY_THREAD);
            return new Idle(idle.seconds(), idle.gateNanos(), idle.pollerNanos(), enter);
        }
    }

    private Idle idle() throws IOException, InterruptedException {
        long begin = System.nanoTime();
        TaskTimes before = TaskTimes.of(gate.process().pid());
        TimeUnit.NANOSECONDS.sleep(IDLE.toNanos());
        TaskTimes used = TaskTimes.of(gate.process().pid()).since(before);
        double seconds = (System.nanoTime() - begin) / 1e9;
        return new Idle(seconds, used.ownNanos(), used.pollerNanos(), null);
    }

    private Wait ask(int times, Duration pause) throws IOException, InterruptedException {
        LoadPlan plan =
                new LoadPlan(
                        gate.address(),
                        scenario.path(),
                        scenario.bodyBytes(),
                        1,
                        Duration.ZERO,
                        times);
        try (PausingClient client = new PausingClient(plan)) {
            Long before = counters.read(gate.admin(), GateCounters.WAKE_UPS);
            Histogram latencies = client.ask(times, pause);
            return new Wait(
                    (int) pause.toMillis(),
                    latencies.getTotalCount(),
                    latencies.getValueAtPercentile(50) / 1e3,
                    latencies.getValueAtPercentile(99) / 1e3,
                    since(before, GateCounters.WAKE_UPS));
        }
    }

    private Long since(Long before, String counter) throws IOException, InterruptedException {
        Long after = counters.read(gate.admin(), counter);
        return before == null || after == null ? null : Long.valueOf(after - before);
    }

    private Outcome run(Duration time) throws IOException, InterruptedException {
        Outcome outcome = load.run(gate.address(), scenario, time);
        if (!outcome.faults().isEmpty()) {
            throw new IOException(outcome.faults().get(0));
        }
        return outcome;
    }
}
