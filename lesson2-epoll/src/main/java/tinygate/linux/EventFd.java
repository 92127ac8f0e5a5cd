package tinygate.linux;

import static tinygate.linux.Constants.EFD_CLOEXEC;
import static tinygate.linux.Constants.EFD_NONBLOCK;

import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A descriptor that other threads make readable, to wake an event loop that sleeps in the kernel;
 * see eventfd(2). Many signals before the loop wakes are one system call.
 *
 * <p>The order that loses nothing: another thread first leaves its work where the loop will look,
 * then signals; the loop first calls {@link #rearm}, then looks. The descriptor's counter is never
 * read, so it must be watched edge-triggered.
 */
public final class EventFd implements AutoCloseable {
    private final Linux linux;
    private final AtomicBoolean signalled = new AtomicBoolean();
    private int fd;

    /**
     * @throws LinuxException if the process has no descriptor left
     */
    public EventFd(Linux linux) throws LinuxException {
        this.linux = linux;
        this.fd = LinuxException.check("eventfd", "", linux.eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC));
    }

    public int fd() {
        return fd;
    }

    // tag::signal[]
    /** Wakes the loop; from any thread, and harmless after {@link #close}. */
    public void signal() {
        if (!signalled.getAndSet(true)) {
            write();
        }
    }

    /** Lets the next signal through; the loop's, each time it has waited and before it looks. */
    public void rearm() {
        if (signalled.get()) {
            signalled.set(false);
        }
    }

    // end::signal[]

    /** Excludes {@link #close}: the number of a closed descriptor may be a connection's by now. */
    private synchronized void write() {
        if (fd >= 0) {
            linux.eventfdWrite(fd, 1);
        }
    }

    /** Does nothing the second time. */
    @Override
    public synchronized void close() {
        if (fd >= 0) {
            linux.close(fd);
            fd = -1;
        }
    }
}
