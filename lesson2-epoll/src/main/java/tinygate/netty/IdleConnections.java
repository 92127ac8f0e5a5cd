package tinygate.netty;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import tinygate.loop.KeptConnections;
import tinygate.upstream.Upstream;

/**
 * The connections to upstreams that one loop keeps between two exchanges. The one used last is
 * taken first, so that those that are not needed grow old; they are not used any more then, as by
 * {@link KeptConnections}.
 */
final class IdleConnections {
    private static final int MOST_PER_UPSTREAM = 512;

    private final LongSupplier nanoTime;
    private final Map<Upstream, ArrayDeque<Connection>> byUpstream = new HashMap<>();

    /**
     * @param nanoTime as {@link System#nanoTime}
     */
    IdleConnections(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** Takes one; null if there is none. */
    Connection take(Upstream upstream) {
        ArrayDeque<Connection> idle = byUpstream.get(upstream);
        if (idle == null) {
            return null;
        }
        closeOld(idle);
        return idle.pollLast();
    }

    /** Keeps a connection until it is taken or removed. */
    void keep(Upstream upstream, Connection connection) {
        ArrayDeque<Connection> idle =
                byUpstream.computeIfAbsent(upstream, key -> new ArrayDeque<>());
        closeOld(idle);
        if (idle.size() < MOST_PER_UPSTREAM) {
            connection.keptSinceNanos = nanoTime.getAsLong();
            idle.addLast(connection);
        } else {
            connection.close();
        }
    }

    /** The first are the oldest. */
    private void closeOld(ArrayDeque<Connection> idle) {
        long now = nanoTime.getAsLong();
        while (!idle.isEmpty()
                && now - idle.peekFirst().keptSinceNanos >= KeptConnections.MOST_IDLE_NANOS) {
            idle.pollFirst().close();
        }
    }

    /** Forgets a connection that has closed. */
    void remove(Upstream upstream, Connection connection) {
        ArrayDeque<Connection> idle = byUpstream.get(upstream);
        if (idle != null) {
            idle.remove(connection);
        }
    }
}
