package tinygate.iouring;

import tinygate.linux.Constants;
import tinygate.linux.Errno;
import tinygate.linux.SockAddr;
import tinygate.loop.LoopConnection;
import tinygate.loop.NativeChunks.NativeChunk;
import tinygate.loop.Outgoing;
import tinygate.loop.Slots;
import tinygate.relay.Chunk;
import tinygate.relay.Side;
import tinygate.upstream.Upstream;

/**
 * One socket of a loop: which operations of it the kernel has, and what waits to be sent.
 *
 * <pre>
 *             arm                  a completion without MORE
 *   NONE ------------> ARMED ------------------------------------> NONE
 *                        |   cancel                                 ^
 *                        +----------> CANCELLING -------------------+
 * </pre>
 *
 * <p>A receive is armed once and goes on for every request. What is wanted of it is looked at once
 * a turn, before the ring is entered, since it often changes there and back within a turn. Of sends
 * there is one at a time, so that bytes stay in order even if it is cut short.
 */
final class RingConnection extends LoopConnection {
    private enum Receive {
        NONE,
        ARMED,
        CANCELLING
    }

    boolean queued; // whether the loop will settle it before it enters the ring

    private final RingLoop loop;
    private final int fd;
    private final long token;
    private final Outgoing outgoing = new Outgoing();
    private RingDriver driver; // null while it is idle or closed
    private boolean connecting;
    private boolean connected;
    private boolean wanted = true; // whether received bytes are
    private boolean ended; // whether nothing can be received any more
    private boolean neverArmed = true;
    private boolean outOfBuffers;
    private Receive receive = Receive.NONE;
    private boolean watching; // for a hang-up
    private boolean sending;
    private boolean closed;
    private int inFlight; // operations whose last completion has not come

    RingConnection(RingLoop loop, int fd, long token, RingDriver driver, Side side) {
        super(side);
        this.loop = loop;
        this.fd = fd;
        this.token = token;
        this.driver = driver;
    }

    RingDriver driver() {
        return driver;
    }

    /** From now on this driver is told of completions. */
    void use(RingDriver driver) {
        this.driver = driver;
        want(true);
    }

    @Override
    protected void keepFor(Upstream upstream) {
        super.keepFor(upstream);
        driver = null;
        want(true); // its end must be noticed
    }

    // Operations

    private SubmissionEntry next(Operation operation) {
        return loop.next().userData(UserData.of(operation, token));
    }

    private void submitted(SubmissionEntry entry) {
        loop.names.name(entry, Slots.slot(token), fd);
        inFlight++;
    }

    /**
     * The socket is connected. A reset that comes right behind bytes is not told by a receive that
     * goes on and on: both wake it at once, it takes the bytes and waits for more (Linux 6.18). So
     * that is watched for as well.
     */
    void connected() {
        connected = true;
        submitted(next(Operation.HANG_UP).poll(Constants.POLLERR | Constants.POLLHUP));
        watching = true;
        loop.settleLater(this);
    }

    void connect(SockAddr to) {
        connecting = true;
        submitted(next(Operation.CONNECT).connect(to));
    }

    @Override
    protected void want(boolean now) {
        if (wanted != now) {
            wanted = now;
            loop.settleLater(this);
        }
    }

    /** Whether it waits for a buffer to receive into. */
    boolean outOfBuffers() {
        return outOfBuffers;
    }

    /** Begins or ends receiving, as is wanted by now. */
    void settle() {
        if (closed || ended || !connected) {
            return;
        }
        if (wanted && receive == Receive.NONE) {
            outOfBuffers = false;
            submitted(next(Operation.RECEIVE).receiveMultishot(loop.buffers.group(), neverArmed));
            neverArmed = false;
            receive = Receive.ARMED;
        } else if (!wanted && receive == Receive.ARMED) {
            cancelReceive();
        }
    }

    private void cancelReceive() {
        loop.cancel(UserData.of(Operation.RECEIVE, token));
        receive = Receive.CANCELLING;
    }

