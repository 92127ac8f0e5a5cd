package tinygate.classroom.race;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tinygate.classroom.ChildProcess;
import tinygate.classroom.ProcessFigures;
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
    private static final Duration SLICE = Duration.ofSeconds(1);
    private static final Duration CHECK = Duration.ofMillis(300);
    private static final Duration SLOW_BYTE = Duration.ofMillis(250);
    private static final Duration NEVER = Duration.ofHours(1);
    private static final Duration SLEEP_LIMIT = Duration.ofSeconds(30);

    private final RacePlan plan;
    private final Scenario scenario;
    private final List<LoadSource> loads;
    private final SystemCallCount count;
    private final Lab lab;
    private final RaceWatcher watcher;
    private final List<Tally> tallies = new ArrayList<>();

    /** What is known so far of a contender, with one of the loads. */
    private static final class Tally {
        private final String name;
        private final Contender contender;
        private final Started started;
        private final LoadSource load;
        private final List<Turn> turns = new ArrayList<>();
        private final List<String> faults = new ArrayList<>();
        private final WarmUp warmUp = new WarmUp();
        private SystemCalls calls = SystemCalls.UNKNOWN;
        private int threads;
        private long residentBytes;

        Tally(String name, Contender contender, Started started, LoadSource load) {
            this.name = name;
            this.contender = contender;
            this.started = started;
            this.load = load;
        }

        Usage usage() throws IOException {
            return Usage.of(started.process().pids());
        }
    }

    /** A step of a contender that may fail, and then has failed for this contender alone. */
    private interface Step {
        void run(Tally tally) throws IOException, InterruptedException;
    }

    ScenarioRun(
            RacePlan plan,
            Scenario scenario,
            List<LoadSource> loads,
            Programs programs,
            Lab lab,
            RaceWatcher watcher) {
        this.plan = plan;
        this.scenario = scenario;
        this.loads = loads;
        this.count = new SystemCallCount(programs);
        this.lab = lab;
        this.watcher = watcher;
    }

    /**
     * @param warm whether the contenders are so already
     */
    Case race(Map<Contender, Started> contenders, boolean warm)
            throws IOException, InterruptedException {
        contenders.forEach(this::add);
        each(tally -> warm(tally, warm ? 0 : plan.warmUpSeconds()));
        ChildProcess neighbour = neighbour();
        try {
            for (int round = 1; round <= plan.rounds(); round++) {
                round(round);
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
                LoadSource.titles(loads),
                entries());
    }

    /** With several loads each is an entry of its own. */
    private void add(Contender contender, Started started) {
        for (LoadSource load : loads) {
            String suffix = loads.size() > 1 ? "/" + load.name() : "";
            tallies.add(new Tally(contender.name() + suffix, contender, started, load));
        }
    }

    private void round(int number) throws InterruptedException {
        for (Tally next : tallies) {
            each(ScenarioRun::awaitSleep);
            attempt(next, tally -> turn(tally, number));
        }
    }

    private void each(Step step) throws InterruptedException {
        for (Tally tally : tallies) {
            attempt(tally, step);
        }
    }

    /** Does a step for a contender in which nothing was wrong so far. */
    private void attempt(Tally tally, Step step) throws InterruptedException {
        if (tally.faults.isEmpty()) {
            try {
                step.run(tally);
            } catch (IOException e) {
                tally.faults.add(e.getMessage());
            }
            tally.faults.forEach(fault -> watcher.fault(tally.name, fault));
        }
    }

    private void warm(Tally tally, int mostSeconds) throws IOException, InterruptedException {
        watcher.warming(tally.name);
        Scenario plain =
                new Scenario(Scenario.Kind.KEEP, scenario.connections(), scenario.bodyBytes());
        run(new OwnLoad(0), plain, tally, CHECK); // each single response is looked at
        WarmUp warmUp = tally.warmUp;
        while (tally.faults.isEmpty() && warmUp.seconds() < mostSeconds && !warmUp.flat()) {
            Usage before = tally.usage();
            long requests = run(tally.load, scenario, tally, SLICE).requests();
            warmUp.add(tally.usage().cpuMicros() - before.cpuMicros(), requests);
        }
        watcher.warmed(tally.name, warmUp);
    }

    private void turn(Tally tally, int round) throws IOException, InterruptedException {
        SlowClients crowd = crowd(tally.started);
        try {
            long loadBefore = ProcessFigures.ownMicros();
            Usage before = tally.usage();
            Outcome outcome = run(tally.load, scenario, tally, plan.turn());
            Usage after = tally.usage();
            long loadMicros = ProcessFigures.ownMicros() - loadBefore;
            tally.threads = after.threads();
            tally.residentBytes = after.residentBytes();
            tally.turns.add(turn(round, outcome, before, after, loadMicros));
            if (outcome.requests() == 0 && !scenario.kind().crowded()) {
                tally.faults.add("no response in a whole turn");
            }
        } finally {
            if (crowd != null) {
                crowd.close();
            }
        }
        watcher.turn(tally.name, tally.turns.get(tally.turns.size() - 1), plan.rounds());
    }

    /** A poller that is still awake would take time from the turn of another contender. */
    private static void awaitSleep(Tally tally) throws IOException, InterruptedException {
        TaskTimes.awaitSleep(tally.started.process().pids(), SLEEP_LIMIT);
    }

    private static Turn turn(
            int round, Outcome outcome, Usage before, Usage after, long loadMicros) {
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
                outcome.p999Micros(),
                loadMicros,
                outcome.lateMicros());
    }

    private void count(Tally tally) throws IOException, InterruptedException {
        watcher.counting(tally.name);
        tally.calls =
                count.during(
                        tally.started,
                        () -> run(tally.load, scenario, tally, plan.turn()).requests());
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
        return tallies.stream()
                .map(
                        tally ->
                                new Entry(
                                        tally.name,
                                        tally.contender.title(),
                                        tally.warmUp.seconds(),
                                        tally.turns,
                                        tally.calls,
                                        tally.threads,
                                        tally.residentBytes,
                                        tally.faults))
                .toList();
    }
}
