package tinygate.epoll;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import tinygate.upstream.Upstream;

/**
 * One loop's idle connections to the upstreams, the one that was used last first. They stay
 * registered with epoll: whatever is told of an idle connection, an end or bytes that nobody asked
 * for, it is closed.
 */
final class KeptConnections {
    private final EventLoop loop;
    private final int mostForEach;
    private final Map<Upstream, ArrayDeque<Connection>> idle = new HashMap<>();

    KeptConnections(EventLoop loop, int mostForEach) {
        this.loop = loop;
        this.mostForEach = mostForEach;
    }

    /** A connection to an upstream, or null if there is none. */
    Connection take(Upstream upstream) {
        ArrayDeque<Connection> connections = idle.get(upstream);
        return connections == null ? null : connections.pollLast();
    }

    // tag::keep[]
    void keep(Upstream upstream, Connection connection) {
        ArrayDeque<Connection> connections =
                idle.computeIfAbsent(upstream, any -> new ArrayDeque<>());
        if (connections.size() >= mostForEach || !connection.quiet()) {
            loop.close(connection);
            return;
        }
        connection.keepFor(upstream);
        connections.addLast(connection);
    }

    // end::keep[]

    /** Something was told of an idle connection. */
    void told(Connection connection) {
        idle.get(connection.keptFor()).remove(connection);
        loop.close(connection);
    }

    void close() {
        idle.values().forEach(connections -> connections.forEach(loop::close));
        idle.clear();
    }
}
