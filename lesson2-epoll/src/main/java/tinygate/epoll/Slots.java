package tinygate.epoll;

import java.util.Arrays;

/**
 * The connections of a loop by the token that epoll carries for them:
 *
 * <pre>
 *   63              32 31               0
 *   +-----------------+-----------------+
 *   |   generation    |      index      |
 *   +-----------------+-----------------+
 * </pre>
 *
 * <p>One wait brings many events, and what is done for one of them can close the connection that a
 * later one is about; the kernel may even have given its descriptor to a new connection by then. So
 * a token is never a descriptor: its index is used again, but with another generation, and an event
 * of the past finds nobody.
 */
final class Slots {
    private Connection[] connections = new Connection[64];
    private int[] generations = new int[64];
    private int[] free = new int[64];
    private int freeCount;
    private int used;

    /** Finds a free place; {@link #put} fills it. */
    long reserve() {
        if (freeCount == 0 && used == connections.length) {
            connections = Arrays.copyOf(connections, 2 * used);
            generations = Arrays.copyOf(generations, 2 * used);
            free = Arrays.copyOf(free, 2 * used);
        }
        int index = freeCount > 0 ? free[--freeCount] : used++;
        return (long) generations[index] << 32 | index;
    }

    void put(long token, Connection connection) {
        connections[(int) token] = connection;
    }

    /** The connection of a token; null if it is one of the past, or not one of a connection. */
    Connection get(long token) {
        int index = (int) token;
        return index >= 0 && index < used && generations[index] == (int) (token >>> 32)
                ? connections[index]
                : null;
    }

    /** Frees a place; its token is one of the past from now on. */
    void free(long token) {
        int index = (int) token;
        connections[index] = null;
        generations[index] = generations[index] + 1 & Integer.MAX_VALUE; // never the token -1
        free[freeCount++] = index;
    }
}
