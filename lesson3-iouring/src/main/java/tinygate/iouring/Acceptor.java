package tinygate.iouring;

import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import tinygate.linux.Constants;
import tinygate.linux.Errno;
import tinygate.linux.LinuxException;
import tinygate.loop.AcceptPause;

/**
 * A loop's listening socket, and one accept that goes on and on: each completion is a client. All
 * loops listen on the same address (SO_REUSEPORT), and the kernel spreads the clients among them.
 *
 * <p>An accept that goes on brings a whole crowd in one turn, while of the other operations the
 * kernel ends only some twenty a turn (with DEFER_TASKRUN, on Linux 6.18). So a few clients a turn
 * are served, and the rest wait here, and then in the kernel's queue: else those who came first
 * would wait behind every step of all the others, until their time is over.
 */
final class Acceptor {
    private static final int BACKLOG = 4096;
    private static final int MOST_SERVED_A_TURN = 4;

    private final RingLoop loop;
    private final int fd;
    private final int mostWaiting;
    private final AcceptPause pause;
    private final ArrayDeque<Integer> waiting = new ArrayDeque<>(); // descriptors of clients
    private boolean open = true;
    private boolean accepting;
    private boolean crowded; // so that accepting is interrupted

    /**
     * @param mostWaiting how many clients may wait here; then accepting is interrupted
     * @throws LinuxException if the address cannot be listened on
     */
    Acceptor(RingLoop loop, InetSocketAddress address, int mostWaiting) throws LinuxException {
        this.loop = loop;
        this.mostWaiting = mostWaiting;
        pause = new AcceptPause(loop.timers, this::resume);
        fd = loop.sockets.listen(address, BACKLOG, true);
    }

    // tag::ex-3-5[]
    /** Writes down an accept that goes on and on; only while none is under way. */
    // tag::goes-on[]
    void accept() {
        accepting = true;
        loop.writer
                .next()
                .acceptMultishot(Constants.SOCK_CLOEXEC)
                .fd(fd)
                .userData(UserData.of(Operation.ACCEPT, 0));
    }

    /**
     * A client has come, or accepting has failed. A client waits here until it is {@linkplain
     * #serveSome served}; one that comes after the {@link #close} is closed at once.
     *
     * @param result the client's descriptor, or -errno
     * @param more whether the accept goes on; if not, it has {@link #ended}, whatever the result
     */
    void completed(int result, boolean more) {
        if (result >= 0 && open) {
            waiting.add(result);
        } else if (result >= 0) {
            loop.linux.close(result);
        }
        if (more) {
            interruptIfCrowded();
        } else {
            accepting = false;
            ended(result);
        }
    }

    // end::goes-on[]

    // end::ex-3-5[]

    private void interruptIfCrowded() {
        if (open && !crowded && waiting.size() >= mostWaiting) {
            crowded = true;
            cancel();
        }
    }

    // tag::ex-3-5[]
    /**
     * No accept is under way any more. If that is the end for good, the listening socket is closed;
     * if a client came with it, or left before it was accepted (ECONNABORTED), accepting {@link
     * #resume}s; if a crowd has interrupted it (ECANCELED), {@link #serveSome} will see to that;
     * and after any other error it resumes behind a {@link #pause}. Then nothing is {@link
     * #crowded} any more, lest {@link #serveSome} resume before the pause is over.
     */
    private void ended(int result) {
        if (!open) {
            loop.linux.close(fd);
        } else if (result >= 0 || Errno.ECONNABORTED.is(result)) {
            resume();
        } else if (!Errno.ECANCELED.is(result)) {
            crowded = false;
            pause.begin(result);
        }
    }

    // end::ex-3-5[]

    /** Accepts again, unless there is a crowd to be served first. */
    private void resume() {
        crowded = waiting.size() >= mostWaiting;
        if (!crowded && !accepting) {
            accept();
        }
    }

    /** Begins to serve some of those who wait; once a turn. */
    void serveSome() {
        for (int i = 0; i < MOST_SERVED_A_TURN && !waiting.isEmpty(); i++) {
            loop.accepted(waiting.remove());
        }
        if (open && crowded && !accepting && waiting.isEmpty()) {
            resume();
        }
    }

    /** Whether clients wait to be served, so that the loop must not. */
    boolean hasClients() {
        return !waiting.isEmpty();
    }

    private void cancel() {
        loop.writer.cancel(UserData.of(Operation.ACCEPT, 0), CompletionBatches.ACCEPTOR);
    }

    /** The accept was between two steps of the kernel's, where no cancel finds it: once more. */
    void cancelFoundNothing() {
        if (accepting && (crowded || !open)) {
            cancel();
        }
    }

    // tag::ex-3-5[]
    /**
     * Accepts no more, and closes those who wait; does nothing the second time. The socket listens
     * as long as an accept is under way, so that is cancelled, and the socket closed when it has
     * ended.
     */
    void close() {
        if (!open) {
            return;
        }
        open = false;
        pause.cancel();
        waiting.forEach(loop.linux::close);
        waiting.clear();
        if (accepting) {
            cancel();
        } else {
            loop.linux.close(fd);
        }
    }

    // end::ex-3-5[]

    /** Closes the socket at once: the ring is gone, and no completion comes any more. */
    void abandon() {
        if (accepting) {
            loop.linux.close(fd);
        }
    }

    /** Whether the socket is closed. */
    boolean closed() {
        return !open && !accepting;
    }
}
