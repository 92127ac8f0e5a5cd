package tinygate.linux;

/**
 * The kernel's constants under the names of its headers; their values are the same on x86-64 and
 * aarch64. They are the arguments of {@link Linux}'s calls.
 */
public final class Constants {
    private Constants() {}

    // sys/socket.h
    public static final int AF_INET = 2;
    public static final int AF_INET6 = 10;
    public static final int SOCK_STREAM = 1;
    public static final int SOCK_NONBLOCK = 0x800;
    public static final int SOCK_CLOEXEC = 0x80000;
    public static final int SOL_SOCKET = 1;
    public static final int SO_REUSEADDR = 2;
    public static final int SO_ERROR = 4;
    public static final int SO_SNDBUF = 7;
    public static final int SO_RCVBUF = 8;
    public static final int SO_LINGER = 13;
    public static final int SO_REUSEPORT = 15;
    public static final int SHUT_RD = 0;
    public static final int SHUT_WR = 1;
    public static final int SHUT_RDWR = 2;

    /** Sending to a peer that is gone answers EPIPE without the signal SIGPIPE. */
    public static final int MSG_NOSIGNAL = 0x4000;

    /** Goes on until all is sent, so that fewer bytes mean an error (in io_uring's send). */
    public static final int MSG_WAITALL = 0x100;

    // poll.h
    public static final int POLLIN = 0x1;
    public static final int POLLERR = 0x8;
    public static final int POLLHUP = 0x10;

    // netinet/in.h, netinet/tcp.h
    public static final int IPPROTO_TCP = 6;

    /** Small pieces are sent at once, not held back until an acknowledgement comes. */
    public static final int TCP_NODELAY = 1;

    // sys/epoll.h
    public static final int EPOLL_CLOEXEC = 0x80000;
    public static final int EPOLL_CTL_ADD = 1;
    public static final int EPOLL_CTL_DEL = 2;
    public static final int EPOLL_CTL_MOD = 3;
    public static final int EPOLLIN = 0x1;
    public static final int EPOLLOUT = 0x4;

    /** Told without being asked for. */
    public static final int EPOLLERR = 0x8;

    /** Told without being asked for: both directions have ended. */
    public static final int EPOLLHUP = 0x10;

    /** The peer has ended its sending side. */
    public static final int EPOLLRDHUP = 0x2000;

    /** Edge-triggered: told when something new happens, not as long as it lasts. */
    public static final int EPOLLET = 1 << 31;

    // sys/eventfd.h
    public static final int EFD_CLOEXEC = 0x80000;
    public static final int EFD_NONBLOCK = 0x800;

    // sys/mman.h
    public static final int PROT_READ = 1;
    public static final int PROT_WRITE = 2;
    public static final int MAP_SHARED = 0x1;
    public static final int MAP_PRIVATE = 0x2;
    public static final int MAP_ANONYMOUS = 0x20;

    /** The pages are there at once, so that their first use is no page fault. */
    public static final int MAP_POPULATE = 0x8000;
}
