package tinygate.linux;

import static tinygate.linux.Constants.IPPROTO_TCP;
import static tinygate.linux.Constants.SOCK_CLOEXEC;
import static tinygate.linux.Constants.SOCK_NONBLOCK;
import static tinygate.linux.Constants.SOCK_STREAM;
import static tinygate.linux.Constants.SOL_SOCKET;
import static tinygate.linux.Constants.SO_ERROR;
import static tinygate.linux.Constants.SO_LINGER;
import static tinygate.linux.Constants.SO_REUSEADDR;
import static tinygate.linux.Constants.SO_REUSEPORT;
import static tinygate.linux.Constants.TCP_NODELAY;

import java.net.InetSocketAddress;

/**
 * The life of a TCP socket before and after its bytes: listen, accept, connect, and what became of
 * it. Holds the little native memory that the arguments of these calls need; one for each loop.
 *
 * <p>Sockets are non-blocking, closed on exec and send small pieces at once (TCP_NODELAY).
 * Listening fails with an exception, since a gate cannot do without; all else answers {@code
 * -errno}.
 */
public final class Sockets implements AutoCloseable {
    private static final int STREAM = SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC;

    private final Linux linux;
    private final NativeMemory memory;
    private final SockAddr address;

    /**
     * @throws LinuxException if the machine has no memory left
     */
    public Sockets(Linux linux) throws LinuxException {
        this.linux = linux;
        this.memory = NativeMemory.allocate(linux, SockAddr.size() + 2 * Integer.BYTES);
        this.address = new SockAddr(memory, 2 * Integer.BYTES);
    }

    /**
     * A listening socket. Accepted sockets inherit TCP_NODELAY from it.
     *
     * @param backlog how many connections wait to be accepted; the kernel's limit is the sysctl
     *     net.core.somaxconn
     * @param reusePort whether several sockets may listen on the address, between which the kernel
     *     spreads the connections: one for each loop
     * @throws LinuxException if the address cannot be listened on
     */
    public int listen(InetSocketAddress where, int backlog, boolean reusePort)
            throws LinuxException {
        int fd = bind(where, reusePort);
        try {
            set(fd, IPPROTO_TCP, TCP_NODELAY, "TCP_NODELAY");
            LinuxException.check("listen", text(where), linux.listen(fd, backlog));
            return fd;
        } catch (LinuxException e) {
            linux.close(fd);
            throw e;
        }
    }

    /**
     * A socket that has an address and does not listen: who connects is refused, and nobody is
     * given this port who asks for any.
     *
     * @param reusePort whether several sockets may have the address
     * @throws LinuxException if somebody listens there who does not share it, or it cannot be had
     */
    public int bind(InetSocketAddress where, boolean reusePort) throws LinuxException {
        address.set(where);
        int fd = LinuxException.check("socket", "", linux.socket(address.family(), STREAM, 0));
        try {
            set(fd, SOL_SOCKET, SO_REUSEADDR, "SO_REUSEADDR");
            if (reusePort) {
                set(fd, SOL_SOCKET, SO_REUSEPORT, "SO_REUSEPORT");
            }
            LinuxException.check(
                    "bind", text(where), linux.bind(fd, address.address(), address.length()));
            return fd;
        } catch (LinuxException e) {
            linux.close(fd);
            throw e;
        }
    }

    private void set(int fd, int level, int name, String subject) throws LinuxException {
        LinuxException.check("setsockopt", subject, setOption(fd, level, name, 1));
    }

    private static String text(InetSocketAddress where) {
        return where.getAddress().getHostAddress() + " port " + where.getPort();
    }

    /** The next waiting connection, whose peer is {@link #peer} then; {@code -EAGAIN} for none. */
    public int accept(int listener) {
        address.expect();
        return linux.accept4(
                listener, address.address(), address.lengthAddress(), SOCK_NONBLOCK | SOCK_CLOEXEC);
    }

    /** Who opened the connection that was accepted last. */
    public InetSocketAddress peer() {
        return address.get();
    }

    // tag::connect[]
    // tag::ex-2-2[]
    /**
     * A new socket that is not connected: a {@link #STREAM} with the option TCP_NODELAY.
     *
     * @param family AF_INET or AF_INET6
     * @return the socket, or {@code -errno}; nothing is left open then
     */
    public int open(int family) {
        int fd = linux.socket(family, STREAM, 0);
        if (fd < 0) {
            return fd;
        }
        int result = setOption(fd, IPPROTO_TCP, TCP_NODELAY, 1);
        if (result < 0) {
            linux.close(fd);
            return result;
        }
        return fd;
    }

    /**
     * A new socket on its way to be connected: it becomes writable when {@link #error} knows.
     *
     * @return the socket, or {@code -errno} if it failed at once; nothing is left open then
     */
    public int connect(SockAddr to) {
        int fd = open(to.family());
        if (fd < 0) {
            return fd;
        }
        int result = linux.connect(fd, to.address(), to.length());
        if (result < 0 && !Errno.EINPROGRESS.is(result)) {
            linux.close(fd);
            return result;
        }
        return fd;
    }

    // end::connect[]

    /**
     * The error a socket waits to tell (SO_ERROR, see socket(7)), as {@code -errno}, once; 0 if
     * there is none. The kernel writes it into the option as a positive number.
     */
    public int error(int fd) {
        int result = option(fd, SOL_SOCKET, SO_ERROR);
        return result < 0 ? result : -result;
    }

    // end::ex-2-2[]

    /** The value of an option that is an {@code int} of 0 or more, or {@code -errno}. */
    public int option(int fd, int level, int name) {
        memory.buffer().putInt(Integer.BYTES, Integer.BYTES);
        int result =
                linux.getsockopt(
                        fd, level, name, memory.address(), memory.address() + Integer.BYTES);
        return result < 0 ? result : memory.buffer().getInt(0);
    }

    /** Sets an option that is an {@code int}; answers 0 or {@code -errno}. */
    public int setOption(int fd, int level, int name, int value) {
        memory.buffer().putInt(0, value);
        return linux.setsockopt(fd, level, name, memory.address(), Integer.BYTES);
    }

    /**
     * Has the socket's close send a reset (SO_LINGER with no time, see socket(7)); answers 0 or
     * {@code -errno}.
     */
    public int resetOnClose(int fd) {
        memory.buffer().putInt(0, 1).putInt(Integer.BYTES, 0); // struct linger: on, 0 seconds
        return linux.setsockopt(fd, SOL_SOCKET, SO_LINGER, memory.address(), 2 * Integer.BYTES);
    }

    /**
     * This side's address of a socket.
     *
     * @throws LinuxException if it is not a socket
     */
    public InetSocketAddress localAddress(int fd) throws LinuxException {
        address.expect();
        LinuxException.check(
                "getsockname",
                "",
                linux.getsockname(fd, address.address(), address.lengthAddress()));
        return address.get();
    }

    /**
     * The peer's address of a connected socket.
     *
     * @throws LinuxException if it is not connected (any more)
     */
    public InetSocketAddress remoteAddress(int fd) throws LinuxException {
        address.expect();
        LinuxException.check(
                "getpeername",
                "",
                linux.getpeername(fd, address.address(), address.lengthAddress()));
        return address.get();
    }

    /** Frees the memory; the sockets remain with those who opened them. */
    @Override
    public void close() {
        memory.close();
    }
}
