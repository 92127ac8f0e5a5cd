package tinygate.sqpoll;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tinygate.iouring.KernelRelease;
import tinygate.iouring.NeedsIoUring;
import tinygate.linux.Errno;
import tinygate.linux.LinuxException;
import tinygate.linux.NativeMemory;
import tinygate.linux.SockAddr;
import tinygate.linux.Sockets;

/** Sends without a copy, on a ring of this machine's kernel. */
@NeedsIoUring
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SAME_THREAD) // a ring has one thread
class RegisteredBuffersTest {
    private static final int COUNT = 2;
    private static final int BYTES = 1 << 20;
    private static final int SMALL_WINDOW = 4096;
    private static final int PATIENCE_MILLIS = 20_000;
    private static final long SEND = 1;
    private static final long MOMENT_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private PolledRing ring;
    private Sockets sockets;
    private RegisteredBuffers buffers;
    private int fd;
    private Socket peer;

    @BeforeEach
    void open() throws IOException {
        ring = new PolledRing(8, 16, 10, 0);
        sockets = new Sockets(ring.linux);
        buffers = new RegisteredBuffers(ring.linux, ring.ring, COUNT, BYTES);
        try (ServerSocket server = new ServerSocket();
                NativeMemory place = NativeMemory.allocate(ring.linux, SockAddr.size())) {
            server.setReceiveBufferSize(SMALL_WINDOW);
            server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            SockAddr address = new SockAddr(place, 0);
            address.set(new InetSocketAddress(server.getInetAddress(), server.getLocalPort()));
            fd = sockets.connect(address);
            peer = server.accept();
            peer.setSoTimeout(PATIENCE_MILLIS);
        }
    }

    @AfterEach
    void close() throws IOException {
        peer.close();
        ring.linux.close(fd);
        ring.close();
        buffers.close();
        sockets.close();
    }

    @Test
    void aBufferIsFreeWhenItsSecondCompletionHasCome() throws IOException {
        int index = send("hello".getBytes(StandardCharsets.US_ASCII));
        assertThat(buffers.take()).as("the other one").isNotEqualTo(index);
        assertThat(buffers.take()).as("a third one").isEqualTo(-1);

        ring.expect(SEND);
        assertThat(ring.completions.result()).isEqualTo("hello".length());
        assertThat(ring.completions.more()).as("a notification will follow").isTrue();
        buffers.completed(index, true);
        assertThat(buffers.take()).as("before the notification").isEqualTo(-1);

        assertThat(peer.getInputStream().readNBytes("hello".length()))
                .asString(StandardCharsets.US_ASCII)
                .isEqualTo("hello");
        ring.expect(SEND);
        assertThat(ring.completions.more()).isFalse();
        buffers.completed(index, false);
        assertThat(buffers.take()).isEqualTo(index);
    }

    @Test
    void aPeerThatReadsNothingKeepsTheBuffer() throws IOException {
        int index = send(new byte[BYTES]);
        ring.expect(SEND);
        int taken = ring.completions.result();
        assertThat(taken).as("more than fits into the peer's window").isGreaterThan(SMALL_WINDOW);
        assertThat(ring.completions.more()).isTrue();
        ring.submitter.submitAndWait(MOMENT_NANOS);
        assertThat(ring.completions.next()).as("a notification").isFalse();

        peer.getInputStream().skipNBytes(taken);
        ring.expect(SEND);
        buffers.completed(index, ring.completions.more());
        assertThat(buffers.take()).isEqualTo(index);
    }

    @Test
    void betweenProgramsOfOneMachineTheKernelCopiesAnyway() throws IOException {
        assumeTrue(
                KernelRelease.running().atLeast(6, 2),
                "only Linux 6.2 tells whether it has copied");
        int index = buffers.take();
        buffers.send(ring.next(), index, 1_000).reportingCopies().fd(fd).userData(SEND);
        ring.expect(SEND);
        peer.getInputStream().skipNBytes(1_000);
        ring.expect(SEND);
        assertThat(ring.completions.result()).as("negative: copied").isNegative();
    }

    @Test
    void aSendThatFailsGivesTheBufferBackByTheSameRule() throws LinuxException {
        int index = buffers.take();
        buffers.send(ring.next(), index, 10).fd(-1).userData(SEND);
        ring.expect(SEND);
        assertThat(ring.completions.result()).isEqualTo(-Errno.EBADF.number());
        while (ring.completions.more()) {
            ring.expect(SEND);
        }
        buffers.completed(index, false);
        assertThat(buffers.take()).isEqualTo(index);
    }

    private int send(byte[] bytes) {
        int index = buffers.take();
        buffers.fill(index, bytes);
        buffers.send(ring.next(), index, bytes.length).fd(fd).userData(SEND);
        return index;
    }
}
