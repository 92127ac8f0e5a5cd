package tinygate.netty;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import tinygate.upstream.Upstream;

/**
 * The connections to upstreams that one loop keeps between two exchanges. The one used last is
 * taken first, so that those that are not needed grow old, and the upstream closes them.
 */
final class IdleConnections {
    private static final int MOST_PER_UPSTREAM = 512;

    private final Map<Upstream, ArrayDeque<Connection>> byUpstream = new HashMap<>();

    /** Takes one; null if there is none. */
    Connection take(Upstream upstream) {
        ArrayDeque<Connection> idle = byUpstream.get(upstream);
        return idle == null ? null : idle.pollLast();
    }

    /** Keeps a connection until it is taken or removed. */
    void keep(Upstream upstream, Connection connection) {
        ArrayDeque<Connection> idle =
                byUpstream.computeIfAbsent(upstream, key -> new ArrayDeque<>());
        if (idle.size() < MOST_PER_UPSTREAM) {
            idle.addLast(connection);
        } else {
            connection.close();
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
