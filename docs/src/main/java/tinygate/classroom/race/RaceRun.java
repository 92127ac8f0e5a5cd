package tinygate.classroom.race;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import tinygate.classroom.race.Contender.Started;
import tinygate.classroom.race.RacePlan.Generator;
import tinygate.classroom.results.Circumstances;
import tinygate.classroom.results.Results;
import tinygate.classroom.results.Results.Absent;
import tinygate.classroom.results.Results.Case;

/**
 * One race from its beginning to its end: scenario by scenario, in each all contenders in turns.
 */
public final class RaceRun {
    private final RacePlan plan;
    private final Lab lab;
    private final Programs programs;
    private final RaceWatcher watcher;
    private final List<Absent> absent = new ArrayList<>();
    private final Map<Contender, Started> running = new LinkedHashMap<>();

    /** The work that these have done, and are warm for. */
    private final Set<Scenario> done = new HashSet<>();

    private int dearCallNanos;

    public RaceRun(RacePlan plan, Lab lab, Programs programs, RaceWatcher watcher) {
        this.plan = plan;
        this.lab = lab;
        this.programs = programs;
        this.watcher = watcher;
    }

    /**
     * @throws IOException if the race cannot go on; a contender that fails is no reason
     */
    public Results run(Circumstances circumstances) throws IOException, InterruptedException {
        List<Case> cases = new ArrayList<>();
        for (Contender contender : plan.contenders()) {
            start(contender, running, quick(), lab.placement().launchGate());
        }
        for (Scenario scenario : plan.scenarios()) {
            List<LoadSource> loads = loads(scenario);
            Optional<String> obstacle =
                    loads.stream()
                            .map(load -> load.obstacle(scenario))
                            .filter(Predicate.not(String::isEmpty))
                            .findFirst();
            if (obstacle.isPresent()) {
                absent(scenario.toString(), obstacle.get());
            } else if (scenario.kind() == Scenario.Kind.DEAR) {
                withDearCalls(scenario, loads).ifPresent(cases::add);
            } else if (scenario.kind() == Scenario.Kind.DELAYED) {
                cases.add(withDelayedUpstream(scenario, loads));
            } else {
                boolean warm = !done.add(scenario.work());
                cases.add(race(scenario, loads, running, warm));
            }
        }
        return new Results(
                Results.SCHEMA, circumstances.withDearCall(dearCallNanos), absent, cases);
    }

    /** The contenders that run now, until the lab is closed, in the order of their turns. */
    public Map<Contender, Started> running() {
        return Collections.unmodifiableMap(running);
    }

    /** A filter of system calls cannot be taken away again: so these are processes of their own. */
    private Optional<Case> withDearCalls(Scenario scenario, List<LoadSource> loads)
            throws IOException, InterruptedException {
        try {
            dearCallNanos = DearCalls.measure(lab.placement().launchGate());
        } catch (IOException e) {
            absent(scenario.toString(), e.getMessage());
            return Optional.empty();
        }
        List<String> launcher = new ArrayList<>(lab.placement().launchGate());
        launcher.addAll(DearCalls.launcher());
        return Optional.of(apart(scenario, loads, running.keySet(), quick(), launcher));
    }

    /** A gate in which a request that waits holds up others cannot hide that here. */
    private Case withDelayedUpstream(Scenario scenario, List<LoadSource> loads)
            throws IOException, InterruptedException {
        List<Contender> able = new ArrayList<>();
        for (Contender contender : running.keySet()) {
            if (contender.obstacleToSeveral().isEmpty()) {
                able.add(contender);
            } else {
                absent(contender.name() + " in " + scenario, contender.obstacleToSeveral());
            }
        }
        try (DelayedUpstream delayed = new DelayedUpstream(Scenario.DELAY)) {
            List<InetSocketAddress> two = List.of(lab.upstream(), delayed.address());
            return apart(scenario, loads, able, two, lab.placement().launchGate());
        }
    }

    /** A scenario with processes of its own. */
    private Case apart(
            Scenario scenario,
            List<LoadSource> loads,
            Collection<Contender> contenders,
            List<InetSocketAddress> upstreams,
            List<String> launcher)
            throws IOException, InterruptedException {
        Map<Contender, Started> own = new LinkedHashMap<>();
        try {
            for (Contender contender : contenders) {
                start(contender, own, upstreams, launcher);
            }
            return race(scenario, loads, own, false);
        } finally {
            own.values().forEach(started -> started.process().close());
        }
    }

    private Case race(
            Scenario scenario,
            List<LoadSource> loads,
            Map<Contender, Started> contenders,
            boolean warm)
            throws IOException, InterruptedException {
        watcher.begins(scenario, LoadSource.titles(loads));
        ScenarioRun run = new ScenarioRun(plan, scenario, loads, programs, lab, watcher);
        Case result = run.race(contenders, warm);
        watcher.ended(result);
        return result;
    }

    /** What sends the requests of a scenario; each of them has its turns. */
    public List<LoadSource> loads(Scenario scenario) throws IOException, InterruptedException {
        if (scenario.kind() == Scenario.Kind.RATE) {
            return List.of(new OwnLoad(plan.rate()));
        }
        List<LoadSource> loads = new ArrayList<>();
        for (Generator generator : plan.loads()) {
            loads.add(generator == Generator.WRK ? new Wrk(programs, lab) : new OwnLoad(0));
        }
        return loads;
    }

    private void start(
            Contender contender,
            Map<Contender, Started> into,
            List<InetSocketAddress> upstreams,
            List<String> launcher)
            throws InterruptedException {
        String obstacle = contender.obstacle();
        if (!obstacle.isEmpty()) {
            absent(contender.name(), obstacle);
            return;
        }
        try {
            Started started = contender.start(lab, upstreams, launcher);
            lab.open(started.process());
            into.put(contender, started);
        } catch (IOException e) {
            absent(contender.name(), e.getMessage());
        }
    }

    private List<InetSocketAddress> quick() {
        return List.of(lab.upstream());
    }

    private void absent(String name, String reason) {
        Absent one = new Absent(name, reason);
        absent.add(one);
        watcher.absent(one);
    }
}
