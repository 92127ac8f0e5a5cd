package tinygate.iouring;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tinygate.linux.Errno;

/** When it is known of a kept connection that nothing waits in its socket, and it may be used. */
@Timeout(60)
@NeedsIoUring
class ReceiveTest {
    private static final int BYTES = 100;

    private StillLoop still;
    private Receive receive;

    @BeforeEach
    void arm() throws IOException {
        still = new StillLoop(4);
        receive = new Receive(still.loop, new InFlight(still.loop, -1, 0));
        receive.open();
        still.loop.unsettled.settle();
    }

    @AfterEach
    void close() throws IOException {
        still.close();
    }

    @Test
    void oneThatHasTakenAllHasLeftNothing() {
        assertThat(receive.quiet()).isTrue();
        receive.completed(BYTES, true, false);
        assertThat(receive.quiet()).isTrue();
        receive.completed(BYTES, false, false);
        assertThat(receive.quiet()).as("it will be armed before the ring is entered").isTrue();
    }

    @Test
    void oneThatFoundNoBufferMayHaveLeftSomethingUntilItIsArmedAgain() {
        receive.completed(-Errno.ENOBUFS.number(), false, false);
        assertThat(receive.quiet()).isFalse();
        still.loop.unsettled.settle();
        assertThat(receive.quiet()).isTrue();
    }

    @Test
    void oneThatHasFilledItsBufferMayHaveLeftSomething() {
        receive.completed(BYTES, true, true);
        assertThat(receive.quiet()).isFalse();
        receive.completed(BYTES, true, false);
        assertThat(receive.quiet()).isTrue();
    }
}