    @Override
    protected void send(Chunk chunk) {
        outgoing.add(chunk);
        sendNext();
    }

    private void sendNext() {
        if (sending || outgoing.isEmpty()) {
            return;
        }
        sending = true;
        NativeChunk chunk = outgoing.lendFirst();
        submitted(
                next(Operation.SEND)
                        .send(
                                chunk.address(),
                                chunk.bytes().remaining(),
                                Constants.MSG_NOSIGNAL | Constants.MSG_WAITALL));
    }

    // Completions

    void connectCompleted(int result) {
        inFlight--;
        connecting = false;
        if (closed) {
            closeIfNothingIsInFlight();
            return;
        }
        if (result == 0) {
            connected();
        }
        driver.connectCompleted(result);
    }

    /**
     * @param chunk with the bytes, or null if there are none
     * @param more whether the receive goes on
     */
    void receiveCompleted(int result, boolean more, NativeChunk chunk) {
        if (!more) {
            receive = Receive.NONE;
            inFlight--;
            loop.settleLater(this);
        }
        if (closed) {
            closeIfNothingIsInFlight();
        } else if (Errno.ENOBUFS.is(result)) {
            outOfBuffers = true;
        } else if (!Errno.ECANCELED.is(result)) {
            ended = result <= 0;
            if (driver == null) {
                loop.kept.told(this);
            } else if (result > 0) {
                driver.received(this, chunk);
                return;
            } else if (result == 0) {
                driver.ended(this);
            } else {
                driver.broken(this);
            }
        }
        if (chunk != null) {
            chunk.release();
        }
    }

    /** Has the receive look again: it begins anew, and finds what there is to be told. */
    void hungUp() {
        inFlight--;
        watching = false;
        if (closed) {
            closeIfNothingIsInFlight();
        } else if (receive == Receive.ARMED) {
            cancelReceive();
        }
    }

    void sendCompleted(int result) {
        inFlight--;
        sending = false;
        if (result < 0) {
            outgoing.lose();
        }
        outgoing.sent(Math.max(0, result));
        if (closed) {
            closeIfNothingIsInFlight();
            return;
        }
        sendNext();
        sendFin();
        if (driver != null) {
            driver.sendCompleted(this, result);
        }
    }

    // What is asked of it besides

    @Override
    protected long unsentBytes() {
        return outgoing.bytes();
    }

    @Override
    protected void finish() {
        outgoing.finish();
        sendFin();
    }

    /** By a system call: the ring would hand it to a worker thread of the kernel's. */
    private void sendFin() {
        if (outgoing.finishDue()) {
            loop.linux.shutdown(fd, Constants.SHUT_WR);
        }
    }

    @Override
    protected boolean quiet() {
        return !ended && outgoing.quiet();
    }

    @Override
    protected void resetOnClose() {
        loop.sockets.resetOnClose(fd);
    }

    /**
     * Closes it in three steps: cancel what the kernel still has of it, wait for the last of those
     * completions, close the descriptor. A close alone would leave the receive waiting for ever,
     * and send no FIN; and a chunk that is being sent is the kernel's until its completion.
     */
    @Override
    protected void close() {
        driver = null;
        closed = true;
        outgoing.lose();
        cancelIf(receive == Receive.ARMED, Operation.RECEIVE);
        cancelIf(watching, Operation.HANG_UP);
        cancelIf(sending, Operation.SEND);
        cancelIf(connecting, Operation.CONNECT);
        closeIfNothingIsInFlight();
    }

    private void cancelIf(boolean underWay, Operation operation) {
        if (underWay) {
            loop.cancel(UserData.of(operation, token));
        }
    }

    private void closeIfNothingIsInFlight() {
        if (inFlight == 0) {
            loop.names.closing(Slots.slot(token), fd);
            next(Operation.CLOSE).close().fd(fd);
            loop.closed(token);
        }
    }
}
