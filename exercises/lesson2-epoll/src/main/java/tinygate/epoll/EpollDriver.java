package tinygate.epoll;

import java.net.InetAddress;
import tinygate.kit.NotDoneYet;
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

    /**
     * Receives as long as the connection is this driver's, readable and wanted, each time into a
     * chunk of {@link EventLoop#chunks}, and tells the exchange: {@code received} (the chunk is its
     * from then on), {@code ended} (nothing is wanted any more), {@code broken} for an error. Each
     * call may change all three. After {@link #MOST_READS} the loop shall {@link
     * EventLoop#lookAgain}, so that others have their turn.
     */
    private void read(Connection connection) {
        throw new NotDoneYet("2.5", "EpollDriver.read");
    }

    @Override
    protected void use(Connection connection) {
        connection.use(this);
    }

    @Override
    protected Connection open(Upstream server) {
        return loop.connect(server, this);
    }
}
