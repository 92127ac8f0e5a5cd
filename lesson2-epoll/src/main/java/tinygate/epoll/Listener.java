package tinygate.epoll;

import java.net.InetSocketAddress;
import tinygate.linux.Constants;
import tinygate.linux.Errno;
import tinygate.linux.LinuxException;
import tinygate.loop.AcceptPause;

/**
 * A loop's listening socket. All loops listen on the same address (SO_REUSEPORT), and the kernel
 * spreads the connections among them.
 *
 * <p>Level-triggered, unlike the connections: as long as clients wait, epoll says so again, so that
 * a loop may take some and leave the others for its next turn.
 */
final class Listener {
    private static final int BACKLOG = 4096;
    private static final int MOST_ACCEPTS = 64;

    private final EventLoop loop;
    private final int fd;
    private final AcceptPause pause;
    private boolean open = true;

    /**
     * @throws LinuxException if the address cannot be listened on
     */
    Listener(EventLoop loop, InetSocketAddress address) throws LinuxException {
        this.loop = loop;
        pause = new AcceptPause(loop.timers, () -> watchFor(Constants.EPOLLIN));
        fd = loop.sockets.listen(address, BACKLOG, true);
        int result = loop.epoll.add(fd, Constants.EPOLLIN, EventLoop.LISTENER);
        if (result < 0) {
            loop.linux.close(fd);
            throw new LinuxException("epoll_ctl", "of the listening socket", result);
        }
    }

    // tag::accept[]
    // tag::ex-2-3[]
    /**
     * Clients wait: accepts all of them, but at most {@link #MOST_ACCEPTS}; then the loop's other
     * connections have their turn, and epoll tells of the rest again. A client that has left
     * meanwhile (ECONNABORTED) or a signal (EINTR) is passed over. Any other error, such as EMFILE,
     * would come again at once: then accepting pauses.
     */
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
     * Begins a pause. Level-triggered epoll would tell of the waiting clients at each turn of it;
     * so it is not asked meanwhile.
     *
     * @param error what the accept has answered, as {@code -errno}
     */
    private void pause(int error) {
        watchFor(0);
        pause.begin(error);
    }

    /** From now on epoll tells of these events of the listening socket, 0 for none. */
    private void watchFor(int events) {
        loop.epoll.modify(fd, events, EventLoop.LISTENER);
    }

    // end::ex-2-3[]
    // end::accept[]

    void close() {
        if (open) {
            open = false;
            pause.cancel();
            loop.linux.close(fd);
        }
    }
}
