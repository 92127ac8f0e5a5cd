package tinygate.http;

import java.util.ArrayDeque;

/**
 * Tables of {@link Fields}, lent to each head from its first byte until nobody reads its texts any
 * more. Mostly a head arrives as a whole and is forwarded at once, so one or two tables serve all
 * the connections of an event loop: they stay in the processor's cache, where hundreds would not.
 *
 * <p>Used by one thread alone.
 */
public final class FieldsPool {
    /** What a rush of unfinished heads needed beyond is given up behind it. */
    private static final int MOST_FREE = 16;

    private final HeadLimits limits;
    private final ArrayDeque<Fields> free = new ArrayDeque<>();

    public FieldsPool(HeadLimits limits) {
        this.limits = limits;
    }

    HeadLimits limits() {
        return limits;
    }

    /** An empty table, the one that was given back last if there is one. */
    Fields take() {
        Fields last = free.pollLast();
        return last != null ? last : new Fields(limits.fields());
    }

    void giveBack(Fields fields) {
        fields.clear();
        if (free.size() < MOST_FREE) {
            free.addLast(fields);
        }
    }
}
