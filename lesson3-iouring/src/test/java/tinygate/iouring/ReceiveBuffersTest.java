package tinygate.iouring;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tinygate.linux.LinuxException;
import tinygate.loop.NativeChunks;

@NeedsIoUring
@Timeout(60)
class ReceiveBuffersTest {
    private static final int MORE_THAN_THERE_IS = -1; // as a size_t of the kernel's

    @Test
    void withoutMemoryReceivingPausesAndTheLoopGoesOn() throws LinuxException {
        try (TestRing test = new TestRing(8, 8);
                NativeChunks chunks = new NativeChunks(test.linux, MORE_THAN_THERE_IS);
                ReceiveBuffers buffers = new ReceiveBuffers(test.linux, test.ring, 4, 1, chunks)) {
            for (int turn = 0; turn < 3; turn++) {
                buffers.refill();
                assertThat(buffers.filled()).isZero();
            }
            assertThat(chunks.lent()).isZero();
        }
    }
}
