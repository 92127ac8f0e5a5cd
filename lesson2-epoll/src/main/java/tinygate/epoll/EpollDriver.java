package tinygate.epoll;

import java.net.InetAddress;
import tinygate.linux.Errno;
import tinygate.loop.LoopDriver;
import tinygate.loop.NativeChunks.NativeChunk;
import tinygate.relay.Admission;
import tinygate.relay.Exchange;
import tinygate.upstream.Upstream;

/**
 * Does the I/O of one {@link Exchange} with two {@link Connection}s of an event loop: epoll says
 * that a socket is ready, the driver reads or writes, and tells the exchange what came of it.
 */
final class EpollDriver extends LoopDriver<Connection> {
    /** So many reads of one socket in a row; then the others have their turn. */
    private static final int MOST_READS = 16;

    boolean queued; // whether the loop will settle it in this turn

    private final EventLoop loop;

    EpollDriver(EventLoop loop, InetAddress clientAddress, Admission.Verdict verdict) {
        super(loop, clientAddress, verdict);
        this.loop = loop;
    }

    /** A connection of this driver may be readable or writable. Sends follow later in the turn. */
    void ready(Connection connection) {
        if (connection == upstream && connecting) {
            finishConnecting();
        } else {
            write(connection);
            read(connection);
        }
        loop.settleLater(this);
    }

    // tag::finish-connecting[]
    private void finishConnecting() {
        if (!upstream.writable()) {
            return;
        }
        connecting = false;
        int error = upstream.connectError();
        if (error == 0) {
            exchange.connected(false);
        } else {
            exchange.unreachable(false);
        }
        if (upstream != null) {
            read(upstream);
        }
    }

    // end::finish-connecting[]

    /** All that a turn has led to is sent together: many small answers leave in one call. */
    @Override
    protected void flush() {
        boolean told;
        do {
            told = upstream != null && !connecting && write(upstream);
            told |= client != null && write(client);
        } while (told);
    }

    /** Returns whether the exchange was told something. */
    private boolean write(Connection connection) {
        boolean sent = connection.flush();
        if (sent) {
            exchange.sent(connection.side);
        }
        if (connection.driver() == this && connection.unsendable() && !connection.unsendableTold) {
            connection.unsendableTold = true;
            exchange.unsendable(connection.side, connection.reset());
            return true;
        }
        return sent;
    }

    // tag::read[]
    // tag::ex-2-5[]
    /**
     * Receives as long as the connection is this driver's, readable and wanted, each time into a
     * chunk of {@link EventLoop#chunks}, and tells the exchange: {@code received} (the chunk is its
     * from then on), {@code ended} (nothing is wanted any more), {@code broken} for an error. Each
     * call may change all three. After {@link #MOST_READS} the loop shall {@link
     * EventLoop#lookAgain}, so that others have their turn.
     */
    private void read(Connection connection) {
        int reads = 0;
        while (connection.driver() == this && connection.readable() && connection.wanted()) {
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
                connection.want(false);
                exchange.ended(connection.side);
            } else if (!Errno.EAGAIN.is(count)) {
                exchange.broken(connection.side);
            }
        }
    }

    // end::ex-2-5[]
    // end::read[]

    @Override
    protected void use(Connection connection) {
        connection.use(this);
    }

    @Override
    protected Connection open(Upstream server) {
        return loop.connect(server, this);
    }
}
