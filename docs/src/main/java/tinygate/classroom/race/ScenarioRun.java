package tinygate.classroom.race;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tinygate.classroom.ChildProcess;
import tinygate.classroom.SlowClients;
import tinygate.classroom.TaskTimes;
import tinygate.classroom.race.Contender.Started;
import tinygate.classroom.race.LoadSource.Outcome;
import tinygate.classroom.results.Results.Case;
import tinygate.classroom.results.Results.Entry;
import tinygate.classroom.results.Results.SystemCalls;
import tinygate.classroom.results.Results.Turn;

/** One scenario: every contender is checked and warmed, has its turns, and its calls counted. */
final class ScenarioRun {
    private static final Duration CHECK = Duration.ofMillis(300);
    private static final Duration SLOW_BYTE = Duration.ofMillis(250);
    private static final Duration NEVER = Duration.ofHours(1);
    private static final Duration SLEEP_LIMIT = Duration.ofSeconds(30);

    private final RacePlan plan;
    private final Scenario scenario;
    private final LoadSource load;
    private final SystemCallCount count;
    private final Lab lab;
    private final RaceWatcher watcher;
    private final Map<Contender, Tally> tallies = new LinkedHashMap<>();

    /** What is known of a contender so far. */
    private static final class Tally {
        private final Started started;
        private final List<Turn> turns = new ArrayList<>();
        private final List<String> faults = new ArrayList<>();
        private SystemCalls calls = SystemCalls.UNKNOWN;
        private int threads;
        private long residentBytes;

        Tally(Started started) {
            this.started = started;
        }
    }

    /** A step of a contender that may fail, and then has failed for this contender alone. */
    private interface Step {
        void run(String name, Tally tally) throws IOException, InterruptedException;
    }

    ScenarioRun(
            RacePlan plan,
            Scenario scenario,
            LoadSource load,
            Programs programs,
            Lab lab,
            RaceWatcher watcher) {
        this.plan = plan;
        this.scenario = scenario;
        this.load = load;
        this.count = new SystemCallCount(programs);
        this.lab = lab;
        this.watcher = watcher;
    }

    Case race(Map<Contender, Started> contenders, int warmUpSeconds)
            throws IOException, InterruptedException {
        contenders.forEach((contender, started) -> tallies.put(contender, new Tally(started)));
        each((name, tally) -> warm(name, tally, warmUpSeconds));
        ChildProcess neighbour = neighbour();
        try {
            for (int round = 1; round <= rounds(); round++) {
                int now = round;
                each((name, tally) -> turn(name, tally, now));
            }
            if (!scenario.kind().crowded() && scenario.kind() != Scenario.Kind.RATE) {
                each(this::count);
            }
        } finally {
            if (neighbour != null) {
                neighbour.close();
            }
        }
        return new Case(
                scenario.toString(),
                scenario.words(),
                scenario.connections(),
                scenario.bodyBytes(),
                scenario.pipelined(),
                scenario.kind() == Scenario.Kind.RATE ? plan.rate() : 0,
                load.title(),
                entries());
    }

    /** Whether somebody is served beside a crowd is seen at once, and takes no many rounds. */
    private int rounds() {
        return scenario.kind().crowded() ? Math.min(plan.rounds(), 3) : plan.rounds();
    }

    /** Does a step for all contenders in which nothing was wrong so far, in turn. */
    private void each(Step step) throws InterruptedException {
        for (Map.Entry<Contender, Tally> entry : tallies.entrySet()) {
            String name = entry.getKey().name();
            Tally tally = entry.getValue();
            if (tally.faults.isEmpty()) {
                try {
                    step.run(name, tally);
                } catch (IOException e) {
                    tally.faults.add(e.getMessage());
                }
                tally.faults.forEach(fault -> watcher.fault(name, fault));
            }
        }
    }

    private void warm(String name, Tally tally, int seconds)
            throws IOException, InterruptedException {
        watcher.warming(name, seconds);
        Scenario plain =
                new Scenario(Scenario.Kind.KEEP, scenario.connections(), scenario.bodyBytes());
        run(new OwnLoad(0), plain, tally, CHECK); // each single response is looked at
        if (tally.faults.isEmpty() && seconds > 0) {
            run(load, scenario, tally, Duration.ofSeconds(seconds));
        }
    }

    private void turn(String name, Tally tally, int round)
            throws IOException, InterruptedException {
        TaskTimes.awaitSleep(everybody(), SLEEP_LIMIT);
        SlowClients crowd = crowd(tally.started);
        try {
            Usage before = Usage.of(tally.started.process().pids());
            Outcome outcome = run(load, scenario, tally, plan.turn());
            Usage after = Usage.of(tally.started.process().pids());
            tally.threads = after.threads();
            tally.residentBytes = after.residentBytes();
            tally.turns.add(turn(round, outcome, before, after));
        } finally {
            if (crowd != null) {
                crowd.close();
            }
        }
        watcher.turn(name, tally.turns.get(tally.turns.size() - 1), rounds());
    }

    /** A poller that is still awake would take time from the turn of another contender. */
    private List<Long> everybody() {
        return tallies.values().stream()
                .flatMap(tally -> tally.started.process().pids().stream())
                .toList();
    }

    private static Turn turn(int round, Outcome outcome, Usage before, Usage after) {
        return new Turn(
                round,
                outcome.seconds(),
                outcome.requests(),
                after.cpuMicros() - before.cpuMicros(),
                after.pollerMicros() - before.pollerMicros(),
                after.voluntarySwitches() - before.voluntarySwitches(),
                after.involuntarySwitches() - before.involuntarySwitches(),
                outcome.p50Micros(),
                outcome.p99Micros(),
                outcome.p999Micros());
    }

    private void count(String name, Tally tally) throws IOException, InterruptedException {
        watcher.counting(name);
        tally.calls =
                count.during(
                        tally.started, () -> run(load, scenario, tally, plan.turn()).requests());
    }

    private Outcome run(LoadSource source, Scenario what, Tally tally, Duration time)
            throws IOException, InterruptedException {
        Outcome outcome = source.run(tally.started.address(), what, time);
        tally.faults.addAll(outcome.faults());
        return outcome;
    }

    /**
     * A program that wants all the time of the contenders' processor and does nothing with it; null
     * in most scenarios.
     */
    private ChildProcess neighbour() throws IOException {
        if (scenario.kind() != Scenario.Kind.NEIGHBOUR) {
            return null;
        }
        List<String> command = new ArrayList<>(lab.placement().launchGate());
        command.addAll(List.of("sh", "-c", "while :; do :; done"));
        return ChildProcess.start(command, line -> {});
    }

    /** The clients that only hold their connections; null in most scenarios. */
    private SlowClients crowd(Started started) throws IOException {
        return switch (scenario.kind()) {
            case SLOW -> new SlowClients(started.address(), plan.crowd(), SLOW_BYTE);
            case IDLE -> new SlowClients(started.address(), plan.crowd(), NEVER);
            default -> null;
        };
    }

    private List<Entry> entries() {
        List<Entry> entries = new ArrayList<>();
        tallies.forEach(
                (contender, tally) ->
                        entries.add(
                                new Entry(
                                        contender.name(),
                                        contender.title(),
                                        tally.turns,
                                        tally.calls,
                                        tally.threads,
                                        tally.residentBytes,
                                        tally.faults)));
        return entries;
    }
}
