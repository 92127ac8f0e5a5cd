package tinygate.loop;

import java.net.InetAddress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tinygate.relay.Admission;
import tinygate.relay.Chunk;
import tinygate.relay.Driver;
import tinygate.relay.Exchange;
import tinygate.relay.Phase;
import tinygate.relay.Side;
import tinygate.upstream.Upstream;

/**
 * Holds the two connections of one {@link Exchange} and passes on what it asks for. What happens on
 * them is told by each lesson's own driver, which calls the exchange and then {@link #settle}.
 */
public abstract class LoopDriver<C extends LoopConnection> extends TimerWheel.Entry
        implements Driver {
    private static final Logger LOG = LoggerFactory.getLogger(LoopDriver.class);

    protected final Exchange exchange;
    protected C client;
    protected C upstream;
    protected boolean connecting;
    private final Loop<C> loop;
    private final Admission.Verdict verdict;
    private Upstream upstreamServer;

    @SuppressWarnings("this-escape") // the exchange only keeps it; it calls when it is told
    protected LoopDriver(Loop<C> loop, InetAddress clientAddress, Admission.Verdict verdict) {
        this.loop = loop;
        this.verdict = verdict;
        this.exchange = new Exchange(loop.context, this, clientAddress);
    }

    /** Begins with a client's connection. */
    protected final void accepted(C client) {
        this.client = client;
        tell(verdict == Admission.Verdict.REFUSE ? exchange::refuse : () -> {});
    }

    /** As what the client was admitted. */
    final Admission.Verdict verdict() {
        return verdict;
    }

    final void drain() {
        tell(exchange::drain);
    }

    /** The gate closes at once. */
    protected final void abandon() {
        exchange.broken(Side.CLIENT);
        settle();
    }

    /** A fault of the gate, or no memory, costs one connection, not the loop with all it serves. */
    public final void giveUp(Throwable fault) {
        LOG.error("giving up a connection because of a fault of the gate", fault);
        exchange.broken(Side.CLIENT);
        settle();
    }

    /** Sends what the exchange has given, if that was not done at once. */
    protected void flush() {}

    /**
     * The connection to the upstream could not even be begun.
     *
     * @param ours whether this machine is to blame and not the upstream
     */
    public final void connectFailed(boolean ours) {
        if (connecting && upstream == null) {
            connecting = false;
            tell(() -> exchange.unreachable(ours));
        }
    }

    /**
     * After one event or several: what they have led to is sent; the exchange may have ended, or
     * wait for another time.
     */
    public final void settle() {
        flush();
        if (exchange.phase() == Phase.CLOSED) {
            loop.timers.remove(this);
            loop.ended(this);
        } else {
            loop.timers.update(this);
        }
    }

    @Override
    protected final long deadlineNanos() {
        return exchange.deadlineNanos();
    }

    @Override
    protected final void expired() {
        tell(exchange::deadlineReached);
    }

    private void tell(Runnable event) {
        try {
            event.run();
            settle();
        } catch (RuntimeException | OutOfMemoryError fault) {
            giveUp(fault);
        }
    }

    /** Begins to use a connection that was kept. */
    protected abstract void use(C connection);

    /** Begins to open a connection; null if that failed at once, which is told later. */
    protected abstract C open(Upstream server);

    // What the exchange asks for

    @Override
    public final Chunk newChunk() {
        return loop.chunks.take();
    }

    // tag::connect[]
    @Override
    public final boolean connect(Upstream server, boolean mayBeKept) {
        upstreamServer = server;
        upstream = mayBeKept ? loop.kept.take(server) : null;
        boolean kept = upstream != null;
        if (kept) {
            use(upstream);
        } else {
            connecting = true;
            upstream = open(server);
        }
        return kept;
    }

    // end::connect[]

    @Override
    public final void read(Side side, boolean wanted) {
        C connection = connection(side);
        if (connection != null) {
            connection.want(wanted);
        }
    }

    @Override
    public final void send(Side side, Chunk chunk) {
        connection(side).send(chunk);
    }

    @Override
    public final long unsent(Side side) {
        C connection = connection(side);
        return connection == null ? 0 : connection.unsentBytes();
    }

    @Override
    public final void finish(Side side) {
        connection(side).finish();
    }

    @Override
    public final void close(Side side) {
        C connection = connection(side);
        detach(side);
        if (connection != null) {
            connection.close();
        }
    }

    @Override
    public final void abort(Side side) {
        C connection = connection(side);
        if (connection != null) {
            connection.resetOnClose();
            close(side);
        }
    }

    @Override
    public final void keepUpstream() {
        C connection = upstream;
        detach(Side.UPSTREAM);
        loop.kept.keep(upstreamServer, connection);
    }

    private void detach(Side side) {
        if (side == Side.CLIENT) {
            client = null;
        } else {
            upstream = null;
            connecting = false;
        }
    }

    private C connection(Side side) {
        return side == Side.CLIENT ? client : upstream;
    }
}
