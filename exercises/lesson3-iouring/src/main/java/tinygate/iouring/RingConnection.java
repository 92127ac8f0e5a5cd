package tinygate.iouring;

import tinygate.kit.NotDoneYet;
import tinygate.linux.Constants;
import tinygate.linux.SockAddr;
import tinygate.loop.LoopConnection;
import tinygate.loop.NativeChunks.NativeChunk;
import tinygate.loop.Slots;
import tinygate.relay.Chunk;
import tinygate.relay.Side;
import tinygate.upstream.Upstream;

/**
 * One socket of a loop: which operations of it the kernel has, and what waits to be sent.
 *
 * <pre>
 *   CONNECT   once, toward an upstream
 *   RECEIVE   armed once, it goes on for every request; see {@link Receive}
 *   HANG_UP   once, for as long as the socket lives
 *   SEND      one at a time, so that bytes stay in order even if one is cut short
 * </pre>
 */
final class RingConnection extends LoopConnection {
    final Receive receive;
    int untold; // its completions that have come and were not handled yet

    private final RingLoop loop;
    private final long token;
    private final InFlight inFlight;
    private RingDriver driver; // null while it is idle or closed
    private boolean hungUp; // which the receive will tell in its time
    private boolean closed;

    RingConnection(RingLoop loop, int fd, long token, RingDriver driver, Side side) {
        super(loop.sockets, fd, side);
        this.loop = loop;
        this.token = token;
        this.inFlight = new InFlight(loop, fd, token);
        this.receive = new Receive(loop, inFlight);
        this.driver = driver;
    }

    RingDriver driver() {
        return driver;
    }

    /** From now on this driver is told of completions. */
    void use(RingDriver driver) {
        this.driver = driver;
        receive.wantAnew();
    }

    @Override
    protected void keepFor(Upstream upstream) {
        super.keepFor(upstream);
        driver = null;
        want(true); // its end must be noticed
    }

    // Connecting

    void connect(SockAddr to) {
        inFlight.begin(Operation.CONNECT).connect(to);
    }

    void connectCompleted(int result) {
        inFlight.ended(Operation.CONNECT);
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
     * The socket is connected. A reset that comes right behind bytes is not told by a receive that
     * goes on and on: both wake it at once, it takes the bytes and waits for more (Linux 6.18; of
     * the same kind: liburing issue 1549). So that is watched for as well.
     */
    void connected() {
        inFlight.begin(Operation.HANG_UP).poll(Constants.POLLERR | Constants.POLLHUP);
        receive.open();
    }

    /** Has the receive begin anew, which finds what there is to be told. */
    void hungUp() {
        inFlight.ended(Operation.HANG_UP);
        hungUp = true;
        if (closed) {
            closeIfNothingIsInFlight();
        } else {
            receive.cancel();
        }
    }

    // Receiving

    @Override
    protected void want(boolean now) {
        receive.want(now);
    }

    /**
     * What was to be cancelled has ended, and said so before; or it was between two steps of the
     * kernel's, where no cancel finds it (a send that is about to be tried again), and is cancelled
     * once more.
     */
    void cancelFoundNothing() {
        if (closed) {
            inFlight.cancelAll();
        } else {
            receive.cancelFoundNothing();
        }
    }

    /**
     * @param more whether the receive goes on
     * @param chunk with the bytes, or null if there are none
     */
    void receiveCompleted(int result, boolean more, NativeChunk chunk) {
        boolean filled = chunk != null && chunk.bytes().limit() == chunk.bytes().capacity();
        receive.completed(result, more, filled);
        if (result > 0 && driver != null) {
            driver.received(this, chunk);
            return;
        }
        if (chunk != null) {
            chunk.release();
        }
        if (closed) {
            closeIfNothingIsInFlight();
        } else if (result > 0 || !receive.isOpen()) {
            tellTheEnd(result);
        }
    }

    /** Bytes that come while it is idle are as good as an end. */
    private void tellTheEnd(int result) {
        if (driver == null) {
            loop.kept.told(this);
        } else if (result == 0) {
            driver.ended(this);
        } else {
            driver.broken(this);
        }
    }

    // Sending

    @Override
    protected void send(Chunk chunk) {
        outgoing.add(chunk);
        sendNext();
    }

    /**
     * Has the kernel send the first chunk, unless it is sending one or there is none: all of it in
     * one go (MSG_WAITALL) and without a signal if that fails (MSG_NOSIGNAL).
     */
    private void sendNext() {
        throw new NotDoneYet("3.7", "RingConnection.sendNext");
    }

    /**
     * A send has ended. What it has left of its chunk comes next, before all other chunks; then the
     * FIN if that is due. The driver, if there is one, is told; but of a closed connection nobody
     * is.
     *
     * @param result how many bytes of the chunk were sent, perhaps not all of them; or -errno: then
     *     no more can be sent, and the rest is lost
     */
    void sendCompleted(int result) {
        throw new NotDoneYet("3.7", "RingConnection.sendCompleted");
    }

    @Override
    protected void finish() {
        outgoing.finish();
        sendFin();
    }

    /**
     * Whether its sending has met a reset. The kernel tells of one once, and a send that was to be
     * whole (MSG_WAITALL) tells it by being cut short; whoever receives then sees an end. One case
     * cannot be told apart, and counts as met: an end and then a reset come while a send is partly
     * done, which is cut short as well.
     */
    boolean sendMetReset() {
        return outgoing.cutShort();
    }

    /** By a system call: the ring would hand it to a worker thread of the kernel's. */
    private void sendFin() {
        if (outgoing.finishDue()) {
            loop.linux.shutdown(fd, Constants.SHUT_WR);
        }
    }

    // Closing

    @Override
    protected boolean quiet() {
        return receive.quiet() && !hungUp && untold == 0 && outgoing.quiet();
    }

    /**
     * Closes it for good, and its receive and all that waits to be sent, in three steps: cancel
     * what the kernel still has of it, wait for the last of those completions, close the
     * descriptor. A close alone would leave the receive waiting for ever, and send no FIN; and a
     * chunk that is being sent is the kernel's until its completion.
     */
    @Override
    protected void close() {
        throw new NotDoneYet("3.7", "RingConnection.close");
    }

    /** The third step, and the end: the loop is told that the token is one of the past. */
    private void closeIfNothingIsInFlight() {
        throw new NotDoneYet("3.7", "RingConnection.closeIfNothingIsInFlight");
    }

    /** Closes the descriptor at once: the ring is gone, and no completion comes any more. */
    void abandon() {
        loop.linux.close(fd);
    }
}
