package tinygate.epoll;

import static org.assertj.core.api.Assertions.assertThat;
import static tinygate.linux.Constants.MSG_NOSIGNAL;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import tinygate.linux.Linux;
import tinygate.linux.LinuxException;
import tinygate.linux.NativeMemory;
import tinygate.linux.Sockets;

/** What an event loop has, a listening socket on loopback, and short words for tests. */
final class TestLoop implements AutoCloseable {
    static final int WAIT_MILLIS = 10_000;
    private static final int BUFFER = 64 * 1024;

    final Linux linux = new Linux();
    final Epoll epoll;
    final Sockets sockets;
    final int listener;
    private final NativeMemory buffer;
    private final List<Integer> descriptors = new ArrayList<>();

    TestLoop(int maxEvents) throws LinuxException {
        epoll = new Epoll(linux, maxEvents);
        sockets = new Sockets(linux);
        buffer = NativeMemory.allocate(linux, BUFFER);
        listener = closedAtTheEnd(sockets.listen(new InetSocketAddress("127.0.0.1", 0), 64, false));
    }

    /** A client of the JDK, connected to the listening socket. */
    Socket client() throws IOException {
        InetSocketAddress address = sockets.localAddress(listener);
        return new Socket(address.getAddress(), address.getPort());
    }

    /** The next connection, as soon as it is in the queue. */
    int accept() {
        return closedAtTheEnd(
                Awaitility.await()
                        .pollInSameThread()
                        .atMost(WAIT_MILLIS, TimeUnit.MILLISECONDS)
                        .until(() -> sockets.accept(listener), fd -> fd >= 0));
    }

    /** The events of the only descriptor that becomes ready, which must carry this token. */
    int awaitEvents(long token) throws LinuxException {
        assertThat(epoll.await(WAIT_MILLIS)).as("number of events").isEqualTo(1);
        assertThat(epoll.token(0)).isEqualTo(token);
        return epoll.events(0);
    }

    /** As {@link #awaitEvents}, until all of these have come: some take a moment longer. */
    int awaitEvents(long token, int expected) {
        return Awaitility.await()
                .pollInSameThread()
                .atMost(WAIT_MILLIS, TimeUnit.MILLISECONDS)
                .until(() -> awaitEvents(token), events -> (events & expected) == expected);
    }

    /** What has arrived, or the error as -errno. */
    int receive(int fd) {
        return linux.recv(fd, buffer.address(), BUFFER, 0);
    }

    /** Receives bytes and tells them as text; empty at the peer's end. */
    String receiveText(int fd) {
        int length = receive(fd);
        assertThat(length).as("recv").isNotNegative();
        byte[] bytes = new byte[length];
        buffer.buffer().get(0, bytes);
        return new String(bytes, StandardCharsets.US_ASCII);
    }

    int send(int fd, String text) {
        buffer.buffer().put(0, text.getBytes(StandardCharsets.US_ASCII));
        return linux.send(fd, buffer.address(), text.length(), MSG_NOSIGNAL);
    }

    int sendMuch(int fd) {
        return linux.send(fd, buffer.address(), BUFFER, MSG_NOSIGNAL);
    }

    int closedAtTheEnd(int fd) {
        assertThat(fd).as("a descriptor").isNotNegative();
        descriptors.add(fd);
        return fd;
    }

    /** Closes a descriptor now instead of at the end. */
    void closeNow(int fd) {
        descriptors.remove(Integer.valueOf(fd));
        linux.close(fd);
    }

    @Override
    public void close() {
        epoll.close();
        descriptors.forEach(linux::close);
        buffer.close();
        sockets.close();
    }
}
