package tinygate.epoll;

import java.net.InetAddress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tinygate.epoll.NativeChunks.NativeChunk;
import tinygate.linux.Errno;
import tinygate.relay.Admission;
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
    private static final Logger LOG = LoggerFactory.getLogger(EpollDriver.class);

    /** So many reads of one socket in a row; then the others have their turn. */
    private static final int MOST_READS = 16;

    private final EventLoop loop;
    private final Admission.Verdict verdict;
    private final Exchange exchange;
    private Connection client;
    private Connection upstream;
    private Upstream upstreamServer;
    private boolean connecting;

    EpollDriver(EventLoop loop, InetAddress clientAddress, Admission.Verdict verdict) {
        this.loop = loop;
        this.verdict = verdict;
        this.exchange = new Exchange(loop.context, this, clientAddress);
    }

    void accepted(Connection client) {
        this.client = client;
        if (verdict == Admission.Verdict.REFUSE) {
            exchange.refuse();
        }
        settle();
    }

    /** As what the client was admitted. */
    Admission.Verdict verdict() {
        return verdict;
    }

    void drain() {
        exchange.drain();
        settle();
    }

    // What epoll says

    /** A connection of this driver may be readable or writable. */
    void ready(Connection connection) {
        try {
            if (connection == upstream && connecting) {
                finishConnecting();
            } else {
                write(connection);
                read(connection);
            }
        } catch (RuntimeException fault) {
            giveUp(fault);
        }
        settle();
    }

    /** A fault of the gate costs one connection, not the loop with all that it serves. */
    private void giveUp(RuntimeException fault) {
        LOG.error("giving up a connection because of a fault of the gate", fault);
        exchange.broken(Side.CLIENT);
    }

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

    /**
     * The connection could not even be begun.
     *
     * @param ours whether this process is to blame and not the upstream
     */
    void connectFailed(boolean ours) {
        if (connecting && upstream == null) {
            connecting = false;
            exchange.unreachable(ours);
            settle();
        }
    }

    /** The gate closes at once. */
    void abandon() {
        exchange.broken(Side.CLIENT);
        settle();
    }

    /** Returns whether the exchange was told something. */
    private boolean write(Connection connection) {
        boolean sent = connection.flush();
        if (sent) {
            exchange.sent(connection.side);
        }
        if (connection.driver() == this && connection.unsendable() && !connection.unsendableTold) {
            connection.unsendableTold = true;
            exchange.unsendable(connection.side);
            return true;
        }
        return sent;
    }

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

    /**
     * After each event: sends what it has led to, all of it at once, so that many small answers
     * leave in one system call. The exchange may have ended then, or wait for another time.
     */
    private void settle() {
        try {
            boolean told;
            do {
                told = upstream != null && !connecting && write(upstream);
                told |= client != null && write(client);
            } while (told);
        } catch (RuntimeException fault) {
            giveUp(fault);
        }
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
        try {
            exchange.deadlineReached();
        } catch (RuntimeException fault) {
            giveUp(fault);
        }
        settle();
    }

    // What the exchange asks for

    @Override
    public Chunk newChunk() {
        return loop.chunks.take();
    }

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
        Connection connection = connection(side);
        if (connection != null) {
            loop.sockets.resetOnClose(connection.fd);
            close(side);
        }
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
