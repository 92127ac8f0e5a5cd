package tinygate.iouring;

import java.net.InetSocketAddress;
import java.util.List;
import tinygate.RingSettings;
import tinygate.Settings;
import tinygate.linux.LinuxException;
import tinygate.loop.Loop;
import tinygate.loop.LoopGate;
import tinygate.relay.RelayContext;
import tinygate.upstream.Upstream;

/**
 * Lesson 3's gate: loops that hand the kernel whole batches of work by a ring each, and are told
 * what has been done. What it decides is lesson 2's {@link tinygate.relay.Exchange} unchanged.
 */
public class IoUringGate extends LoopGate {
    private final RingMode mode;
    private final RingCounters counters;
    private boolean checking;

    /**
     * @throws IllegalArgumentException if the routes cannot be used
     * @throws UnsupportedOperationException if io_uring cannot be used here, with the cause and the
     *     cure
     */
    public IoUringGate(Settings settings) {
        this(settings, RingMode.entering(settings.ring()));
    }

    /** As {@link #IoUringGate(Settings)}, with rings of another kind: lesson 4's. */
    protected IoUringGate(Settings settings, RingMode mode) {
        super(settings);
        Preflight.check().require();
        this.mode = mode;
        this.counters = new RingCounters(stats);
    }

    @Override
    public final boolean checksUpstreams() {
        return true;
    }

    @Override
    protected final Loop<?> newLoop(RelayContext context, InetSocketAddress address)
            throws LinuxException {
        boolean first = !checking;
        checking = health().checkPath() != null; // by the first loop, for all of them
        return new RingLoop(this, context, address, first && checking);
    }

    @Override
    protected final int chunkBytes() {
        return ring().bufferBytes();
    }

    RingSettings ring() {
        return settings().ring();
    }

    RingMode mode() {
        return mode;
    }

    RingCounters counters() {
        return counters;
    }

    Settings.Limits limits() {
        return settings().limits();
    }

    Settings.Health health() {
        return settings().health();
    }

    /** Every upstream of every route, once. */
    List<Upstream> upstreams() {
        return routes().upstreams();
    }
}
