package tinygate.iouring;

import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tinygate.linux.Constants;
import tinygate.linux.Errno;
import tinygate.linux.LinuxException;
import tinygate.loop.TimerWheel;

/**
 * A loop's listening socket, and one accept that goes on and on: each completion is a client. All
 * loops listen on the same address (SO_REUSEPORT), and the kernel spreads the clients among them.
 */
final class Acceptor extends TimerWheel.Entry {
    private static final Logger LOG = LoggerFactory.getLogger(Acceptor.class);
    private static final int BACKLOG = 4096;
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private final RingLoop loop;
    private final int fd;
    private boolean open = true;
    private boolean accepting;
    private long resumeNanos;

    /**
     * @throws LinuxException if the address cannot be listened on
     */
    Acceptor(RingLoop loop, InetSocketAddress address) throws LinuxException {
        this.loop = loop;
        fd = loop.sockets.listen(address, BACKLOG, true);
    }

    /** Begins to accept. */
    void accept() {
        accepting = true;
        loop.writer
                .next()
                .acceptMultishot(Constants.SOCK_CLOEXEC)
                .fd(fd)
                .userData(UserData.of(Operation.ACCEPT, 0));
    }

    /**
     * A client has come, or accepting has failed.
     *
     * @param more whether the accept goes on
     */
    void completed(int result, boolean more) {
        if (result >= 0 && open) {
            loop.accepted(result);
        } else if (result >= 0) {
            loop.linux.close(result);
        }
        if (more) {
            return;
        }
        accepting = false;
        if (!open) {
            loop.linux.close(fd);
        } else if (result >= 0 || Errno.ECONNABORTED.is(result)) {
            accept();
        } else {
            pause(result);
        }
    }

    /**
     * No descriptor is left (EMFILE, ENFILE), or no memory. Accepting would fail again at once and
     * for ever; so for a while it is not tried. The clients wait in the kernel's queue.
     */
    private void pause(int error) {
        LOG.warn("cannot accept, will try again: {}", Errno.of(error));
        resumeNanos = System.nanoTime() + PAUSE_NANOS;
        loop.timers.update(this);
    }

    @Override
    protected long deadlineNanos() {
        return resumeNanos;
    }

    @Override
    protected void expired() {
        accept();
    }

    /**
     * Accepts no more. The socket listens as long as an accept is under way, so that ends first.
     */
    void close() {
        if (!open) {
            return;
        }
        open = false;
        loop.timers.remove(this);
        if (accepting) {
            loop.writer.cancel(UserData.of(Operation.ACCEPT, 0));
        } else {
            loop.linux.close(fd);
        }
    }

    /** Whether the socket is closed. */
    boolean closed() {
        return !open && !accepting;
    }
}
