package tinygate.netty;

import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tinygate.relay.Chunk;
import tinygate.relay.Driver;
import tinygate.relay.Exchange;
import tinygate.relay.Phase;
import tinygate.relay.Side;
import tinygate.upstream.Upstream;

/**
 * One exchange and its two connections, both on the same event loop: what Netty tells goes to the
 * exchange by {@link #tell}, what the exchange asks for goes to the {@link Connection}s.
 */
final class NettyDriver implements Driver {
    private static final Logger LOG = LoggerFactory.getLogger(NettyDriver.class);

    private final Loop loop;
    private final Connection client;
    private final Exchange exchange;
    private final Timer timer;
    private Connection upstream; // null without
    private final Runnable choose = this::choose;
    private Upstream target; // of the connection to the upstream
    private boolean choosing; // whether a connection to it is yet to be found or opened
    private boolean mayBeKept; // whether one that was kept will do

    NettyDriver(Loop loop, Connection client) {
        this.loop = loop;
        this.client = client;
        client.serve(this);
        exchange =
                new Exchange(loop.context(), this, client.channel().remoteAddress().getAddress());
        timer = new Timer(loop.executor(), this::timerRang);
        timer.set(exchange.deadlineNanos());
    }

    /** Tells the exchange an event; must not be called from inside a call of the exchange. */
    void tell(Consumer<Exchange> event) {
        loop.context();
        try {
            event.accept(exchange);
            settle();
        } catch (RuntimeException | OutOfMemoryError fault) {
            giveUp(fault);
        }
    }

    /** A fault of the gate, or no memory, costs one connection. */
    void giveUp(Throwable fault) {
        LOG.error("giving up a connection because of a fault of the gate", fault);
        exchange.broken(Side.CLIENT);
        settle();
    }

    private void settle() {
        if (exchange.phase() == Phase.CLOSED) {
            timer.cancel();
        } else {
            timer.set(exchange.deadlineNanos());
        }
    }

    private void timerRang() {
        if (System.nanoTime() - exchange.deadlineNanos() >= 0) {
            tell(Exchange::deadlineReached);
        } else {
            timer.set(exchange.deadlineNanos());
        }
    }

    // What the exchange asks for

    @Override
    public Chunk newChunk() {
        return loop.newChunk();
    }

    // tag::connect[]
    /**
     * Netty tells of the events of a batch one by one, and the end of a kept connection may be yet
     * to come. Its tasks run when the batch is worked off: then what is still kept can be used.
     */
    @Override
    public boolean connect(Upstream upstream, boolean mayBeKept) {
        target = upstream;
        this.mayBeKept = mayBeKept;
        choosing = true;
        loop.executor().execute(choose);
        return false;
    }

    private void choose() {
        if (!choosing) {
            return; // given up meanwhile
        }
        choosing = false;
        Connection kept = mayBeKept ? loop.idle().take(target) : null;
        upstream = kept != null ? kept : loop.newConnection(target);
        if (upstream == null) {
            tell(exchange -> exchange.unreachable(true)); // no descriptor is left
            return;
        }
        upstream.serve(this);
        if (kept != null) {
            tell(exchange -> exchange.connected(true));
        } else {
            upstream.connect(target.address());
        }
    }

    // end::connect[]

    @Override
    public void read(Side side, boolean wanted) {
        Connection connection = on(side);
        if (connection != null) {
            connection.read(wanted);
        }
    }

    @Override
    public void send(Side side, Chunk chunk) {
        on(side).send((NettyChunk) chunk);
    }

    @Override
    public long unsent(Side side) {
        Connection connection = on(side);
        return connection == null ? 0 : connection.unsent();
    }

    @Override
    public void finish(Side side) {
        on(side).finish();
    }

    @Override
    public void close(Side side) {
        Connection connection = on(side);
        forget(side);
        if (connection != null) {
            connection.close();
        }
    }

    @Override
    public void abort(Side side) {
        Connection connection = on(side);
        forget(side);
        if (connection != null) {
            connection.abort();
        }
    }

    @Override
    public void keepUpstream() {
        Connection kept = upstream;
        upstream = null;
        loop.idle().keep(target, kept);
        kept.leave();
    }

    private Connection on(Side side) {
        return side == Side.CLIENT ? client : upstream;
    }

    private void forget(Side side) {
        if (side == Side.UPSTREAM) {
            upstream = null;
            choosing = false;
        }
    }
}
