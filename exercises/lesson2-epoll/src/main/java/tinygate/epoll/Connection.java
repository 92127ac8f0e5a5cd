package tinygate.epoll;

import tinygate.kit.NotDoneYet;
import tinygate.linux.Constants;
import tinygate.linux.Errno;
import tinygate.loop.LoopConnection;
import tinygate.loop.NativeChunks.NativeChunk;
import tinygate.relay.Chunk;
import tinygate.relay.Side;
import tinygate.upstream.Upstream;

/**
 * One socket of a loop: what epoll has said of it, and what waits to be sent.
 *
 * <p>Edge-triggered: epoll tells once that a socket has become readable or writable, and the
 * connection remembers it until a call has said otherwise. So a socket is registered once in its
 * life, for everything, and no system call is ever made to change what it is watched for. The price
 * is that a connection must not forget: what was told and not used up is never told again.
 */
final class Connection extends LoopConnection {
    private static final int READABLE =
            Constants.EPOLLIN | Constants.EPOLLRDHUP | Constants.EPOLLERR | Constants.EPOLLHUP;
    private static final int WRITABLE =
            Constants.EPOLLOUT | Constants.EPOLLERR | Constants.EPOLLHUP;
    private static final int ENDING =
            Constants.EPOLLRDHUP | Constants.EPOLLERR | Constants.EPOLLHUP;

    boolean queued; // whether the loop will look at it again before it waits
    boolean unsendableTold;

    private final EventLoop loop;
    private final long token;
    private EpollDriver driver; // null while it is idle or closed
    private boolean wanted; // whether received bytes are wanted
    private boolean readable;
    private boolean writable;
    private boolean ending; // whether an end or an error waits behind the bytes

    Connection(EventLoop loop, int fd, long token, EpollDriver driver, Side side) {
        super(loop.sockets, fd, side);
        this.loop = loop;
        this.token = token;
        use(driver);
    }

    /** From now on this driver is told of events. */
    void use(EpollDriver driver) {
        this.driver = driver;
        wanted = true;
    }

    @Override
    protected void keepFor(Upstream upstream) {
        super.keepFor(upstream);
        driver = null;
    }

    EpollDriver driver() {
        return driver;
    }

    /**
     * Says whether bytes are wanted. If they are wanted again, and epoll has told of some
     * meanwhile, the loop must {@link EventLoop#lookAgain}: epoll will not tell it once more.
     */
    @Override
    protected void want(boolean now) {
        throw new NotDoneYet("2.5", "Connection.want");
    }

    boolean wanted() {
        return wanted;
    }

    /**
     * Remembers what epoll says: events that are {@link #READABLE}, {@link #WRITABLE}, {@link
     * #ENDING}. What was told before and not used up stays true.
     */
    void told(int events) {
        throw new NotDoneYet("2.5", "Connection.told");
    }

    boolean readable() {
        return readable;
    }

    boolean writable() {
        return writable;
    }

    /** How its connect has ended: 0, or the error as {@code -errno}. */
    int connectError() {
        return loop.sockets.error(fd);
    }

    /**
     * Receives into a chunk, behind its position, as much as it has room for; its limit is then
     * where the bytes end. The socket stays {@link #readable} until it is known that nothing is
     * left: neither bytes, nor the end or error that is {@link #ending} behind them. Fewer bytes
     * than there was room for say so too, without another call (epoll(7), question 9).
     *
     * @return the number of bytes, 0 at the end, {@code -EAGAIN} if there is nothing (more) now, or
     *     another error
     */
    int receive(NativeChunk chunk) {
        throw new NotDoneYet("2.5", "Connection.receive");
    }

    /** Takes a chunk to be sent, which {@link #flush} does. */
    @Override
    protected void send(Chunk chunk) {
        outgoing.add(chunk);
    }

    /**
     * Sends as much as the socket has room for.
     *
     * @return whether anything was sent
     */
    boolean flush() {
        long before = outgoing.bytes();
        while (writable && !outgoing.isEmpty()) {
            NativeChunk chunk = outgoing.first();
            int size = chunk.bytes().remaining();
            int count = loop.linux.send(fd, chunk.address(), size, Constants.MSG_NOSIGNAL);
            writable = count == size;
            if (count >= 0) {
                outgoing.sent(count);
            } else if (!Errno.EAGAIN.is(count)) {
                outgoing.lose();
            }
        }
        if (outgoing.finishDue()) {
            loop.linux.shutdown(fd, Constants.SHUT_WR);
        }
        return outgoing.bytes() < before && !unsendable();
    }

    /** Whether sending has failed for good. */
    boolean unsendable() {
        return outgoing.lost();
    }

    @Override
    protected void finish() {
        outgoing.finish();
    }

    @Override
    protected boolean quiet() {
        return !readable && outgoing.quiet();
    }

    /** Closes the socket; epoll forgets it by itself. */
    @Override
    protected void close() {
        driver = null;
        outgoing.lose();
        loop.slots.free(token);
        loop.linux.close(fd);
    }
}
