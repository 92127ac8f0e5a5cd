package tinygate.loop;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import tinygate.upstream.Upstream;

/**
 * One loop's idle connections to the upstreams, the one that was used last first. The loop goes on
 * watching them: whatever is told of an idle connection, an end or bytes that nobody asked for, it
 * is closed.
 */
public final class KeptConnections<C extends LoopConnection> {
    private final int mostForEach;
    private final Map<Upstream, ArrayDeque<C>> idle = new HashMap<>();

    /**
     * @param mostForEach how many are kept for one upstream
     */
    public KeptConnections(int mostForEach) {
        this.mostForEach = mostForEach;
    }

    /** A connection to an upstream, or null if there is none. */
    public C take(Upstream upstream) {
        ArrayDeque<C> connections = idle.get(upstream);
        return connections == null ? null : connections.pollLast();
    }

    /** Keeps a connection, or closes it if there are enough or something is under way on it. */
    public void keep(Upstream upstream, C connection) {
        ArrayDeque<C> connections = idle.computeIfAbsent(upstream, any -> new ArrayDeque<>());
        if (connections.size() >= mostForEach || !connection.quiet()) {
            connection.close();
            return;
        }
        connection.keepFor(upstream);
        connections.addLast(connection);
    }

    /** Something was told of an idle connection. */
    public void told(C connection) {
        idle.get(connection.keptFor()).remove(connection);
        connection.close();
    }

    /** Closes all. */
    public void close() {
        idle.values().forEach(connections -> connections.forEach(LoopConnection::close));
        idle.clear();
    }
}
