package tinygate.epoll;

import static org.assertj.core.api.Assertions.assertThat;
import static tinygate.linux.Constants.EPOLLERR;
import static tinygate.linux.Constants.EPOLLET;
import static tinygate.linux.Constants.EPOLLHUP;
import static tinygate.linux.Constants.EPOLLIN;
import static tinygate.linux.Constants.EPOLLOUT;
import static tinygate.linux.Constants.EPOLLRDHUP;

import java.net.InetSocketAddress;
import java.net.Socket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tinygate.linux.Errno;
import tinygate.linux.LinuxException;
import tinygate.linux.NativeMemory;
import tinygate.linux.SockAddr;

/** What the kernel tells about real sockets: the events an event loop lives on. */
class ReadinessTest {
    private TestLoop loop;

    @BeforeEach
    void open() throws LinuxException {
        loop = new TestLoop(16);
    }

    @AfterEach
    void close() {
        loop.close();
    }

    @Test
    void aListenerIsReadableUntilEveryoneWasAccepted() throws Exception {
        loop.epoll.add(loop.listener, EPOLLIN, 1);
        try (Socket one = loop.client();
                Socket two = loop.client();
                Socket three = loop.client()) {
            for (Socket client : new Socket[] {one, two, three}) {
                assertThat(loop.awaitEvents(1)).isEqualTo(EPOLLIN);
                loop.closedAtTheEnd(loop.sockets.accept(loop.listener));
                assertThat(loop.sockets.peer()).isEqualTo(client.getLocalSocketAddress());
            }

            assertThat(Errno.of(loop.sockets.accept(loop.listener))).isEqualTo(Errno.EAGAIN);
            assertThat(loop.epoll.await(0)).isZero();
        }
    }

    @Test
    void levelTriggeredTellsAsLongAsBytesWait() throws Exception {
        try (Socket client = loop.client()) {
            int fd = loop.accept();
            loop.epoll.add(fd, EPOLLIN, 1);
            assertThat(loop.epoll.await(0)).isZero();

            client.getOutputStream().write('a');

            assertThat(loop.awaitEvents(1)).isEqualTo(EPOLLIN);
            assertThat(loop.awaitEvents(1)).isEqualTo(EPOLLIN);
            assertThat(loop.receiveText(fd)).isEqualTo("a");
            assertThat(loop.epoll.await(0)).isZero();
            assertThat(Errno.of(loop.receive(fd))).isEqualTo(Errno.EAGAIN);
        }
    }

    @Test
    void edgeTriggeredTellsEachArrivalOnce() throws Exception {
        try (Socket client = loop.client()) {
            int fd = loop.accept();
            loop.epoll.add(fd, EPOLLIN | EPOLLET, 1);

            client.getOutputStream().write('a');
            assertThat(loop.awaitEvents(1)).isEqualTo(EPOLLIN);
            assertThat(loop.epoll.await(0)).as("the byte still waits, but is old news").isZero();

            client.getOutputStream().write('b');
            assertThat(loop.awaitEvents(1)).isEqualTo(EPOLLIN);
            assertThat(loop.receiveText(fd)).isEqualTo("ab");
        }
    }

    @Test
    void edgeTriggeredTellsReadinessThatWasThereBefore() throws Exception {
        try (Socket client = loop.client()) {
            int fd = loop.accept();
            client.getOutputStream().write('a');

            loop.epoll.add(fd, EPOLLIN | EPOLLOUT | EPOLLET, 1);

            assertThat(loop.awaitEvents(1)).matches(events -> (events & EPOLLOUT) != 0);
        }
    }

    @Test
    void aPeerThatShutsDownItsSendingSideIsToldAndStillGetsItsAnswer() throws Exception {
        try (Socket client = loop.client()) {
            int fd = loop.accept();
            loop.epoll.add(fd, EPOLLIN | EPOLLRDHUP, 1);

            client.getOutputStream().write('q');
            client.shutdownOutput();

            assertThat(loop.awaitEvents(1, EPOLLRDHUP)).isEqualTo(EPOLLIN | EPOLLRDHUP);
            assertThat(loop.receiveText(fd)).isEqualTo("q");
            assertThat(loop.receiveText(fd)).as("the end").isEmpty();
            assertThat(loop.send(fd, "answer")).isEqualTo(6);
            assertThat(client.getInputStream().readNBytes(6)).asString().isEqualTo("answer");
        }
    }

