package tinygate.epoll;

import tinygate.epoll.NativeChunks.NativeChunk;
import tinygate.linux.Constants;
import tinygate.linux.Errno;
import tinygate.relay.Chunk;
import tinygate.relay.ChunkQueue;
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
final class Connection extends TimerWheel.Entry {
    private static final int READABLE =
            Constants.EPOLLIN | Constants.EPOLLRDHUP | Constants.EPOLLERR | Constants.EPOLLHUP;
    private static final int WRITABLE =
            Constants.EPOLLOUT | Constants.EPOLLERR | Constants.EPOLLHUP;
    private static final int ENDING =
            Constants.EPOLLRDHUP | Constants.EPOLLERR | Constants.EPOLLHUP;

    final EventLoop loop;
    final int fd;
    final long token;

    final Side side;
    boolean wanted; // whether received bytes are wanted
    boolean queued; // whether the loop will look at it again before it waits
    boolean unsendableTold;

    private EpollDriver driver; // null while it is idle or closed
    private Upstream keptFor; // not null while it is idle
    private long keptUntilNanos;
    private boolean readable;
    private boolean writable;
    private boolean ending; // whether an end or an error waits behind the bytes
    private final ChunkQueue unsent = new ChunkQueue();
    private long unsentBytes;
    private boolean finishWanted;
    private boolean finished;
    private boolean unsendable;

    Connection(EventLoop loop, int fd, long token, EpollDriver driver, Side side) {
        this.loop = loop;
        this.fd = fd;
        this.token = token;
        this.side = side;
        use(driver);
    }

    /** From now on this driver is told of events. */
    void use(EpollDriver driver) {
        this.driver = driver;
        keptFor = null;
        wanted = true;
    }

    /** From now on nobody uses it. */
    void keepFor(Upstream upstream, long untilNanos) {
        driver = null;
        keptFor = upstream;
        keptUntilNanos = untilNanos;
        loop.timers.update(this);
    }

    @Override
    long deadlineNanos() {
        return keptUntilNanos;
    }

    /** Its time as a kept connection is over, if it is one just now. */
    @Override
    void expired() {
        if (keptFor != null) {
            loop.kept.remove(this);
        }
    }

    EpollDriver driver() {
        return driver;
    }

    Upstream keptFor() {
        return keptFor;
    }

    /** Remembers what epoll says. */
    void told(int events) {
        readable |= (events & READABLE) != 0;
        writable |= (events & WRITABLE) != 0;
        ending |= (events & ENDING) != 0;
    }

    boolean readable() {
        return readable;
    }

    boolean writable() {
        return writable;
    }

    /**
     * Receives into a chunk.
     *
     * @return the number of bytes, 0 at the end, {@code -EAGAIN} if there is nothing (more) now, or
     *     another error
     */
    int receive(NativeChunk chunk) {
        int room = chunk.bytes().capacity() - chunk.bytes().position();
        int count = loop.linux.recv(fd, chunk.address(), room, 0);
        if (count > 0) {
            chunk.bytes().limit(chunk.bytes().position() + count);
        }
        // Fewer bytes than asked for: the socket is drained, and the call that would only say
        // EAGAIN is saved (epoll(7), question 9). An end behind the bytes must still be read.
        readable = count == room || count >= 0 && ending;
        return count;
    }

    /** Takes a chunk to be sent, which {@link #flush} does. */
    void send(Chunk chunk) {
        if (unsendable) {
            chunk.release();
            return;
        }
        unsentBytes += chunk.bytes().remaining();
        unsent.add(chunk); // which may join it with the one before
    }

    /**
     * Sends as much as the socket has room for.
     *
     * @return whether anything was sent
     */
    boolean flush() {
        long before = unsentBytes;
        while (writable && !unsent.isEmpty()) {
            NativeChunk chunk = (NativeChunk) unsent.first();
            int size = chunk.bytes().remaining();
            int count = loop.linux.send(fd, chunk.address(), size, Constants.MSG_NOSIGNAL);
            if (count < 0) {
                writable = false;
                if (!Errno.EAGAIN.is(count)) {
                    giveUpSending();
                }
                break;
            }
            unsentBytes -= count;
            chunk.bytes().position(chunk.bytes().position() + count);
            writable = count == size;
            if (count == size) {
                unsent.remove().release();
            }
        }
        if (finishWanted && !finished && unsent.isEmpty()) {
            finished = true;
            loop.linux.shutdown(fd, Constants.SHUT_WR);
        }
        return unsentBytes < before && !unsendable;
    }

    private void giveUpSending() {
        unsendable = true;
        unsent.clear();
        unsentBytes = 0;
    }

    /** Whether sending has failed for good. */
    boolean unsendable() {
        return unsendable;
    }

    long unsentBytes() {
        return unsentBytes;
    }

    /** Has the FIN sent once all is sent. */
    void finish() {
        finishWanted = true;
    }

    /** Whether nothing is under way in either direction. */
    boolean quiet() {
        return !readable && unsent.isEmpty() && !finishWanted && !unsendable;
    }

    /** It was closed: releases what was not sent. */
    void closed() {
        driver = null;
        keptFor = null;
        unsent.clear();
        unsentBytes = 0;
    }
}
