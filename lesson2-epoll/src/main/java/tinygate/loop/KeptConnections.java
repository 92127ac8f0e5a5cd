package tinygate.loop;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import tinygate.upstream.Upstream;

/**
 * One loop's idle connections to the upstreams, the one that was used last first. The loop goes on
 * watching them: whatever is told of an idle connection, an end or bytes that nobody asked for, it
 * is closed. One that nobody needed for a while is not used any more: a firewall on the way may
 * have forgotten it without a word.
 */
public final class KeptConnections<C extends LoopConnection> {
    /** So long a connection may be idle and is used all the same. */
    public static final long MOST_IDLE_NANOS = TimeUnit.SECONDS.toNanos(60);

    private final int mostForEach;
    private final LongSupplier nanoTime;
    private final Map<Upstream, ArrayDeque<C>> idle = new HashMap<>();

    /**
     * @param mostForEach how many are kept for one upstream
     * @param nanoTime as {@link System#nanoTime}
     */
    public KeptConnections(int mostForEach, LongSupplier nanoTime) {
        this.mostForEach = mostForEach;
        this.nanoTime = nanoTime;
    }

    /** A connection to an upstream, or null if there is none. */
    public C take(Upstream upstream) {
        ArrayDeque<C> connections = idle.get(upstream);
        if (connections == null) {
            return null;
        }
        C connection = connections.pollLast();
        while (connection != null && !usable(connection)) {
            close(connection);
            connection = connections.pollLast();
        }
        if (connection != null) {
            connection.noLongerKept();
        }
        return connection;
    }

    /** Its end may have been told in this turn. */
    private boolean usable(C connection) {
        long idleNanos = nanoTime.getAsLong() - connection.keptSinceNanos;
        return connection.quiet() && idleNanos < MOST_IDLE_NANOS;
    }

    // tag::keep[]
    /** Keeps a connection, or closes it if there are enough or something is under way on it. */
    public void keep(Upstream upstream, C connection) {
        ArrayDeque<C> connections = idle.computeIfAbsent(upstream, any -> new ArrayDeque<>());
        if (connections.size() >= mostForEach || !connection.quiet()) {
            connection.close();
            return;
        }
        connection.keptSinceNanos = nanoTime.getAsLong();
        connection.keepFor(upstream);
        connections.addLast(connection);
        while (!usable(connections.peekFirst())) {
            close(connections.pollFirst());
        }
    }

    // end::keep[]

    /** Something was told of an idle connection. */
    public void told(C connection) {
        idle.get(connection.keptFor()).remove(connection);
        close(connection);
    }

    private static void close(LoopConnection connection) {
        connection.noLongerKept();
        connection.close();
    }

    /** Closes all. */
    public void close() {
        idle.values().forEach(connections -> connections.forEach(KeptConnections::close));
        idle.clear();
    }
}
