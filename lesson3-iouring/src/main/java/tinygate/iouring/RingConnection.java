package tinygate.iouring;

import java.util.EnumSet;
import java.util.Set;
import tinygate.linux.Constants;
import tinygate.linux.Errno;
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
 *   RECEIVE   armed once, it goes on for every request; again when it ends without being asked to
 *   HANG_UP   once, for as long as the socket lives
 *   SEND      one at a time, so that bytes stay in order even if one is cut short
 * </pre>
 *
 * <p>Whether to receive is looked at once a turn, before the ring is entered, since what is wanted
 * often changes there and back within a turn.
 */
final class RingConnection extends LoopConnection {
    int untold; // its completions that have come and were not handled yet
    boolean queued; // whether the loop will settle it before it enters the ring

    private final RingLoop loop;
    private final long token;
    private final Set<Operation> inFlight = EnumSet.noneOf(Operation.class);
    private RingDriver driver; // null while it is idle or closed
    private boolean receivable; // from when it is connected until nothing more can come
    private boolean wanted = true; // whether what comes is
    private boolean cancelling; // the receive
    private boolean everReceived; // or tried to
    private boolean sparing; // receives one buffer at a time
    private boolean hungUp; // which the receive will tell in its time
    private boolean outOfBuffers;
    private boolean closed;

    RingConnection(RingLoop loop, int fd, long token, RingDriver driver, Side side) {
        super(loop, fd, side);
        this.loop = loop;
        this.token = token;
        this.driver = driver;
    }

    RingDriver driver() {
        return driver;
    }

    /** From now on this driver is told of completions. */
    void use(RingDriver driver) {
        this.driver = driver;
        sparing = false;
        want(true);
    }

    @Override
    protected void keepFor(Upstream upstream) {
        super.keepFor(upstream);
        driver = null;
        want(true); // its end must be noticed
    }

    /** Writes down an operation; what it is exactly is added to the entry. */
    private SubmissionEntry begin(Operation operation) {
        SubmissionEntry entry = loop.writer.next().userData(UserData.of(operation, token));
        inFlight.add(operation);
        return entry;
    }

    private void onThisSocket(SubmissionEntry entry) {
        loop.names.name(entry, Slots.slot(token), fd);
    }

    private void cancel(Operation operation) {
        loop.writer.cancel(UserData.of(operation, token));
    }

    // Connecting

    void connect(SockAddr to) {
        onThisSocket(begin(Operation.CONNECT).connect(to));
    }

    void connectCompleted(int result) {
        inFlight.remove(Operation.CONNECT);
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
        receivable = true;
        onThisSocket(begin(Operation.HANG_UP).poll(Constants.POLLERR | Constants.POLLHUP));
        loop.unsettled.add(this);
    }

    /** Has the receive begin anew, which finds what there is to be told. */
    void hungUp() {
        inFlight.remove(Operation.HANG_UP);
        hungUp = true;
        if (closed) {
            closeIfNothingIsInFlight();
        } else {
            cancelReceive();
        }
    }

    // Receiving

    @Override
    protected void want(boolean now) {
        if (wanted != now) {
            wanted = now;
            loop.unsettled.add(this);
        }
    }

    /** Whether it waits for a buffer to receive into. */
    boolean outOfBuffers() {
        return outOfBuffers;
    }

    /**
     * Begins or ends receiving, as is wanted by now. A receive that goes on may fill 32 buffers
     * before it looks whether it was cancelled (Linux 6.18), and all of them would wait for a peer
     * that reads slowly; so one that had to be cancelled is followed by single ones.
     *
     * @return whether it has begun
     */
    boolean settle() {
        // tag::arm[]
        if (closed || !receivable) {
            return false;
        }
        if (!wanted) {
            sparing = true;
            cancelReceive();
            return false;
        }
        if (inFlight.contains(Operation.RECEIVE)) {
            return false;
        }
        outOfBuffers = false;
        int group = loop.buffers.group();
        SubmissionEntry entry = begin(Operation.RECEIVE);
        if (sparing) {
            entry.receive(group);
        } else {
            // On a new connection nothing has come yet, mostly: trying would be for nothing.
            entry.receiveMultishot(group, !everReceived);
        }
        onThisSocket(entry);
        everReceived = true;
        return true;
    }

    private void cancelReceive() {
        if (inFlight.contains(Operation.RECEIVE) && !cancelling) {
            cancelling = true;
            cancel(Operation.RECEIVE);
        }
    }

    // end::arm[]

    /**
     * What was to be cancelled has ended, and said so before; or it was between two steps of the
     * kernel's, where no cancel finds it (a send that is about to be tried again), and is cancelled
     * once more.
     */
    void cancelFoundNothing() {
        if (closed) {
            inFlight.forEach(this::cancel);
        } else if (cancelling) {
            cancel(Operation.RECEIVE);
        }
    }

    /**
     * @param more whether the receive goes on; if not, it must begin anew, whatever the result
     * @param chunk with the bytes, or null if there are none
     */
    // tag::came[]
    void receiveCompleted(int result, boolean more, NativeChunk chunk) {
        if (!more) {
            inFlight.remove(Operation.RECEIVE);
            cancelling = false;
            loop.unsettled.add(this);
        }
        if (result > 0 && driver != null) {
            driver.received(this, chunk);
            return;
        }
        if (chunk != null) {
            chunk.release();
        }
        if (closed) {
            closeIfNothingIsInFlight();
        } else if (Errno.ENOBUFS.is(result)) {
            outOfBuffers = true;
        } else if (!Errno.ECANCELED.is(result)) {
            receivable = false;
            tellTheEnd(result);
        }
    }

    // end::came[]

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

    // tag::ex-3-7[]
    /**
     * Has the kernel send the first chunk, unless it is sending one or there is none: all of it in
     * one go (MSG_WAITALL) and without a signal if that fails (MSG_NOSIGNAL).
     */
    // tag::send[]
    private void sendNext() {
        if (!inFlight.contains(Operation.SEND) && !outgoing.isEmpty()) {
            NativeChunk chunk = outgoing.lendFirst();
            int size = chunk.bytes().remaining();
            int flags = Constants.MSG_NOSIGNAL | Constants.MSG_WAITALL;
            onThisSocket(begin(Operation.SEND).send(chunk.address(), size, flags));
        }
    }

    // end::send[]
    /**
     * A send has ended. What it has left of its chunk comes next, before all other chunks; then the
     * FIN if that is due. The driver, if there is one, is told; but of a closed connection nobody
     * is.
     *
     * @param result how many bytes of the chunk were sent, perhaps not all of them; or -errno: then
     *     no more can be sent, and the rest is lost
     */
    void sendCompleted(int result) {
        inFlight.remove(Operation.SEND);
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

    // end::ex-3-7[]

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

    // Closing

    @Override
    protected boolean quiet() {
        return receivable && !hungUp && untold == 0 && outgoing.quiet();
    }

    // tag::ex-3-7[]
    // tag::farewell[]
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
        inFlight.forEach(this::cancel);
        closeIfNothingIsInFlight();
    }

    /** The third step, and the end: the loop is told that the token is one of the past. */
    private void closeIfNothingIsInFlight() {
        if (inFlight.isEmpty()) {
            loop.names.closing(Slots.slot(token), fd);
            loop.writer.next().close().fd(fd).userData(UserData.of(Operation.CLOSE, token));
            loop.closed(token);
        }
    }

    // end::farewell[]
    // end::ex-3-7[]

    /** Closes the descriptor at once: the ring is gone, and no completion comes any more. */
    void abandon() {
        loop.linux.close(fd);
    }
}
