package tinygate.classroom.results;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import tinygate.classroom.results.Results.Case;
import tinygate.classroom.results.Results.Entry;
import tinygate.classroom.results.Results.SystemCalls;
import tinygate.classroom.results.Results.Turn;

/** What the measured figures of a contender come to, alone and beside another one. */
public final class Judge {
    /** With whom the others are compared, if it took part. */
    private static final String BASELINE = "nginx";

    private Judge() {}

    /** A figure of a window that rounds are compared by. */
    public enum Figure {
        REQUESTS_PER_SECOND(turn -> turn.requests() / turn.seconds()),
        CPU_MICROS(turn -> perRequest(turn, turn.cpuMicros())),
        LOAD_MICROS(turn -> perRequest(turn, turn.loadMicros())),
        POLLER_MICROS(turn -> perRequest(turn, turn.pollerMicros())),
        GATE_PERCENT(turn -> percent(turn, turn.cpuMicros() - turn.pollerMicros())),
        POLLER_PERCENT(turn -> percent(turn, turn.pollerMicros())),
        SWITCHES(turn -> perRequest(turn, turn.voluntarySwitches() + turn.involuntarySwitches())),
        P50_MICROS(turn -> latency(turn.p50Micros())),
        P99_MICROS(turn -> latency(turn.p99Micros())),
        P999_MICROS(turn -> latency(turn.p999Micros()));

        private final ToDoubleFunction<Turn> ofTurn;

        Figure(ToDoubleFunction<Turn> ofTurn) {
            this.ofTurn = ofTurn;
        }

        private static double perRequest(Turn turn, long amount) {
            return turn.requests() == 0 ? Double.NaN : (double) amount / turn.requests();
        }

        /** Of a processor. */
        private static double percent(Turn turn, long micros) {
            return micros / (turn.seconds() * 1e4);
        }

        /** Without a sample the load says 0: wrk takes one a batch, of pipelined requests. */
        private static double latency(double micros) {
            return micros > 0 ? micros : Double.NaN;
        }
    }

    /** Nginx, or the first contender if it took no part; empty if there is none. */
    public static Optional<Entry> baseline(Case one) {
        return one.find(BASELINE).or(() -> one.entries().stream().findFirst());
    }

    /** The median of the rounds; NaN if there is no such figure, or the entry is void. */
    public static double median(Entry entry, Figure figure) {
        if (!entry.faults().isEmpty()) {
            return Double.NaN;
        }
        return Ratio.medianOf(
                entry.turns().stream()
                        .mapToDouble(figure.ofTurn)
                        .filter(Double::isFinite)
                        .toArray());
    }

    /**
     * How a contender's figure compares with another one's, round by round.
     *
     * @return empty if one of them is void, or they share no round in which both have the figure
     */
    public static Optional<Ratio> ratio(Entry entry, Entry other, Figure figure) {
        if (!entry.faults().isEmpty() || !other.faults().isEmpty()) {
            return Optional.empty();
        }
        List<Double> ratios = new ArrayList<>();
        for (Turn turn : entry.turns()) {
            other.turns().stream()
                    .filter(candidate -> candidate.round() == turn.round())
                    .mapToDouble(
                            same ->
                                    figure.ofTurn.applyAsDouble(turn)
                                            / figure.ofTurn.applyAsDouble(same))
                    .filter(Double::isFinite)
                    .forEach(ratios::add);
        }
        return ratios.isEmpty() ? Optional.empty() : Optional.of(Ratio.of(ratios));
    }

    /** System calls per request: the kernel's count, else the gate's own; NaN if there is none. */
    static double callsPerRequest(Entry entry) {
        SystemCalls calls = entry.systemCalls();
        Long count = calls.byKernel() != null ? calls.byKernel() : calls.byGate();
        return count == null || calls.requests() == 0
                ? Double.NaN
                : (double) count / calls.requests();
    }

    /** Who counted these: {@code kernel} or {@code gate}, or {@code -} if nobody did. */
    public static String countedBy(Entry entry) {
        SystemCalls calls = entry.systemCalls();
        return calls.byKernel() != null ? "kernel" : calls.byGate() != null ? "gate" : "-";
    }
}
