package tinygate.iouring;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tinygate.linux.Errno;
import tinygate.linux.LinuxException;
import tinygate.linux.NativeMemory;

/** Cancelling, and what races with it: whatever wins, each operation ends exactly once. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SAME_THREAD) // a ring has one thread
@NeedsIoUring
class CancellationTest {
    private static final long RECEIVE = 1;
    private static final long CANCEL = 2;
    private static final int LENGTH = 1024;

    private TestRing test;
    private BufferRing buffers;
    private NativeMemory memory;
    private int here;
    private int there;

    @BeforeEach
    void open() throws LinuxException {
        test = new TestRing(8, 64);
        buffers = new BufferRing(test.linux, test.ring, 0, 4);
        memory = NativeMemory.allocate(test.linux, 4 * LENGTH);
        for (int id = 0; id < 4; id++) {
            buffers.provide(id, memory.address() + id * LENGTH, LENGTH);
        }
        buffers.publish();
        int[] pair = test.pair();
        here = pair[0];
        there = pair[1];
    }

    @AfterEach
    void close() {
        buffers.close();
        memory.close();
        test.close();
    }

    private void receive() {
        test.next().receiveMultishot(0, true).fd(here).userData(RECEIVE);
    }

    private void cancel() {
        test.next().cancel(RECEIVE).userData(CANCEL);
    }

    @Test
    void aCancelledReceiveEndsAndTheCancellingSucceeds() throws LinuxException {
        receive();
        test.expectNothing();
        cancel();
        int seen = 0;
        for (int i = 0; i < 2; i++) {
            test.await();
            boolean receive = test.completions.userData() == RECEIVE;
            assertThat(test.completions.result())
                    .isEqualTo(receive ? -Errno.ECANCELED.number() : 0);
            assertThat(test.completions.more()).isFalse();
            seen += (int) test.completions.userData();
        }
        assertThat(seen).as("both were told").isEqualTo((int) (RECEIVE + CANCEL));
    }

    @Test
    void cancellingWhatIsOverFindsNothing() throws LinuxException {
        cancel();
        assertThat(test.resultOf(CANCEL)).isEqualTo(-Errno.ENOENT.number());
    }

    /** A close alone would leave the receive waiting for ever, and send no FIN. */
    @Test
    void aDescriptorThatIsClosedUnderAReceiveLeavesItWaiting() throws LinuxException {
        receive();
        test.expectNothing();
        test.linux.close(here);
        test.expectNothing();
        cancel();
        test.await();
        test.await();
        test.expectNothing();
    }

    @RepeatedTest(20)
    void bytesThatRaceWithACancelAreDeliveredOrStayInTheSocket() throws Exception {
        receive();
        test.expectNothing();
        byte[] sent = {1, 2, 3};
        test.memory.buffer().put(0, sent);
        Thread sender =
                new Thread(() -> test.linux.send(there, test.memory.address(), sent.length, 0));
        sender.start();
        cancel();
        int received = 0;
        boolean receiving = true;
        boolean cancelling = true;
        while (receiving || cancelling) {
            test.await();
            if (test.completions.userData() == CANCEL) {
                cancelling = false;
            } else {
                received += Math.max(0, test.completions.result());
                receiving = test.completions.more();
            }
        }
        sender.join();
        received += Math.max(0, test.linux.recv(here, test.memory.address(), 16, 0));
        assertThat(received).as("bytes, by either way").isEqualTo(sent.length);
        test.expectNothing();
    }
}
