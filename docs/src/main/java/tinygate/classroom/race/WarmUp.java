package tinygate.classroom.race;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The load before a contender's first turn, second by second. It goes on until the second half of
 * it has made a request no cheaper: a JVM compiles what runs often, and until it has, each second
 * costs less than the one before. What is fast at once needs two seconds. And where requests are
 * few a second, a JVM has not counted enough of them to compile anything, and looks flat: so there
 * must have been many.
 */
final class WarmUp {
    /** Less is noise. */
    private static final double IMPROVEMENT = 0.05;

    /** Less has not shown a JVM what runs often. */
    private static final long FEWEST_REQUESTS = 50_000;

    private final List<Double> cpuMicros = new ArrayList<>();
    private long requests;

    /** Adds a second, with the processor time that it took the contender. */
    void add(long micros, long requests) {
        double answered = Math.max(requests, 1); // none: all of the time for nothing
        cpuMicros.add(micros / answered);
        this.requests += requests;
    }

    boolean flat() {
        int half = cpuMicros.size() / 2;
        if (half == 0 || requests < FEWEST_REQUESTS) {
            return false;
        }
        return least(half, cpuMicros.size()) >= least(0, half) * (1 - IMPROVEMENT);
    }

    int seconds() {
        return cpuMicros.size();
    }

    /** As in {@code 4 s, flat: 61.5 us of CPU a request, then 29.8}. */
    @Override
    public String toString() {
        if (cpuMicros.isEmpty()) {
            return "none";
        }
        return String.format(
                Locale.ROOT,
                "%d s, %s: %.1f us of CPU a request, then %.1f",
                seconds(),
                flat() ? "flat" : "not flat yet",
                cpuMicros.get(0),
                cpuMicros.get(seconds() - 1));
    }

    private double least(int from, int to) {
        return cpuMicros.subList(from, to).stream().min(Double::compare).orElseThrow();
    }
}
