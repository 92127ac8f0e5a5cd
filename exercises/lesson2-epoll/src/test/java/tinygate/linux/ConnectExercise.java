package tinygate.linux;

import static tinygate.linux.Constants.EPOLLOUT;
import static tinygate.linux.Constants.IPPROTO_TCP;
import static tinygate.linux.Constants.TCP_NODELAY;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import tinygate.epoll.Epoll;
import tinygate.kit.Exercise;
import tinygate.kit.NeedsLinux;
import tinygate.kit.Story;

/** Exercise 2.2: a connect that does not wait, and what became of it. */
@Exercise(
        id = "2.2",
        title = "A connect that does not wait",
        points = 15,
        minutes = 25,
        chapter = "lesson2.html#ex-2-2",
        code = "tinygate.linux.Sockets",
        hints = {
            """
            Every call answers its result, or -errno; Errno.X.is(result) asks for a certain one. A non-blocking connect
            that has only begun answers -EINPROGRESS: that is the good case, not a failure.""",
            """
            Whatever fails behind the call of socket leaves a descriptor open unless you close it: setOption in open(),
            and connect() too. The family is the address's, to.family(), or IPv6 never works.""",
            """
            error(): option(fd, SOL_SOCKET, SO_ERROR) answers the option's value, a positive errno or 0, or a negative
            number if the call itself failed. Only the first of the two changes its sign."""
        })
public class ConnectExercise implements NeedsLinux {
    private static final int O_NONBLOCK = 04000;
    private static final int O_CLOEXEC = 02000000;
    private static final int WAIT_MILLIS = 5_000;

    private final Linux linux = new Linux();
    private Sockets sockets;
    private Epoll epoll;
    private NativeMemory memory;
    private int fd = -1;

    @BeforeEach
    void open() throws LinuxException {
        sockets = new Sockets(linux);
        epoll = new Epoll(linux, 4);
        memory = NativeMemory.allocate(linux, SockAddr.size());
    }

    @AfterEach
    void close() {
        if (fd >= 0) {
            linux.close(fd);
        }
        epoll.close();
        sockets.close();
        memory.close();
    }

    private SockAddr address(String ip, int port) {
        SockAddr address = new SockAddr(memory, 0);
        address.set(new InetSocketAddress(ip, port));
        return address;
    }

    private static ServerSocket server(String ip) throws IOException {
        return new ServerSocket(0, 5, InetAddress.getByName(ip));
    }

    /** Connects; the answer must be a socket. */
    private void connect(Story story, String ip, int port) {
        fd = sockets.connect(address(ip, port));
        story.expect("what connect() answers", "a socket", told(fd));
    }

    private static String told(int result) {
        return result > 2 ? "a socket" : result < 0 ? "-" + Errno.of(result) : "" + result;
    }

    private static String outcome(int error) {
        return error < 0 ? "-" + Errno.of(error) : "" + error;
    }

    private void awaitWritable(Story story) throws LinuxException {
        epoll.add(fd, EPOLLOUT, 1);
        story.expect("epoll says that it is writable", epoll.await(WAIT_MILLIS) == 1 && writable());
    }

    private boolean writable() {
        return (epoll.events(0) & EPOLLOUT) != 0;
    }

    @Test
    @Order(1)
    void aConnectIsOnItsWayAndThenThere(Story story) throws Exception {
        try (ServerSocket server = server("127.0.0.1")) {
            story.step("a server listens on 127.0.0.1; connect to it");
            connect(story, "127.0.0.1", server.getLocalPort());
            story.step("wait until the socket is writable");
            awaitWritable(story);
            story.expect("error() of it", "0", outcome(sockets.error(fd)));
            story.step("the server accepts it and sends a byte");
            try (Socket accepted = server.accept()) {
                story.expect(
                        "its own address, as the server sees it",
                        accepted.getRemoteSocketAddress(),
                        sockets.localAddress(fd));
                accepted.getOutputStream().write('x');
            }
            epoll.modify(fd, Constants.EPOLLIN, 2);
            story.expect("epoll says that it is readable", 1, epoll.await(WAIT_MILLIS));
            story.expect("what recv answers", 1, linux.recv(fd, memory.address(), 1, 0));
        }
    }

    @Test
    @Order(2)
    void aSocketWaitsForNothingAndHoldsNothingBack(Story story) throws Exception {
        story.step("open a socket");
        fd = sockets.open(Constants.AF_INET);
        story.expect("what open() answers", "a socket", told(fd));
        int flags = OpenSockets.flags(fd);
        story.expect("it is non-blocking", (flags & O_NONBLOCK) != 0);
        story.expect("it is closed on exec", (flags & O_CLOEXEC) != 0);
        story.expect("its option TCP_NODELAY", 1, sockets.option(fd, IPPROTO_TCP, TCP_NODELAY));
    }

    @Test
    @Order(3)
    void aRefusedConnectIsWritableTooAndTellsItsErrorOnce(Story story) throws Exception {
        try (Socket silent = new Socket()) {
            silent.bind(new InetSocketAddress("127.0.0.1", 0));
            story.step("a port that nobody listens on; connect to it");
            connect(story, "127.0.0.1", silent.getLocalPort());
            story.step("wait until the socket is writable, which it is after a failure as well");
            awaitWritable(story);
            story.expect("error() of it", "-ECONNREFUSED", outcome(sockets.error(fd)));
            story.expect("error() asked a second time", "0", outcome(sockets.error(fd)));
        }
    }

    @Test
    @Order(4)
    void aConnectThatFailsAtOnceLeavesNothingOpen(Story story) throws Exception {
        long before = OpenSockets.count();
        story.step("connect to 255.255.255.255: everybody, which TCP cannot");
        int answer = sockets.connect(address("255.255.255.255", 9));
        story.expect("what connect() answers", "-ENETUNREACH", told(answer));
        story.expect(
                "how many sockets are open more than before", 0L, OpenSockets.count() - before);
    }

    @Test
    @Order(5)
    void withoutADescriptorThereIsNoSocketAndLaterThereIs(Story story) throws Exception {
        try (ServerSocket server = server("127.0.0.1")) {
            SockAddr address = address("127.0.0.1", server.getLocalPort());
            story.step("this process has no descriptor left; connect");
            int answer;
            NoDescriptors none = new NoDescriptors(0);
            try {
                answer = sockets.connect(address);
            } finally {
                none.close();
            }
            story.expect("what connect() answers", "-EMFILE", told(answer));
            story.step("there are descriptors again; connect");
            fd = sockets.connect(address);
            story.expect("what connect() answers", "a socket", told(fd));
        }
    }

    @Test
    @Order(6)
    void theFamilyOfTheAddressIsTheSockets(Story story) throws Exception {
        Assumptions.assumeTrue(hasIpv6(), "this machine has no address ::1");
        try (ServerSocket server = server("::1")) {
            story.step("a server listens on ::1; connect to it");
            connect(story, "::1", server.getLocalPort());
            awaitWritable(story);
            story.expect("error() of it", "0", outcome(sockets.error(fd)));
        }
    }

    private static boolean hasIpv6() {
        try (ServerSocket server = server("::1")) {
            return server.isBound();
        } catch (IOException e) {
            return false;
        }
    }
}
