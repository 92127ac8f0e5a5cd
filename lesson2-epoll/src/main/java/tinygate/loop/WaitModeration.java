package tinygate.loop;

import java.util.concurrent.TimeUnit;

/**
 * Has a loop wait less often, for more at a time, as a network card moderates its interrupts. A
 * loop that is faster than those it talks to gets what they send one by one, and sleeps in between:
 * each event costs a wait, and many a wake-up. Where events come fast and a turn has brought few, a
 * pause before the next wait lets some more gather, and wakes nobody.
 *
 * <p>The price is time, so it is not for a few requests alone. All that have begun are counted
 * though, also those that are slow by themselves, such as tunnels: beside many of them, some quick
 * clients are made to wait too.
 *
 * <p>The numbers were found by measuring, on machines with two processors; they are no laws.
 */
public class WaitModeration {
    // tag::pause[]
    /**
     * How long a pause is at least. With the usual timer slack, 50 more (prctl(2),
     * PR_SET_TIMERSLACK), it is mostly 100, and longer if others want the processor.
     */
    public static final int PAUSE_MICROS = 50;

    /** A turn that has brought so many events was worth its wait. */
    private static final int ENOUGH = 8;

    /** With fewer events in a millisecond a pause gathers too few to be worth its system call. */
    private static final int FAST = 30;

    /** With fewer requests under way a pause is long beside what each of them takes. */
    private static final int CROWD = 16;

    // end::pause[]
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
    public final void brought(int events, long nowNanos) {
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
