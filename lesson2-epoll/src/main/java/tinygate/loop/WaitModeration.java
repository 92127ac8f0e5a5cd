package tinygate.loop;

import java.util.concurrent.TimeUnit;

/**
 * Has a loop wait less often, for more at a time, as a network card moderates its interrupts. A
 * loop that is faster than those it talks to gets what they send one by one: each event costs the
 * loop a wait and its sender a wake-up. Where events come fast and a turn has brought few, a pause
 * before the next wait lets some more gather.
 *
 * <p>The price is time, so that only those must pay it who hardly notice: with {@link #CROWD}
 * requests under way, each takes several times as long as a pause already (Little's law: requests
 * under way = requests a second x time of each).
 */
public final class WaitModeration {
    /**
     * How long a pause is. The kernel may take 50 more: the timer slack of a thread, prctl(2),
     * PR_SET_TIMERSLACK.
     */
    public static final int PAUSE_MICROS = 50;

    /** Fewer requests under way than these are not made to wait. */
    private static final int CROWD = 16;

    /** With fewer events in a millisecond a pause gathers too few to be worth its system call. */
    private static final int FAST = 30;

    /** A turn that has brought so many was worth its wait. */
    private static final int ENOUGH = 8;

    private static final long MILLISECOND = TimeUnit.MILLISECONDS.toNanos(1);

    private long countedSince;
    private long counted; // events since then
    private boolean fast;
    private boolean few;

    /**
     * @param nowNanos the present time, as {@link System#nanoTime}
     */
    public WaitModeration(long nowNanos) {
        countedSince = nowNanos;
    }

    // tag::pause[]
    /** A wait has brought so many events. */
    public void brought(int events, long nowNanos) {
        few = events > 0 && events < ENOUGH;
        counted += events;
        long elapsed = nowNanos - countedSince;
        if (elapsed >= MILLISECOND) {
            fast = counted * MILLISECOND >= FAST * elapsed;
            counted = 0;
            countedSince = nowNanos;
        }
    }

    /** Whether to pause before the next wait. */
    public boolean pausePays(int requestsUnderWay) {
        return few && fast && requestsUnderWay >= CROWD;
    }
    // end::pause[]
}
