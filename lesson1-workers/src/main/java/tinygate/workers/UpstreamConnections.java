package tinygate.workers;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.channels.UnsupportedAddressTypeException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import tinygate.observe.Stats;
import tinygate.upstream.Upstream;

/**
 * One worker's connections to the upstreams: at most one idle one for each, kept for the next
 * request. A worker has one exchange at a time, so all of them share one buffer.
 */
final class UpstreamConnections {
    /**
     * After so much idleness a connection is looked at more closely before it is used again; that
     * costs a few system calls, from which under load nothing would be gained.
     */
    private static final long TRUSTED_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final Map<Upstream, Idle> idle = new HashMap<>();
    private final ByteBuffer in;
    private final Deadline deadline;
    private final int connectMillis;
    private final Stats stats;

    private record Idle(Wire wire, long sinceNanos) {}

    UpstreamConnections(ByteBuffer in, Deadline deadline, int connectMillis, Stats stats) {
        this.in = in;
        this.deadline = deadline;
        this.connectMillis = connectMillis;
        this.stats = stats;
    }

    /**
     * Takes the kept connection to an upstream, if there is one that still lives.
     *
     * @param mustLive whether to look even at one that was used a moment ago, because the request
     *     cannot be sent a second time
     * @return null if there is none
     */
    Wire takeKept(Upstream upstream, boolean mustLive) {
        Idle kept = idle.remove(upstream);
        if (kept == null) {
            return null;
        }
        in.limit(0); // the last exchange, with another upstream, may have left bytes
        boolean trusted = !mustLive && System.nanoTime() - kept.sinceNanos < TRUSTED_NANOS;
        if (trusted ? kept.wire.silent() : kept.wire.quiet()) {
            return kept.wire;
        }
        kept.wire.close();
        return null;
    }

    /**
     * Opens a new connection.
     *
     * @throws WireFailure if the upstream refuses, or does not accept in time; or if no local port
     *     is left for it (connect(2), EADDRNOTAVAIL), which another upstream does not suffer from:
     *     the kernel counts them for each destination
     * @throws IOException if this process has no descriptor left
     */
    Wire connect(Upstream upstream) throws IOException {
        SocketChannel channel = SocketChannel.open();
        Wire wire = new Wire(channel, in, deadline);
        IOException broken = null;
        deadline.begin(channel, Deadline.Wait.WRITE, Wire.after(connectMillis));
        try {
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            channel.connect(upstream.address());
        } catch (IOException e) {
            broken = e;
        } catch (UnsupportedAddressTypeException e) {
            broken = new IOException("IPv6 is switched off on this machine", e);
        }
        boolean timedOut = deadline.end();
        if (timedOut || broken != null) {
            wire.close();
            throw new WireFailure(wire, timedOut, broken);
        }
        stats.upstreamConnected();
        return wire;
    }

    /** Keeps a connection whose response was read to its end, and nothing more. */
    void keep(Upstream upstream, Wire wire) {
        if (wire.in.hasRemaining()) {
            wire.close(); // it sent more than was asked for: what would its next response be?
            return;
        }
        Idle other = idle.put(upstream, new Idle(wire, System.nanoTime()));
        if (other != null) {
            other.wire.close();
        }
    }

    void close() {
        idle.values().forEach(kept -> kept.wire.close());
        idle.clear();
    }
}
