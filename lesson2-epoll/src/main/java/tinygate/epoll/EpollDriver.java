package tinygate.epoll;

import java.net.InetAddress;
import tinygate.epoll.NativeChunks.NativeChunk;
import tinygate.linux.Errno;
import tinygate.relay.Chunk;
import tinygate.relay.Driver;
import tinygate.relay.Exchange;
import tinygate.relay.Phase;
import tinygate.relay.Side;
import tinygate.upstream.Upstream;

/**
 * Does the I/O of one {@link Exchange} with two {@link Connection}s of an event loop: epoll says
 * that a socket is ready, the driver reads or writes, and tells the exchange what came of it.
 */
final class EpollDriver extends TimerWheel.Entry implements Driver {
    /** So many reads of one socket in a row; then the others have their turn. */
    private static final int MOST_READS = 16;

    private final EventLoop loop;
    private final Exchange exchange;
    private Connection client;
    private Connection upstream;
    private Upstream upstreamServer;
    private boolean connecting;

    EpollDriver(EventLoop loop, InetAddress clientAddress) {
        this.loop = loop;
        this.exchange = new Exchange(loop.context, this, clientAddress);
    }

    void accepted(Connection client) {
        this.client = client;
        loop.timers.update(this);
    }

    void refuse() {
        exchange.refuse();
        settle();
    }

    void drain() {
        exchange.drain();
        settle();
    }

    // What epoll says

    /** A connection of this driver may be readable or writable. */
    void ready(Connection connection) {
        if (connection == upstream && connecting) {
            finishConnecting();
        } else {
            write(connection);
            read(connection);
        }
        settle();
    }

    // tag::finish-connecting[]
    private void finishConnecting() {
        if (!upstream.writable()) {
            return;
        }
        connecting = false;
        int error = loop.sockets.error(upstream.fd);
        if (error == 0) {
            exchange.connected();
        } else {
            exchange.unreachable(false);
        }
        if (upstream != null) {
            read(upstream);
        }
    }

    // end::finish-connecting[]

    /** The connection could not even be begun. */
    void connectFailed(int error) {
        if (connecting && upstream == null) {
            connecting = false;
            exchange.unreachable(Errno.EMFILE.is(error) || Errno.ENFILE.is(error));
            settle();
        }
    }

    /** The gate closes at once. */
    void abandon() {
        exchange.broken(Side.CLIENT);
        settle();
    }

    private void write(Connection connection) {
        if (connection.flush()) {
            exchange.sent(connection.side);
        }
        if (connection.driver() == this && connection.unsendable() && !connection.unsendableTold) {
            connection.unsendableTold = true;
            exchange.unsendable(connection.side);
        }
    }

    // tag::read[]
    private void read(Connection connection) {
        int reads = 0;
        while (connection.driver() == this && connection.readable() && connection.wanted) {
            if (reads++ == MOST_READS) {
                loop.lookAgain(connection);
                return;
            }
            NativeChunk chunk = loop.chunks.take();
            int count = connection.receive(chunk);
            if (count > 0) {
                exchange.received(connection.side, chunk);
                continue;
            }
            chunk.release();
            if (count == 0) {
                connection.wanted = false;
                exchange.ended(connection.side);
            } else if (!Errno.EAGAIN.is(count)) {
                exchange.broken(connection.side);
            }
        }
    }

    // end::read[]

    /** After each event: the exchange may have ended, or wait for another time. */
    private void settle() {
        if (exchange.phase() == Phase.CLOSED) {
            loop.timers.remove(this);
            loop.ended(this);
        } else {
            loop.timers.update(this);
        }
    }

    @Override
    long deadlineNanos() {
        return exchange.deadlineNanos();
    }

    @Override
    void expired() {
        exchange.deadlineReached();
        settle();
    }

    // What the exchange asks for

    @Override
    public Chunk newChunk() {
        return loop.chunks.take();
    }

    // tag::connect[]
    @Override
    public boolean connect(Upstream server, boolean mayBeKept) {
        upstreamServer = server;
        upstream = mayBeKept ? loop.kept.take(server) : null;
        boolean kept = upstream != null;
        if (kept) {
            upstream.use(this);
        } else {
            connecting = true;
            upstream = loop.connect(server, this);
        }
        return kept;
    }

    // end::connect[]

    // tag::wish[]
    @Override
    public void read(Side side, boolean wanted) {
        Connection connection = connection(side);
        if (connection != null && connection.wanted != wanted) {
            connection.wanted = wanted;
            if (wanted && connection.readable()) {
                loop.lookAgain(connection); // epoll has told it once, and will not tell it again
            }
        }
    }

    // end::wish[]

    @Override
    public void send(Side side, Chunk chunk) {
        connection(side).send(chunk);
    }

    @Override
    public long unsent(Side side) {
        Connection connection = connection(side);
        return connection == null ? 0 : connection.unsentBytes();
    }

    @Override
    public void finish(Side side) {
        connection(side).finish();
    }

    @Override
    public void close(Side side) {
        Connection connection = connection(side);
        if (connection != null) {
            detach(side);
            loop.close(connection);
        }
    }

    @Override
    public void abort(Side side) {
        loop.sockets.resetOnClose(connection(side).fd);
        close(side);
    }

    @Override
    public void keepUpstream() {
        Connection connection = upstream;
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

    private Connection connection(Side side) {
        return side == Side.CLIENT ? client : upstream;
    }
}
