package tinygate.loop;

import java.util.Arrays;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * The connections of a loop by the token that the kernel carries for them, and brings back when
 * something has happened:
 *
 * <pre>
 *   63        56 55              32 31               0
 *   +-----------+------------------+-----------------+
 *   |     0     |    generation    |      slot       |
 *   +-----------+------------------+-----------------+
 * </pre>
 *
 * <p>One wait brings many events, and what is done for one of them can close the connection that a
 * later one is about; the kernel may even have given its descriptor to a new connection by then. So
 * a token is never a descriptor: its slot is used again, but with another generation, and an event
 * of the past finds nobody.
 */
public final class Slots<C> {
    private static final int GENERATIONS = 1 << 24;

    private Object[] connections = new Object[64];
    private int[] generations = new int[64];
    private int[] free = new int[64]; // the slots that were freed, the last one on top
    private int freeCount;
    private int used; // slots from here on were never used

    /** The slot in a token, 0 or more; small numbers are used again first. */
    public static int slot(long token) {
        return (int) token;
    }

    private static int generation(long token) {
        return (int) (token >>> 32);
    }

    // tag::slots[]
    // tag::ex-2-6[]
    /**
     * Finds a free slot, the one that was freed last if there is one, and answers its token; {@link
     * #put} fills it. There always is one: the tables grow.
     */
    public long reserve() {
        if (freeCount == 0 && used == connections.length) {
            connections = Arrays.copyOf(connections, 2 * used);
            generations = Arrays.copyOf(generations, 2 * used);
            free = Arrays.copyOf(free, 2 * used);
        }
        int slot = freeCount > 0 ? free[--freeCount] : used++;
        return (long) generations[slot] << 32 | slot;
    }

    /** Fills a slot that was reserved. */
    public void put(long token, C connection) {
        connections[slot(token)] = connection;
    }

    /** The connection of a token; null if it is one of the past, or not one of a connection. */
    @SuppressWarnings("unchecked") // put takes nothing else
    public C get(long token) {
        int slot = slot(token);
        return slot >= 0 && slot < used && generations[slot] == generation(token)
                ? (C) connections[slot]
                : null;
    }

    /**
     * Frees a slot; its token is one of the past from now on, until the slot has been used {@link
     * #GENERATIONS} times.
     */
    public void free(long token) {
        int slot = slot(token);
        connections[slot] = null;
        generations[slot] = (generations[slot] + 1) % GENERATIONS;
        free[freeCount++] = slot;
    }

    // end::ex-2-6[]
    // end::slots[]

    /** Does something with every connection there is. */
    @SuppressWarnings("unchecked") // as above
    public void forEach(Consumer<C> action) {
        Arrays.stream(connections).filter(Objects::nonNull).forEach(c -> action.accept((C) c));
    }
}
