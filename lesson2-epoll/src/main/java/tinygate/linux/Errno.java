package tinygate.linux;

import java.util.Arrays;

/**
 * The errors a system call of a gate can answer, each with what it most likely means here and what
 * helps. A call answers {@code -errno}, see {@link Linux}.
 */
public enum Errno {
    EPERM(
            1,
            "this is forbidden to this process, perhaps by a seccomp filter or in a container",
            "allow the call in the container's seccomp profile, or run outside the container"),
    ENOENT(2, "there is no such thing", "check what the call was given"),
    EINTR(4, "a signal arrived during the call", "make the call again"),
    EIO(5, "the device failed", "look for the cause in the kernel's log: dmesg"),
    EBADF(
            9,
            "the descriptor is not open: closed too early, or closed twice",
            "close a descriptor once, after its last use"),
    EAGAIN(
            11,
            "nothing to read, no room to write, or a limit of the kernel is reached",
            "wait until the descriptor is ready, then try again"),
    ENOMEM(12, "the kernel has no memory for this", "free memory or lower limits.connections"),
    EACCES(
            13,
            "not permitted: ports below 1024 are for root as a rule",
            "choose a port from 1024 on, or grant CAP_NET_BIND_SERVICE"),
    EFAULT(
            14,
            "an address is not the program's memory: never allocated, or closed already",
            "keep native memory open until the kernel is done with it"),
    EBUSY(16, "it is in use", "wait until its user is done"),
    EEXIST(17, "it is there already", "add a descriptor once, change it from then on"),
    ENODEV(19, "the descriptor cannot be used in this way", "check which descriptor was given"),
    EINVAL(
            22,
            "an argument is wrong or not known to this kernel",
            "compare arguments and kernel version with the manual: man 2 and the call's name"),
    ENFILE(23, "the machine has no open file left", "raise the sysctl fs.file-max"),
    EMFILE(
            24,
            "this process has no descriptor left",
            "raise the limit of open files (ulimit -n) or lower limits.connections"),
    ENOSPC(
            28,
            "the limit of watched descriptors is reached",
            "raise the sysctl fs.epoll.max_user_watches"),
    EPIPE(32, "this side was shut down, or the peer is gone", "close the connection"),
    ENOSYS(
            38,
            "this kernel does not have the call, or a seccomp filter hides it",
            "use a newer kernel, or allow the call in the container's seccomp profile"),
    ELOOP(40, "the epoll instances watch each other", "watch sockets only"),
    ETIME(62, "the time is over", "this is how a timeout is told"),
    EOVERFLOW(75, "a number is too large for its field", "check what the call was given"),
    EBADFD(77, "the ring is not enabled", "enable it before its first use"),
    ENOTSOCK(88, "the descriptor is not a socket", "check which descriptor was given"),
    EDESTADDRREQ(89, "the socket is not connected", "connect it first"),
    EMSGSIZE(90, "the message is too long for one call", "send less at once"),
    ENOPROTOOPT(92, "there is no such socket option", "check level and name of the option"),
    EPROTONOSUPPORT(93, "the protocol is not supported", "check the arguments of socket"),
    EOPNOTSUPP(95, "this kind of descriptor cannot do that", "check which descriptor was given"),
    EAFNOSUPPORT(
            97,
            "this machine does not have the address family: IPv6 may be switched off",
            "use an IPv4 address"),
    EADDRINUSE(
            98,
            "another program listens on this address",
            "stop it (ss -ltnp shows it) or choose another port"),
    EADDRNOTAVAIL(
            99,
            "the address is not one of this machine, or no local port is free",
            "listen on an address that \"ip address\" lists; keep connections open to save ports"),
    ENETDOWN(100, "the network is down", "bring the interface up: ip link"),
    ENETUNREACH(101, "no route leads to that network", "check address and routes: ip route"),
    ECONNABORTED(103, "the client left before it was accepted", "accept the next one"),
    ECONNRESET(104, "the peer reset the connection", "close the connection"),
    ENOBUFS(105, "no buffer is left", "wait until one comes back, then try again"),
    EISCONN(106, "the socket is connected already", "connect a socket once"),
    ENOTCONN(107, "the socket is not connected, or no longer", "close the connection"),
    ETIMEDOUT(110, "the peer did not answer in time", "check that the peer runs and is reachable"),
    ECONNREFUSED(111, "nothing listens on that address", "start the server, or check its port"),
    EHOSTUNREACH(113, "the host cannot be reached", "check the address and the firewall"),
    EALREADY(114, "an earlier connect is still under way", "wait until the socket is writable"),
    EINPROGRESS(115, "the connect is under way", "wait until the socket is writable"),
    ECANCELED(125, "the operation was cancelled", "this is how a cancel is told"),
    /** Any number that is not named above. */
    UNKNOWN(0, "this error is not expected here", "look its number up: errno -l");

    private static final Errno[] BY_NUMBER = byNumber();

    private final int number;
    private final String cause;
    private final String cure;

    Errno(int number, String cause, String cure) {
        this.number = number;
        this.cause = cause;
        this.cure = cure;
    }

    /** The error a call answered: {@code result} is its negative number. */
    public static Errno of(int result) {
        int number = -result;
        return number > 0 && number < BY_NUMBER.length ? BY_NUMBER[number] : UNKNOWN;
    }

    /** Whether a call answered this error; false for every success. */
    public boolean is(int result) {
        return result == -number && number != 0;
    }

    /**
     * Whether a call failed because this machine has run out of descriptors or of memory. Nobody at
     * the other end is to blame for that. (Local ports, EADDRNOTAVAIL, run out towards one address
     * alone, so to try another one helps.)
     */
    public static boolean ranOut(int result) {
        return switch (of(result)) {
            case EMFILE, ENFILE, ENOBUFS, ENOMEM -> true;
            default -> false;
        };
    }

    /** The number as in {@code errno.h}; the same on x86-64 and aarch64. */
    public int number() {
        return number;
    }

    /** What it most likely means here. */
    public String cause() {
        return cause;
    }

    /** What helps. */
    public String cure() {
        return cure;
    }

    private static Errno[] byNumber() {
        Errno[] table = new Errno[134];
        Arrays.fill(table, UNKNOWN);
        for (Errno errno : values()) {
            table[errno.number] = errno;
        }
        return table;
    }
}
