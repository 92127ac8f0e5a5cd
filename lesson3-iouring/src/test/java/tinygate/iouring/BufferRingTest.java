package tinygate.iouring;

import static org.assertj.core.api.Assertions.assertThat;
import static tinygate.linux.Constants.POLLERR;
import static tinygate.linux.Constants.POLLHUP;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tinygate.linux.Errno;
import tinygate.linux.LinuxException;
import tinygate.linux.NativeMemory;

/** Provided buffers and multishot receives on connected sockets. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SAME_THREAD) // a ring has one thread
@NeedsIoUring
class BufferRingTest {
    private static final int GROUP = 7;
    private static final int LENGTH = 64;
    private static final int ENTRIES = 4;
    private static final long RECEIVE = 1;
    private static final long HANG_UP = 2;
    private static final long CANCEL = 3;

    private TestRing test;
    private BufferRing ring;
    private NativeMemory buffers;
    private int here;
    private int there;

    @BeforeEach
    void open() throws LinuxException {
        test = new TestRing(8, 64);
        ring = new BufferRing(test.linux, test.ring, GROUP, ENTRIES);
        buffers = NativeMemory.allocate(test.linux, ENTRIES * LENGTH);
        int[] pair = test.pair();
        here = pair[0];
        there = pair[1];
    }

    @AfterEach
    void close() {
        ring.close();
        buffers.close();
        test.close();
    }

    private void provide(int id) {
        ring.provide(id, buffers.address() + id * LENGTH, LENGTH);
        ring.publish();
    }

    private void receive() {
        test.next().receiveMultishot(GROUP, false).fd(here).userData(RECEIVE);
    }

    private void send(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        test.memory.buffer().put(0, bytes);
        assertThat(test.linux.send(there, test.memory.address(), bytes.length, 0))
                .isEqualTo(bytes.length);
    }

    private String text(int id, int length) {
        byte[] bytes = new byte[length];
        buffers.buffer().get(id * LENGTH, bytes);
        return new String(bytes, StandardCharsets.US_ASCII);
    }

    @Test
    void theKernelPicksBuffersInTheOrderTheyWereProvided() throws LinuxException {
        provide(2);
        provide(0);
        receive();
        test.expectNothing();

        send("first");
        assertThat(test.resultOf(RECEIVE)).isEqualTo(5);
        assertThat(test.completions.buffer()).isEqualTo(2);
        assertThat(test.completions.more()).as("the receive goes on").isTrue();
        assertThat(text(2, 5)).isEqualTo("first");

        send("second");
        assertThat(test.resultOf(RECEIVE)).isEqualTo(6);
        assertThat(test.completions.buffer()).isZero();
        assertThat(text(0, 6)).isEqualTo("second");
    }

    @Test
    void withoutABufferAReceiveEndsWithNothingLost() throws LinuxException {
        provide(0);
        receive();
        send("x".repeat(LENGTH + 5));
        assertThat(test.resultOf(RECEIVE)).isEqualTo(LENGTH);

        assertThat(test.resultOf(RECEIVE)).isEqualTo(-Errno.ENOBUFS.number());
        assertThat(test.completions.more()).as("the receive goes on").isFalse();
        assertThat(test.completions.buffer()).isEqualTo(-1);

        provide(0);
        receive();
        assertThat(test.resultOf(RECEIVE)).as("the rest").isEqualTo(5);
    }

    @Test
    void theEndIsACompletionWithoutABuffer() throws LinuxException {
        provide(0);
        receive();
        test.linux.shutdown(there, 1);
        assertThat(test.resultOf(RECEIVE)).isZero();
        assertThat(test.completions.more()).isFalse();
        assertThat(test.completions.buffer()).isEqualTo(-1);
    }

    @Test
    void buffersGoRoundMoreOftenThanTheTailsSixteenBitsCount() throws LinuxException {
        for (int id = 0; id < ENTRIES; id++) {
            provide(id);
        }
        receive();
        for (int i = 0; i < 70_000; i++) {
            send("x");
            assertThat(test.resultOf(RECEIVE)).as("round %d", i).isEqualTo(1);
            assertThat(test.completions.buffer()).as("round %d", i).isEqualTo(i % ENTRIES);
            provide(i % ENTRIES);
        }
    }

    @Test
    void theFieldUnderTheTailIsWrittenByPublishAlone() throws LinuxException {
        try (NativeMemory place = NativeMemory.allocate(test.linux, 64)) {
            for (int i = 0; i < 3; i++) {
                provide(i);
            }
            receive();
            send("x");
            test.resultOf(RECEIVE);
            // The next one goes to entry 3, the one after it to entry 0, under the tail.
            provide(3);
            ring.provide(0, place.address(), 64);
            for (int i = 1; i < ENTRIES; i++) {
                send("x");
                assertThat(test.resultOf(RECEIVE)).isEqualTo(1);
                assertThat(test.completions.buffer()).isEqualTo(i);
            }
            send("y");
            assertThat(test.resultOf(RECEIVE)).as("not published").isEqualTo(-105);
            ring.publish();
            receive();
            assertThat(test.resultOf(RECEIVE)).isEqualTo(1);
            assertThat(place.buffer().get(0)).isEqualTo((byte) 'y');
        }
    }

    /** Why a connection also watches for a hang-up: the receive alone may not tell a reset. */
    @RepeatedTest(20)
    void aResetRightBehindBytesIsToldByAPollAndAReceiveThatBeginsAnew() throws LinuxException {
        provide(0);
        provide(1);
        test.next().poll(POLLERR | POLLHUP).fd(here).userData(HANG_UP);
        receive();
        test.expectNothing();

        send("last words");
        test.sockets.resetOnClose(there);
        test.closeNow(there);

        int received = 0;
        boolean hungUp = false;
        boolean reset = false;
        while (!hungUp || !reset) {
            test.await();
            int result = test.completions.result();
            if (test.completions.userData() == HANG_UP) {
                hungUp = true;
                test.next().cancel(RECEIVE).userData(CANCEL);
            } else if (test.completions.userData() == RECEIVE) {
                received += Math.max(0, result);
                reset |= Errno.ECONNRESET.is(result);
                if (Errno.ECANCELED.is(result)) {
                    receive();
                }
            }
        }
        assertThat(received).isEqualTo("last words".length());
    }
}
