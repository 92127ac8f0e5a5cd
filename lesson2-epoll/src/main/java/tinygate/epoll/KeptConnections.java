package tinygate.epoll;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import tinygate.upstream.Upstream;

/**
 * One loop's idle connections to the upstreams, the one that was used last first. They stay
 * registered with epoll: whatever is told of an idle connection, an end or bytes that nobody asked
 * for, it is closed. So is one that nobody needed for a while: a firewall on the way may have
 * forgotten it without a word.
 */
final class KeptConnections {
    private static final long MOST_IDLE_NANOS = TimeUnit.SECONDS.toNanos(60);

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
        if (connections == null) {
            return null;
        }
        Connection connection = connections.pollLast();
        while (connection != null && connection.readable()) {
            loop.close(connection); // its end was told in this turn
            connection = connections.pollLast();
        }
        return connection;
    }

    void keep(Upstream upstream, Connection connection) {
        ArrayDeque<Connection> connections =
                idle.computeIfAbsent(upstream, any -> new ArrayDeque<>());
        if (connections.size() >= mostForEach || !connection.quiet()) {
            loop.close(connection);
            return;
        }
        connection.keepFor(upstream, System.nanoTime() + MOST_IDLE_NANOS);
        connections.addLast(connection);
    }

    /** Closes an idle connection. */
    void remove(Connection connection) {
        idle.get(connection.keptFor()).remove(connection);
        loop.close(connection);
    }

    void close() {
        idle.values().forEach(connections -> connections.forEach(loop::close));
        idle.clear();
    }
}
