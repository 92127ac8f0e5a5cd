package tinygate.sqpoll;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tinygate.iouring.NeedsIoUring;
import tinygate.iouring.Operation;
import tinygate.iouring.UserData;
import tinygate.linux.Errno;
import tinygate.linux.LinuxException;
import tinygate.linux.NativeMemory;
import tinygate.linux.SockAddr;
import tinygate.linux.Sockets;

/** Sockets in the table of a ring of this machine's kernel. */
@NeedsIoUring
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SAME_THREAD) // a ring has one thread
class RegisteredFilesTest {
    private static final int PLACES = 2;
    private static final long REGISTERED = UserData.of(Operation.REGISTER, 0);
    private static final long SEND = 1;
    private static final long CLOSE = 2;
    private static final int PATIENCE_MILLIS = 20_000;
    private static final int MOMENT_MILLIS = 50;

    private PolledRing ring;
    private Sockets sockets;
    private NativeMemory memory;
    private SockAddr address;
    private ServerSocket server;
    private RegisteredFiles files;

    @BeforeEach
    void open() throws IOException {
        ring = new PolledRing(8, 16, 10, 0);
        sockets = new Sockets(ring.linux);
        server = new ServerSocket(0, 8, InetAddress.getLoopbackAddress());
        memory = NativeMemory.allocate(ring.linux, 4096);
        address = new SockAddr(memory, 0);
        address.set(new InetSocketAddress(server.getInetAddress(), server.getLocalPort()));
        files = new RegisteredFiles(ring.linux, ring.ring, PLACES, ring::next);
    }

    @AfterEach
    void close() throws IOException {
        ring.close();
        files.close();
        memory.close();
        sockets.close();
        server.close();
    }

    @Test
    void anEntryFindsTheSocketAtItsPlace() throws IOException {
        int fd = sockets.connect(address);
        try (Socket peer = accept()) {
            files.opened(1, fd);
            sendAt(1, -1, "hello"); // the descriptor is not looked at
            ring.expect(REGISTERED);
            assertThat(result(SEND)).isEqualTo("hello".length());
            assertThat(read(peer, "hello".length())).isEqualTo("hello");
        } finally {
            ring.linux.close(fd);
        }
    }

    @Test
    void aPlaceThatIsUsedAgainIsTheNextSockets() throws IOException {
        int first = sockets.connect(address);
        try (Socket firstPeer = accept()) {
            files.opened(0, first);
            closeAt(0, first);
            int second = sockets.connect(address); // before the kernel has taken any of it
            try (Socket secondPeer = accept()) {
                files.opened(0, second);
                sendAt(0, second, "second");
                ring.expect(REGISTERED);
                ring.expect(REGISTERED);
                ring.expect(CLOSE);
                ring.expect(REGISTERED);
                assertThat(result(SEND)).isEqualTo("second".length());
                assertThat(firstPeer.getInputStream().read()).as("the first's end").isEqualTo(-1);
                assertThat(read(secondPeer, "second".length())).isEqualTo("second");
            } finally {
                ring.linux.close(second);
            }
        }
    }

    @Test
    void anEmptiedPlaceNamesNothing() throws IOException {
        int fd = sockets.connect(address);
        files.opened(0, fd);
        closeAt(0, fd);
        sendAt(0, fd, "lost");
        ring.expect(REGISTERED);
        ring.expect(REGISTERED);
        ring.expect(CLOSE);
        assertThat(result(SEND)).isEqualTo(-Errno.EBADF.number());
    }

    /** Why a place is emptied before its descriptor is closed. */
    @Test
    void aClosedDescriptorLeavesTheSocketOpenAsLongAsItHasAPlace() throws IOException {
        int fd = sockets.connect(address);
        try (Socket peer = accept()) {
            files.opened(0, fd);
            ring.next().close().fd(fd).userData(CLOSE);
            ring.expect(REGISTERED);
            ring.expect(CLOSE);
            peer.setSoTimeout(MOMENT_MILLIS);
            assertThatThrownBy(() -> peer.getInputStream().read())
                    .isInstanceOf(SocketTimeoutException.class);
            files.closing(0, fd);
            ring.expect(REGISTERED);
            peer.setSoTimeout(PATIENCE_MILLIS);
            assertThat(peer.getInputStream().read()).isEqualTo(-1);
        }
    }

    @Test
    void aSocketWithoutAPlaceIsNamedByItsDescriptor() throws IOException {
        int fd = sockets.connect(address);
        try (Socket peer = accept()) {
            files.opened(PLACES, fd); // no entry: the send is the first
            sendAt(PLACES, fd, "hello");
            assertThat(result(SEND)).isEqualTo("hello".length());
            assertThat(read(peer, "hello".length())).isEqualTo("hello");
            files.closing(PLACES, fd);
        } finally {
            ring.linux.close(fd);
        }
    }

    @Test
    void aTableLargerThanTheLimitOfOpenFilesIsRefusedWithTheCure() throws IOException {
        int tooMany = openFilesLimit() + 1;
        try (PolledRing other = new PolledRing(8, 8, 10, 0)) {
            assertThatThrownBy(
                            () ->
                                    new RegisteredFiles(
                                            other.linux, other.ring, tooMany, other::next))
                    .isInstanceOf(LinuxException.class)
                    .hasMessageContaining(tooMany + " files is larger than")
                    .hasMessageContaining("Cure: raise the limit (ulimit -n)");
        }
    }

    private static int openFilesLimit() throws IOException {
        return Files.readAllLines(Path.of("/proc/self/limits")).stream()
                .filter(line -> line.startsWith("Max open files"))
                .mapToInt(line -> Integer.parseInt(line.split("\\s{2,}")[1]))
                .findFirst()
                .orElseThrow();
    }

    private Socket accept() throws IOException {
        Socket peer = server.accept();
        peer.setSoTimeout(PATIENCE_MILLIS);
        return peer;
    }

    private void sendAt(int slot, int fd, String text) {
        int at = SockAddr.size();
        memory.buffer().put(at, text.getBytes(StandardCharsets.US_ASCII));
        var entry = ring.next().send(memory.address() + at, text.length(), 0).userData(SEND);
        files.name(entry, slot, fd);
    }

    private void closeAt(int slot, int fd) {
        files.closing(slot, fd);
        ring.next().close().fd(fd).userData(CLOSE);
    }

    private int result(long userData) throws LinuxException {
        ring.expect(userData);
        return ring.completions.result();
    }

    private static String read(Socket peer, int length) throws IOException {
        return new String(peer.getInputStream().readNBytes(length), StandardCharsets.US_ASCII);
    }
}
