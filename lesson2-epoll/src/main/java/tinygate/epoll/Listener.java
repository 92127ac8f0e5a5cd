package tinygate.epoll;

import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tinygate.linux.Constants;
import tinygate.linux.Errno;
import tinygate.linux.LinuxException;
import tinygate.loop.TimerWheel;

/**
 * A loop's listening socket. All loops listen on the same address (SO_REUSEPORT), and the kernel
 * spreads the connections among them.
 *
 * <p>Level-triggered, unlike the connections: as long as clients wait, epoll says so again, so that
 * a loop may take some and leave the others for its next turn.
 */
final class Listener extends TimerWheel.Entry {
    /** What epoll carries for it; no connection has an index so high. */
    static final long TOKEN = Integer.MAX_VALUE;

    private static final Logger LOG = LoggerFactory.getLogger(Listener.class);
    private static final int BACKLOG = 4096;
    private static final int MOST_ACCEPTS = 64;
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private final EventLoop loop;
    private final int fd;
    private boolean open = true;
    private long resumeNanos;

    /**
     * @throws LinuxException if the address cannot be listened on
     */
    Listener(EventLoop loop, InetSocketAddress address) throws LinuxException {
        this.loop = loop;
        fd = loop.sockets.listen(address, BACKLOG, true);
        LinuxException.check("epoll_ctl", "", loop.epoll.add(fd, Constants.EPOLLIN, TOKEN));
    }

    // tag::accept[]
    /** Clients wait: accepts them. */
    void ready() {
        for (int i = 0; i < MOST_ACCEPTS && open; i++) {
            int client = loop.sockets.accept(fd);
            if (client >= 0) {
                loop.accepted(client, loop.sockets.peer().getAddress());
            } else if (Errno.EAGAIN.is(client)) {
                return;
            } else if (!Errno.ECONNABORTED.is(client) && !Errno.EINTR.is(client)) {
                pause(client);
                return;
            }
        }
    }

    /**
     * No descriptor is left (EMFILE, ENFILE), or no memory. Level-triggered epoll would call again
     * at once and for ever; so for a while it is not asked. The clients wait in the kernel's queue.
     */
    private void pause(int error) {
        LOG.warn("cannot accept, will try again: {}", Errno.of(error));
        loop.epoll.modify(fd, 0, TOKEN);
        resumeNanos = System.nanoTime() + PAUSE_NANOS;
        loop.timers.update(this);
    }

    // end::accept[]

    @Override
    protected long deadlineNanos() {
        return resumeNanos;
    }

    @Override
    protected void expired() {
        if (open) {
            loop.epoll.modify(fd, Constants.EPOLLIN, TOKEN);
        }
    }

    void close() {
        if (open) {
            open = false;
            loop.timers.remove(this);
            loop.linux.close(fd);
        }
    }
}
