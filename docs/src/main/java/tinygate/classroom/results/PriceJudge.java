package tinygate.classroom.results;

import java.util.List;
import java.util.Optional;
import tinygate.classroom.results.Judge.Figure;
import tinygate.classroom.results.Price.Gate;
import tinygate.classroom.results.Price.Idle;
import tinygate.classroom.results.Price.Part;
import tinygate.classroom.results.Price.SendRound;
import tinygate.classroom.results.Price.Sends;

/** What the measured figures of a {@link Price} come to; NaN for a figure that is not there. */
final class PriceJudge {
    /** With which the others are compared: the same gate without a poller. */
    static final String BASELINE = "iouring";

    private PriceJudge() {}

    /** Processor time per request beside the baseline's, round by round. */
    static Optional<Ratio> cpuRatio(Part part, Gate gate) {
        return part.find(BASELINE)
                .flatMap(other -> Judge.ratio(gate.busy(), other.busy(), Figure.CPU_MICROS));
    }

    /** Whether it has a poller, which has run under load. */
    static boolean polled(Gate gate) {
        return gate.busy().turns().stream().anyMatch(turn -> turn.pollerMicros() > 0);
    }

    /** System calls per request of the whole process, the JVM's threads included. */
    static double processCalls(Gate gate) {
        return perRequest(gate, gate.busy().systemCalls().byKernel());
    }

    /** Those of its loops, by the kernel, without the ones that the JVM makes there. */
    static double loopCalls(Gate gate) {
        return perRequest(gate, byLoops(gate));
    }

    /** Of these, those that entered the ring. */
    static double enterCalls(Gate gate) {
        return perRequest(gate, gate.calls() == null ? null : gate.calls().enter());
    }

    /** Those of its loops, as the gate counts them. */
    static double ownCalls(Gate gate) {
        return perRequest(gate, gate.busy().systemCalls().byGate());
    }

    /** How far the gate's count is from the kernel's, in percent of that. */
    static double differencePercent(Gate gate) {
        Long kernel = byLoops(gate);
        Long own = gate.busy().systemCalls().byGate();
        return kernel == null || own == null ? Double.NaN : 100.0 * Math.abs(own - kernel) / kernel;
    }

    static double gatePercent(Idle idle) {
        return idle == null ? Double.NaN : idle.gateNanos() / (idle.seconds() * 1e7);
    }

    static double pollerPercent(Idle idle) {
        return idle == null ? Double.NaN : idle.pollerNanos() / (idle.seconds() * 1e7);
    }

    /** Processor time of an ordinary send, in nanoseconds. */
    static double copyNanos(Sends sends) {
        return Ratio.medianOf(
                sends.rounds().stream()
                        .mapToDouble(round -> (double) round.copyNanos() / round.sends())
                        .toArray());
    }

    static double zeroCopyNanos(Sends sends) {
        return Ratio.medianOf(
                sends.rounds().stream()
                        .mapToDouble(round -> (double) round.zeroCopyNanos() / round.sends())
                        .toArray());
    }

    /** A send without a copy beside an ordinary one, round by round. */
    static Optional<Ratio> sendRatio(Sends sends) {
        List<Double> ratios =
                sends.rounds().stream()
                        .map(round -> (double) round.zeroCopyNanos() / round.copyNanos())
                        .toList();
        return ratios.isEmpty() ? Optional.empty() : Optional.of(Ratio.of(ratios));
    }

    /** How many percent of the sends without a copy were copied after all. */
    static double copiedPercent(Sends sends) {
        long all = 0;
        long copied = 0;
        for (SendRound round : sends.rounds()) {
            if (round.copied() == null) {
                return Double.NaN;
            }
            all += round.sends();
            copied += round.copied();
        }
        return 100.0 * copied / all;
    }

    private static Long byLoops(Gate gate) {
        Price.Calls calls = gate.calls();
        return calls == null || calls.byLoops() == null || calls.byJvm() == null
                ? null
                : Long.valueOf(calls.byLoops() - calls.byJvm());
    }

    private static double perRequest(Gate gate, Long calls) {
        long requests = gate.busy().systemCalls().requests();
        return calls == null || requests == 0 ? Double.NaN : (double) calls / requests;
    }
}
