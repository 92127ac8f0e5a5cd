package tinygate.sqpoll;

import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * Waits for another processor without a system call: looks again and again, for a limited time. It
 * pays only if what is waited for comes soon; so each wait that was in vain halves the time of the
 * next ones, and each that was not doubles it again.
 *
 * <pre>
 *   busy      |look look look DONE|          most, again and again: no system call
 *   less so   |look look ........|           1/2, 1/4, 1/8 ... of it
 *   idle      |look|                         hardly anything; the caller sleeps in the kernel
 * </pre>
 */
final class BusyWait {
    private static final int SHORTEST_PART = 16;

    private final long most;
    private final LongSupplier clock;
    private long budget;

    /**
     * @param mostNanos how long one wait lasts at most; 0 to look once only
     */
    BusyWait(long mostNanos) {
        this(mostNanos, System::nanoTime);
    }

    /**
     * With another clock.
     *
     * @param clock as {@link System#nanoTime}, whose values mean nothing, but their differences do
     */
    BusyWait(long mostNanos, LongSupplier clock) {
        this.clock = clock;
        most = mostNanos;
        budget = mostNanos;
    }

    // tag::ex-4-6[]
    // tag::await[]
    /**
     * Looks until it is so, or the time is over, but once at least; answers whether it is so. It
     * goes by the budget: the most at first, half of what it was after a wait in vain, but never
     * less than a sixteenth of the most, and twice what it was, up to the most, after one that was
     * not.
     *
     * @param limitNanos not longer than this, however well it has gone so far
     */
    boolean await(BooleanSupplier condition, long limitNanos) {
        long begin = clock.getAsLong();
        long wait = Math.min(budget, limitNanos);
        do {
            if (condition.getAsBoolean()) {
                budget = Math.min(most, 2 * budget);
                return true;
            }
            Thread.onSpinWait();
        } while (clock.getAsLong() - begin < wait);
        budget = Math.max(most / SHORTEST_PART, budget / 2);
        return false;
    }
    // end::await[]
    // end::ex-4-6[]
}
