package tinygate.epoll;

import static tinygate.linux.Constants.EPOLLET;
import static tinygate.linux.Constants.EPOLLIN;
import static tinygate.linux.Constants.EPOLL_CLOEXEC;
import static tinygate.linux.Constants.EPOLL_CTL_ADD;
import static tinygate.linux.Constants.EPOLL_CTL_DEL;
import static tinygate.linux.Constants.EPOLL_CTL_MOD;

import java.nio.ByteBuffer;
import tinygate.linux.EpollEvent;
import tinygate.linux.Errno;
import tinygate.linux.EventFd;
import tinygate.linux.Linux;
import tinygate.linux.LinuxException;
import tinygate.linux.Machine;
import tinygate.linux.NativeMemory;

/**
 * An epoll instance and the list its events arrive in: tells the event loop which of its sockets
 * are ready. See epoll(7).
 *
 * <p>Used by the loop's thread alone, but for {@link #wakeUp}. Waiting and changing allocate
 * nothing. Changes answer 0 or {@code -errno}, as the calls of {@link Linux} do.
 */
public final class Epoll implements AutoCloseable {
    private static final long WAKE_UP = -1;

    private final Linux linux;
    private final EpollEvent layout = EpollEvent.of(Machine.current());
    private final int maxEvents;
    private final NativeMemory memory;
    private final EventFd eventFd;
    private int fd = -1;
    private int ready;

    /**
     * @param maxEvents how many events one wait brings at most, 1 or more; the rest come with the
     *     next
     * @throws LinuxException if the process has no descriptor or the machine no memory left
     */
    public Epoll(Linux linux, int maxEvents) throws LinuxException {
        this.linux = linux;
        this.maxEvents = maxEvents;
        // The list, and behind it one more event: the argument of epoll_ctl.
        this.memory = NativeMemory.allocate(linux, (maxEvents + 1) * layout.size());
        try {
            fd = LinuxException.check("epoll_create1", "", linux.epollCreate1(EPOLL_CLOEXEC));
            eventFd = new EventFd(linux);
            LinuxException.check(
                    "epoll_ctl",
                    "of the wake-up",
                    control(EPOLL_CTL_ADD, eventFd.fd(), EPOLLIN | EPOLLET, WAKE_UP));
        } catch (LinuxException e) {
            close();
            throw e;
        }
    }

    /**
     * Begins to watch a descriptor.
     *
     * @param interest EPOLLIN and the others of {@link tinygate.linux.Constants}
     * @param token what its events will carry; any number but -1. The kernel does not know it, so
     *     it may tell a descriptor from an earlier one of the same number.
     */
    public int add(int fd, int interest, long token) {
        return control(EPOLL_CTL_ADD, fd, interest, checked(token));
    }

    /** Watches for other events from now on, and carries another token. */
    public int modify(int fd, int interest, long token) {
        return control(EPOLL_CTL_MOD, fd, interest, checked(token));
    }

    /** Ends the watch; closing the last descriptor of a socket does that too, without a call. */
    public int remove(int fd) {
        return control(EPOLL_CTL_DEL, fd, 0, 0);
    }

    // tag::control[]
    // tag::ex-2-1[]
    /**
     * Has epoll_ctl(2) make a change; answers as it does. The event that it reads lies behind the
     * list: it is the one with the number {@link #maxEvents}.
     *
     * @param operation EPOLL_CTL_ADD, EPOLL_CTL_MOD or EPOLL_CTL_DEL
     */
    private int control(int operation, int fd, int interest, long token) {
        int event = maxEvents * layout.size();
        ByteBuffer buffer = memory.buffer();
        buffer.putInt(event + layout.offsetOfEvents(), interest);
        buffer.putLong(event + layout.offsetOfData(), token);
        return linux.epollCtl(this.fd, operation, fd, memory.address() + event);
    }

    // end::ex-2-1[]
    // end::control[]

    private static long checked(long token) {
        if (token == WAKE_UP) {
            throw new IllegalArgumentException("the token -1 is taken: it marks the wake-up");
        }
        return token;
    }

    // tag::await[]
    /**
     * Waits until a descriptor is ready, the time is over, or {@link #wakeUp} was called. After
     * each wait the loop looks for what other threads have left for it, whatever the events say.
     *
     * @param timeoutMillis 0 to look only, -1 to wait without a limit
     * @return how many events there are; 0 if the time is over or a signal came
     * @throws LinuxException if the kernel refuses to wait
     * @throws IllegalStateException after {@link #close}
     */
    public int await(int timeoutMillis) throws LinuxException {
        int result = linux.epollWait(fd, memory.address(), maxEvents, timeoutMillis);
        ready = Errno.EINTR.is(result) ? 0 : LinuxException.check("epoll_wait", "", result);
        eventFd.rearm();
        return ready;
    }

    // end::await[]

    // tag::ex-2-1[]
    /** What happened: EPOLLIN and the others, of the event 0 ≤ i &lt; {@link #await}'s answer. */
    public int events(int i) {
        return memory.buffer().getInt(at(i) + layout.offsetOfEvents());
    }

    /** The token of the descriptor to which it happened. */
    public long token(int i) {
        return memory.buffer().getLong(at(i) + layout.offsetOfData());
    }

    // end::ex-2-1[]
    /** Whether the event is a wake-up, which belongs to no descriptor of the loop's. */
    public boolean isWakeUp(int i) {
        return token(i) == WAKE_UP;
    }

    /** Where the event lies in the list, in bytes from the beginning of the memory. */
    private int at(int i) {
        if (i < 0 || i >= ready) {
            throw new IndexOutOfBoundsException("event " + i + " of " + ready + " that are ready");
        }
        return i * layout.size();
    }

    /**
     * Ends the loop's wait, or its next one if it does not wait now; from any thread, and harmless
     * after {@link #close}.
     */
    public void wakeUp() {
        eventFd.signal();
    }

    /** Closes the instance, not the descriptors it watches; does nothing the second time. */
    @Override
    public void close() {
        memory.close();
        if (eventFd != null) {
            eventFd.close();
        }
        if (fd >= 0) {
            linux.close(fd);
            fd = -1;
        }
    }
}
