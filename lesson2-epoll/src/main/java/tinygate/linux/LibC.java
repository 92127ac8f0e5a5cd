package tinygate.linux;

import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;

/**
 * The C library's wrappers of system calls, bound by JNA's direct mapping; only {@link Linux} calls
 * them, which counts each call and reads errno.
 *
 * <p>Every parameter is an {@code int} or a {@code long}, so that a call needs neither an object
 * nor a conversion: {@code size_t}, {@code ssize_t}, {@code off_t} and addresses are {@code long};
 * file descriptors, flags and {@code socklen_t} are {@code int}. Each function returns -1 on
 * failure.
 */
final class LibC {
    static {
        Native.register(LibC.class, NativeLibrary.getProcess());
    }

    private LibC() {}

    /** Does nothing itself: the first use of this class binds the functions below. */
    static void load() {}

    // tag::functions[]
    static native int socket(int domain, int type, int protocol);

    static native int bind(int fd, long address, int addressLength);

    static native int listen(int fd, int backlog);

    static native int accept4(int fd, long address, long addressLength, int flags);

    static native int connect(int fd, long address, int addressLength);

    static native long recv(int fd, long buffer, long length, int flags);

    static native long send(int fd, long buffer, long length, int flags);

    static native int shutdown(int fd, int how);

    static native int close(int fd);

    static native int setsockopt(int fd, int level, int name, long value, int valueLength);

    static native int getsockopt(int fd, int level, int name, long value, long valueLength);

    static native int getsockname(int fd, long address, long addressLength);

    static native int getpeername(int fd, long address, long addressLength);

    static native int epoll_create1(int flags);

    static native int epoll_ctl(int epollFd, int operation, int fd, long event);

    static native int epoll_wait(int epollFd, long events, int maxEvents, int timeoutMillis);

    static native int usleep(int micros);

    static native int eventfd(int initialValue, int flags);

    static native int eventfd_write(int fd, long value);

    static native long mmap(long address, long length, int prot, int flags, int fd, long offset);

    static native int munmap(long address, long length);

    static native long syscall(long number, long a1, long a2, long a3, long a4, long a5, long a6);
    // end::functions[]
}
