package tinygate.loop;

import java.util.concurrent.TimeUnit;

/**
 * The deadlines of one event loop, of whichever lesson: a ring of lists, one for each tick of time,
 * that a hand goes round.
 *
 * <pre>
 *          tick 7 | 8 | 9 | ... | 511 | 0 | 1 | ...
 *                   ^hand
 *   a deadline at tick t stands in list t mod 512
 * </pre>
 *
 * <p>Most deadlines move all the time (every byte moves them) and hardly one is ever reached. So an
 * entry stays where it is when its deadline moves to later; when the hand comes by, it looks at the
 * deadline as it is now, and puts the entry where it belongs.
 */
public final class TimerWheel {
    private static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(16);
    private static final int TICKS = 512; // a turn of the hand takes 8 seconds

    private final Entry[] lists = new Entry[TICKS];
    private final long startNanos;
    private long hand; // ticks before this one have been handled
    private long soonest; // the lists from the hand's up to this tick's are empty
    private int size;

    /** Something with a deadline; in one list at most. */
    public abstract static class Entry {
        private Entry previous;
        private Entry next;
        private long tick = -1; // -1: in no list

        /** When {@link #expired} is due, as {@link System#nanoTime}; may change at any time. */
        protected abstract long deadlineNanos();

        /** The deadline has come; the entry is in no list any more. */
        protected abstract void expired();
    }

    /**
     * @param nowNanos the present time, as {@link System#nanoTime}
     */
    public TimerWheel(long nowNanos) {
        startNanos = nowNanos;
    }

    /** The first tick that begins at or after a time: a deadline is never reached too early. */
    private long tickOf(long nanos) {
        return Math.max(hand, Math.floorDiv(nanos - startNanos + TICK_NANOS - 1, TICK_NANOS));
    }

    // tag::ex-2-7[]
    /**
     * Sees to it that the hand comes by when the entry's deadline is reached, or before: an entry
     * that is in no list yet, or in one too late, gets into another.
     */
    public void update(Entry entry) {
        long tick = tickOf(entry.deadlineNanos());
        if (entry.tick < 0 || tick < entry.tick) {
            remove(entry);
            insert(entry, tick);
        }
    }

    // end::ex-2-7[]

    /** Puts an entry that is in no list into that of a tick. */
    private void insert(Entry entry, long tick) {
        int list = (int) (tick % TICKS);
        entry.tick = tick;
        entry.previous = null;
        entry.next = lists[list];
        if (entry.next != null) {
            entry.next.previous = entry;
        }
        lists[list] = entry;
        soonest = Math.min(soonest, hand + (tick - hand) % TICKS);
        size++;
    }

    /** Forgets an entry; does nothing if it is in no list. */
    public void remove(Entry entry) {
        if (entry.tick < 0) {
            return;
        }
        if (entry.previous != null) {
            entry.previous.next = entry.next;
        } else {
            lists[(int) (entry.tick % TICKS)] = entry.next;
        }
        if (entry.next != null) {
            entry.next.previous = entry.previous;
        }
        entry.previous = null;
        entry.next = null;
        entry.tick = -1;
        size--;
    }

    // tag::turn[]
    // tag::ex-2-7[]
    /**
     * Turns the hand to the present and tells the entries whose deadline has come, also if it has
     * slept for more than a turn; each is told once, and may {@link #update} itself again then.
     *
     * @param nowNanos the present time, as {@link System#nanoTime}: it may overflow
     */
    public void advance(long nowNanos) {
        long now = Math.floorDiv(nowNanos - startNanos, TICK_NANOS);
        if (now - hand >= TICKS) {
            hand = now - TICKS + 1; // one turn looks at every list
        }
        while (hand <= now) {
            Entry entry = lists[(int) (hand % TICKS)];
            hand++;
            while (entry != null) {
                Entry next = entry.next;
                handle(entry, nowNanos);
                entry = next;
            }
        }
    }

    /**
     * The hand, which stands behind the entry's list already, has come by: its deadline may have
     * come, or moved to later, or be one of a later turn.
     */
    private void handle(Entry entry, long nowNanos) {
        if (entry.tick >= hand) {
            return; // a later turn's
        }
        remove(entry);
        if (entry.deadlineNanos() - nowNanos > 0) {
            insert(entry, tickOf(entry.deadlineNanos()));
        } else {
            entry.expired();
        }
    }

    // end::ex-2-7[]
    // end::turn[]

    /** How long the loop may wait until the hand must move: milliseconds, or -1 for ever. */
    public int millisToNext(long nowNanos) {
        long nanos = nanosToNext(nowNanos);
        return nanos < 0 ? -1 : (int) ((nanos + 999_999) / 1_000_000);
    }

    // tag::ex-2-7[]
    /**
     * As {@link #millisToNext}, in nanoseconds: until the tick of the next list that is not empty,
     * 0 if it has come already. The lists before that of {@link #soonest} need no second look.
     */
    public long nanosToNext(long nowNanos) {
        if (size == 0) {
            return -1;
        }
        long tick = Math.max(hand, soonest);
        while (tick < hand + TICKS && lists[(int) (tick % TICKS)] == null) {
            tick++;
        }
        soonest = tick;
        return Math.max(0, startNanos + tick * TICK_NANOS - nowNanos);
    }
    // end::ex-2-7[]
}
