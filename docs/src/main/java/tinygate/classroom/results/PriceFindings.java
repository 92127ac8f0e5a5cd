package tinygate.classroom.results;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tinygate.classroom.results.Price.Gate;
import tinygate.classroom.results.Price.Part;
import tinygate.classroom.results.Price.Wait;
import tinygate.classroom.results.Ratio.Verdict;

/** What is said of SQPOLL, beside what was measured; without a figure a sentence is left out. */
final class PriceFindings {
    private static final double MOST_CALLS = 0.02; // for each request
    private static final double MOST_DIFFERENCE = 2; // percent
    private static final double MOST_ASLEEP = 0.5; // percent of a processor
    private static final double WHOLE = 90; // percent of a processor
    private static final String HOLDS = "holds";
    private static final String NOT_HERE = "not so here";

    /** Lesson 4's gate as it is if nothing is set, and the one that looks longer. */
    private static final String DEFAULT = "sqpoll";

    private static final String LOOKING = "sqpoll+";

    private final List<Finding> findings = new ArrayList<>();
    private final Price price;

    /**
     * @param measured a line or more of at most 78 letters
     */
    record Finding(String said, List<String> measured, String verdict) {}

    private PriceFindings(Price price) {
        this.price = price;
    }

    static List<Finding> of(Price price) {
        PriceFindings all = new PriceFindings(price);
        all.fewCalls();
        all.sameCounts();
        all.timeOfRequests();
        all.aProcessor();
        all.nothingAsleep();
        all.waking();
        all.withoutCopy();
        return List.copyOf(all.findings);
    }

    private void fewCalls() {
        for (Part part : price.parts()) {
            double calls = part.find(LOOKING).map(PriceJudge::processCalls).orElse(Double.NaN);
            List<String> measured =
                    part.gates().stream()
                            .filter(gate -> Double.isFinite(PriceJudge.processCalls(gate)))
                            .map(
                                    gate ->
                                            text(
                                                    "%s %.4f, its loops alone %.4f",
                                                    gate.name(),
                                                    PriceJudge.processCalls(gate),
                                                    PriceJudge.loopCalls(gate)))
                            .toList();
            add(
                    "Busy, a gate with a poller makes at most 0.02 calls for a request ("
                            + part.name()
                            + ")",
                    calls,
                    calls <= MOST_CALLS ? HOLDS + " where it looks on" : NOT_HERE,
                    measured);
        }
    }

    /**
     * Where there are next to no calls, one or two more are many percent: so of those with many.
     */
    private void sameCounts() {
        double most =
                price.parts().stream()
                        .flatMap(part -> part.gates().stream())
                        .filter(gate -> PriceJudge.loopCalls(gate) > MOST_CALLS)
                        .mapToDouble(PriceJudge::differencePercent)
                        .filter(Double::isFinite)
                        .max()
                        .orElse(Double.NaN);
        add(
                "The kernel and the gate count the same calls",
                most,
                most <= MOST_DIFFERENCE ? HOLDS : NOT_HERE,
                List.of(text("off by %.1f %% at most, of more than 0.02 for a request", most)));
    }

    private void timeOfRequests() {
        List<String> measured = new ArrayList<>();
        List<Verdict> verdicts = new ArrayList<>();
        for (Part part : price.parts()) {
            for (Gate gate : part.gates()) {
                Optional<Ratio> ratio = PriceJudge.cpuRatio(part, gate);
                if (PriceJudge.polled(gate) && ratio.isPresent()) {
                    verdicts.add(ratio.get().verdict());
                    measured.add(text("%s, %s: %s", part.name(), gate.name(), Words.of(ratio)));
                }
            }
        }
        boolean all = verdicts.stream().allMatch(verdict -> verdict == Verdict.MORE);
        add(
                "A request costs more processor time than with io_uring alone",
                verdicts.isEmpty() ? Double.NaN : 1,
                all ? HOLDS : "not in all cases",
                measured);
    }

    private void aProcessor() {
        for (Part part : price.parts()) {
            double percent =
                    part.find(LOOKING)
                            .map(gate -> PriceJudge.pollerPercent(gate.awake()))
                            .orElse(Double.NaN);
            add(
                    "Idle and awake, a poller uses a whole processor (" + part.name() + ")",
                    percent,
                    percent >= WHOLE ? HOLDS : NOT_HERE,
                    List.of(text("%.0f %% of one", percent)));
        }
    }

    private void nothingAsleep() {
        List<String> measured = new ArrayList<>();
        boolean holds = true;
        for (Part part : price.parts()) {
            for (Gate gate : part.gates()) {
                if (PriceJudge.polled(gate) && gate.asleep() != null) {
                    double percent =
                            PriceJudge.gatePercent(gate.asleep())
                                    + PriceJudge.pollerPercent(gate.asleep());
                    Long enter = gate.asleep().enter();
                    holds &= percent < MOST_ASLEEP && (enter == null || enter == 0);
                    measured.add(
                            text(
                                    "%s, %s: %.2f %% of a processor, io_uring_enter %s",
                                    part.name(),
                                    gate.name(),
                                    percent,
                                    enter == null ? "not counted" : enter + " times"));
                }
            }
        }
        add(
                "Asleep, gate and poller use under 0.5 % of one, and no call in a second",
                measured.isEmpty() ? Double.NaN : 1, holds ? HOLDS : NOT_HERE, measured);
    }

    private void waking() {
        for (Part part : price.parts()) {
            double polled = part.find(DEFAULT).map(PriceFindings::extraMicros).orElse(Double.NaN);
            double plain =
                    part.find(PriceJudge.BASELINE)
                            .map(PriceFindings::extraMicros)
                            .orElse(Double.NaN);
            add(
                    "Who finds the poller asleep waits longer (" + part.name() + ")",
                    polled - plain,
                    polled > plain ? HOLDS : NOT_HERE,
                    List.of(
                            text("p50 after the long pause less that after the short one:"),
                            text(
                                    "%s %.0f us, %s %.0f us",
                                    DEFAULT, polled, PriceJudge.BASELINE, plain)));
        }
    }

    private void withoutCopy() {
        List<Ratio> ratios =
                price.sends().stream().flatMap(one -> PriceJudge.sendRatio(one).stream()).toList();
        boolean less = ratios.stream().anyMatch(ratio -> ratio.verdict() == Verdict.LESS);
        List<String> measured =
                price.sends().stream()
                        .map(
                                one ->
                                        text(
                                                "%,d bytes: %s; copied: %s",
                                                one.bytes(),
                                                Words.of(PriceJudge.sendRatio(one)),
                                                Words.number(
                                                        "%.0f %%", PriceJudge.copiedPercent(one))))
                        .toList();
        add(
                "Sending without a copy saves processor time",
                ratios.isEmpty() ? Double.NaN : 1,
                less ? HOLDS + ", at some lengths" : "not here",
                measured);
    }

    /** How much longer half of the answers took after the longest pause than after the shortest. */
    private static double extraMicros(Gate gate) {
        List<Wait> waits = gate.waits();
        return waits.isEmpty()
                ? Double.NaN
                : waits.get(waits.size() - 1).p50Micros() - waits.get(0).p50Micros();
    }

    /**
     * @param figure on which the verdict depends; if there is none the finding is left out
     */
    private void add(String said, double figure, String verdict, List<String> measured) {
        if (Double.isFinite(figure)) {
            findings.add(new Finding(said, measured, verdict));
        }
    }

    private static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