    @Test
    void bothDirectionsEndedIsAHangUp() throws Exception {
        try (Socket client = loop.client()) {
            int fd = loop.accept();
            loop.epoll.add(fd, EPOLLRDHUP, 1);
            client.shutdownOutput();
            loop.awaitEvents(1, EPOLLRDHUP);

            assertThat(loop.linux.shutdown(fd, 1)).isZero();

            assertThat(loop.awaitEvents(1)).isEqualTo(EPOLLRDHUP | EPOLLHUP);
        }
    }

    @Test
    void aResetIsToldWithoutBeingAskedFor() throws Exception {
        Socket client = loop.client();
        int fd = loop.accept();
        loop.epoll.add(fd, 0, 1);

        client.setSoLinger(true, 0);
        client.close();

        assertThat(loop.awaitEvents(1)).isEqualTo(EPOLLERR | EPOLLHUP);
        assertThat(Errno.of(loop.receive(fd))).isEqualTo(Errno.ECONNRESET);
        assertThat(loop.receive(fd)).as("told once, then the end").isZero();
        assertThat(Errno.of(loop.send(fd, "x"))).isEqualTo(Errno.EPIPE);
    }

    @Test
    void aSocketIsWritableAgainWhenItsPeerHasRead() throws Exception {
        try (Socket client = loop.client()) {
            int fd = loop.accept();
            loop.epoll.add(fd, EPOLLOUT, 1);
            assertThat(loop.awaitEvents(1)).isEqualTo(EPOLLOUT);

            long sent = sendUntilFull(fd);
            assertThat(loop.epoll.await(0)).as("full").isZero();

            assertThat(client.getInputStream().skip(sent)).isEqualTo(sent);
            assertThat(loop.awaitEvents(1)).isEqualTo(EPOLLOUT);
        }
    }

    /** Full for good: bytes that the kernel moves on to the peer make room for some time. */
    private long sendUntilFull(int fd) throws LinuxException {
        long sent = 0;
        do {
            int result = loop.sendMuch(fd);
            while (result > 0) {
                sent += result;
                result = loop.sendMuch(fd);
            }
            assertThat(Errno.of(result)).isEqualTo(Errno.EAGAIN);
        } while (loop.epoll.await(100) > 0);
        return sent;
    }

    @Test
    void aConnectThatSucceedsBecomesWritableWithoutAnError() throws Exception {
        int fd = connect(loop.sockets.localAddress(loop.listener));

        assertThat(loop.awaitEvents(1, EPOLLOUT)).isEqualTo(EPOLLOUT);
        assertThat(loop.sockets.error(fd)).isZero();
        assertThat(loop.sockets.remoteAddress(fd))
                .isEqualTo(loop.sockets.localAddress(loop.listener));

        loop.accept();
        assertThat(loop.sockets.peer()).isEqualTo(loop.sockets.localAddress(fd));
    }

    @Test
    void aConnectThatIsRefusedTellsItsErrorOnce() throws Exception {
        try (Socket boundButNotListening = new Socket()) {
            boundButNotListening.bind(new InetSocketAddress("127.0.0.1", 0));
            int fd = connect((InetSocketAddress) boundButNotListening.getLocalSocketAddress());

            int events = loop.awaitEvents(1, EPOLLERR);

            assertThat(events).isEqualTo(EPOLLOUT | EPOLLERR | EPOLLHUP);
            assertThat(Errno.of(loop.sockets.error(fd))).isEqualTo(Errno.ECONNREFUSED);
            assertThat(loop.sockets.error(fd)).isZero();
        }
    }

    private int connect(InetSocketAddress to) throws LinuxException {
        try (NativeMemory memory = NativeMemory.allocate(loop.linux, SockAddr.size())) {
            SockAddr address = new SockAddr(memory, 0);
            address.set(to);
            int fd = loop.closedAtTheEnd(loop.sockets.connect(address));
            loop.epoll.add(fd, EPOLLOUT, 1);
            return fd;
        }
    }
}
