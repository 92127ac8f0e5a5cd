package tinygate.linux;

import com.sun.jna.Native;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/**
 * The door to the kernel: system calls under their own names, each one counted. Every byte that
 * lesson 2 and the later ones receive or send passes here.
 *
 * <p>Each call answers as the kernel itself does: a result of 0 or more is success, a negative one
 * is {@code -errno}, never an exception; {@link Errno#is} asks for a certain error. What a call
 * means and which errors it has is told by section 2 of the manual, {@code man 2 NAME}. Memory is
 * given by its address ({@link NativeMemory}); the kernel reads and writes there unchecked.
 *
 * <p>One object for each event loop, used by the loop's thread alone; other threads may only read
 * {@link #calls} and call {@link #eventfdWrite}.
 */
public final class Linux {
    // System calls by their numbers, the same on x86-64 and aarch64.
    private static final int IO_URING_SETUP = 425;
    private static final int IO_URING_ENTER = 426;
    private static final int IO_URING_REGISTER = 427;

    private final AtomicLong loopCalls = new AtomicLong();
    private final LongAdder otherThreadsCalls = new LongAdder();

    /**
     * @throws UnsupportedOperationException if this machine is none of {@link Machine}
     * @throws IllegalStateException if JNA cannot load its native part
     */
    public Linux() {
        Machine.current();
        try {
            LibC.load();
        } catch (LinkageError e) {
            throw new IllegalStateException(
                    "JNA could not bind the C library. It unpacks a native library into the"
                            + " temporary directory: if that is mounted noexec or cannot be written,"
                            + " name another one with -Djna.tmpdir=DIRECTORY.",
                    e);
        }
    }

    /** How many system calls were made through this object; can be read from any thread. */
    public long calls() {
        return loopCalls.getOpaque() + otherThreadsCalls.sum();
    }

    public int socket(int domain, int type, int protocol) {
        count();
        return result(LibC.socket(domain, type, protocol));
    }

    public int bind(int fd, long address, int addressLength) {
        count();
        return result(LibC.bind(fd, address, addressLength));
    }

    public int listen(int fd, int backlog) {
        count();
        return result(LibC.listen(fd, backlog));
    }

    /**
     * @param address where the peer's address is written, or 0
     * @param addressLength of an {@code int}: the room at the address before, its use after; or 0
     */
    public int accept4(int fd, long address, long addressLength, int flags) {
        count();
        return result(LibC.accept4(fd, address, addressLength, flags));
    }

    /** Answers {@code -EINPROGRESS} on a non-blocking socket; the outcome is SO_ERROR, later. */
    public int connect(int fd, long address, int addressLength) {
        count();
        return result(LibC.connect(fd, address, addressLength));
    }

    // tag::call[]
    /** The number of bytes received, which may be fewer than asked for; 0 is the peer's end. */
    public int recv(int fd, long buffer, int length, int flags) {
        count();
        return result((int) LibC.recv(fd, buffer, length, flags));
    }

    /** The number of bytes the kernel took, which may be fewer than asked for. */
    public int send(int fd, long buffer, int length, int flags) {
        count();
        return result((int) LibC.send(fd, buffer, length, flags));
    }

    // end::call[]

    public int shutdown(int fd, int how) {
        count();
        return result(LibC.shutdown(fd, how));
    }

    /** Closes the descriptor whatever the answer: on Linux a failed close is never repeated. */
    public int close(int fd) {
        count();
        return result(LibC.close(fd));
    }

    public int setsockopt(int fd, int level, int name, long value, int valueLength) {
        count();
        return result(LibC.setsockopt(fd, level, name, value, valueLength));
    }

    public int getsockopt(int fd, int level, int name, long value, long valueLength) {
        count();
        return result(LibC.getsockopt(fd, level, name, value, valueLength));
    }

    public int getsockname(int fd, long address, long addressLength) {
        count();
        return result(LibC.getsockname(fd, address, addressLength));
    }

    public int getpeername(int fd, long address, long addressLength) {
        count();
        return result(LibC.getpeername(fd, address, addressLength));
    }

    public int epollCreate1(int flags) {
        count();
        return result(LibC.epoll_create1(flags));
    }

    public int epollCtl(int epollFd, int operation, int fd, long event) {
        count();
        return result(LibC.epoll_ctl(epollFd, operation, fd, event));
    }

    /**
     * @param timeoutMillis 0 to look only, -1 to wait without a limit
     */
    public int epollWait(int epollFd, long events, int maxEvents, int timeoutMillis) {
        count();
        return result(LibC.epoll_wait(epollFd, events, maxEvents, timeoutMillis));
    }

    /**
     * Sleeps for less than a second, never shorter than that and often 50 µs longer: usleep(3),
     * whose system call is clock_nanosleep(2) in today's glibc. A signal ends it.
     */
    public int usleep(int micros) {
        count();
        return result(LibC.usleep(micros));
    }

    public int eventfd(int initialValue, int flags) {
        count();
        return result(LibC.eventfd(initialValue, flags));
    }

    /** Adds to the counter of an eventfd; the one call that any thread may make. */
    public int eventfdWrite(int fd, long value) {
        otherThreadsCalls.increment();
        return result(LibC.eventfd_write(fd, value));
    }

    /** The address of the mapping: addresses of user space are positive numbers. */
    long mmap(long length, int prot, int flags, int fd, long offset) {
        count();
        return result(LibC.mmap(0, length, prot, flags, fd, offset));
    }

    int munmap(long address, long length) {
        count();
        return result(LibC.munmap(address, length));
    }

    /**
     * Makes a ring; answers its descriptor. The three calls of io_uring have no wrapper in the C
     * library.
     *
     * @param parameters the address of an {@code io_uring_params}
     */
    public int ioUringSetup(int entries, long parameters) {
        return (int) syscall(IO_URING_SETUP, entries, parameters, 0, 0, 0, 0);
    }

    /**
     * Submits and waits; answers how many entries were taken.
     *
     * @param argument the address of an {@code io_uring_getevents_arg}, or 0
     */
    public int ioUringEnter(
            int fd, int toSubmit, int minComplete, int flags, long argument, int argumentSize) {
        return (int)
                syscall(IO_URING_ENTER, fd, toSubmit, minComplete, flags, argument, argumentSize);
    }

    /** Tells the kernel of what a ring will use again and again. */
    public int ioUringRegister(int fd, int operation, long argument, int count) {
        return (int) syscall(IO_URING_REGISTER, fd, operation, argument, count, 0, 0);
    }

    /** Any system call by its number, for those that the C library does not wrap. */
    long syscall(int number, long a1, long a2, long a3, long a4, long a5, long a6) {
        count();
        return result(LibC.syscall(number, a1, a2, a3, a4, a5, a6));
    }

    // tag::result[]
    /** One thread writes, so that this is a plain increment and no locked instruction. */
    private void count() {
        loopCalls.setOpaque(loopCalls.getPlain() + 1);
    }

    /** The result is looked at first: errno keeps the error of an earlier call after a success. */
    private static int result(int returned) {
        return returned != -1 ? returned : -Native.getLastError();
    }

    // end::result[]

    private static long result(long returned) {
        return returned != -1 ? returned : -Native.getLastError();
    }
}
