package tinygate.classroom.price;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import tinygate.classroom.race.Contender;
import tinygate.classroom.race.Contender.Started;
import tinygate.classroom.race.Lab;
import tinygate.classroom.race.LoadSource;
import tinygate.classroom.race.Machine;
import tinygate.classroom.race.Placement;
import tinygate.classroom.race.Programs;
import tinygate.classroom.race.RaceRun;
import tinygate.classroom.results.Circumstances;
import tinygate.classroom.results.Price;
import tinygate.classroom.results.Price.Gate;
import tinygate.classroom.results.Price.Part;
import tinygate.classroom.results.Price.SendRound;
import tinygate.classroom.results.Price.Sends;
import tinygate.classroom.results.Results;
import tinygate.classroom.results.Results.Absent;
import tinygate.classroom.results.Results.Case;
import tinygate.classroom.results.Results.Entry;
import tinygate.iouring.Preflight;
import tinygate.sqpoll.SendTrial;

/**
 * All measurements: the sends, and then for each place of the poller a race of the gates, and each
 * of them alone.
 */
final class PriceRun {
    private static final Duration SHORT_COUNT = Duration.ofSeconds(3);

    private final PricePlan plan;
    private final Programs programs;
    private final PriceScreen screen;
    private final List<Absent> absent = new ArrayList<>();

    PriceRun(PricePlan plan, Programs programs, PriceScreen screen) {
        this.plan = plan;
        this.programs = programs;
        this.screen = screen;
    }

    /** Something cannot be measured here. */
    void without(String name, String reason) {
        Absent one = new Absent(name, reason);
        if (!absent.contains(one)) {
            absent.add(one);
            screen.absent(one);
        }
    }

    /**
     * Measures for some minutes.
     *
     * @param command the options, for the result
     * @param places by their names: where gates, poller and load run
     * @throws IOException if the machine cannot be set up; a gate that fails is no reason
     */
    Price run(String command, Map<String, Placement> places)
            throws IOException, InterruptedException {
        List<Sends> sends = sends(); // before this JVM is bound to a processor
        List<Part> parts = new ArrayList<>();
        Circumstances circumstances = null;
        for (Map.Entry<String, Placement> place : places.entrySet()) {
            place.getValue().bindThisJvm();
            try (Lab lab = new Lab(programs, place.getValue(), plan.race().bodies())) {
                if (circumstances == null) {
                    circumstances =
                            new Machine(programs)
                                    .circumstances(command, lab, plan.rounds(), plan.turn());
                }
                parts.add(part(place.getKey(), place.getValue(), lab, circumstances));
            }
        }
        String placements =
                parts.stream()
                        .map(part -> part.name() + ": " + part.placement())
                        .collect(Collectors.joining("; "));
        return new Price(
                Price.SCHEMA, circumstances.withPlacement(placements), absent, parts, sends);
    }

    private List<Sends> sends() throws InterruptedException {
        List<Sends> all = new ArrayList<>();
        String obstacle = Preflight.check().reason();
        if (!obstacle.isEmpty()) {
            without("sends", obstacle);
            return all;
        }
        try {
            for (int bytes : PricePlan.SEND_BYTES) {
                screen.sends(bytes);
                List<SendRound> rounds =
                        SendTrial.rounds(bytes, plan.sends(), plan.sendRounds()).stream()
                                .map(PriceRun::round)
                                .toList();
                all.add(new Sends(bytes, rounds));
            }
        } catch (IOException e) {
            without("sends", e.getMessage());
        }
        return all;
    }

    private static SendRound round(SendTrial.Round round) {
        return new SendRound(
                round.ordinary().sends(),
                round.ordinary().cpuNanos(),
                round.withoutCopy().cpuNanos(),
                round.withoutCopy().copied());
    }

    private Part part(String name, Placement placement, Lab lab, Circumstances circumstances)
            throws IOException, InterruptedException {
        screen.place(name, placement.toString());
        RaceRun race = new RaceRun(plan.race(), lab, programs, screen);
        Results results = race.run(circumstances);
        results.absent().forEach(one -> without(one.name(), one.reason()));
        Case busy = results.cases().get(0);
        LoadSource load = race.loads(plan.scenario()).get(0);
        List<Gate> gates = new ArrayList<>();
        for (Map.Entry<Contender, Started> running : race.running().entrySet()) {
            Entry entry = busy.find(running.getKey().name()).orElseThrow();
            GateTrial trial = new GateTrial(programs, plan.scenario(), load, running.getValue());
            boolean steady = name.equals(Price.APART) && PricePlan.polled(running.getKey());
            gates.add(alone(trial, entry, steady ? plan.count() : SHORT_COUNT, running.getKey()));
        }
        noticePerf(gates);
        return new Part(name, placement.toString(), busy.load(), gates);
    }

    private void noticePerf(List<Gate> gates) {
        boolean counted =
                gates.stream().anyMatch(gate -> gate.busy().systemCalls().byKernel() != null);
        if (!counted) {
            without(
                    "the kernel's counts",
                    programs.has("perf")
                            ? "perf must not count system calls here: run it as root"
                            : "perf is not installed: apt install linux-perf");
        }
    }

    private Gate alone(GateTrial trial, Entry entry, Duration window, Contender contender)
            throws InterruptedException {
        if (!entry.faults().isEmpty()) {
            return Gate.faulty(entry, entry.faults());
        }
        screen.alone(entry.name());
        try {
            return trial.measure(entry, window, PricePlan.looksOn(contender), plan.waits());
        } catch (IOException e) {
            screen.fault(entry.name(), e.getMessage());
            return Gate.faulty(entry, List.of(e.getMessage()));
        }
    }
}
