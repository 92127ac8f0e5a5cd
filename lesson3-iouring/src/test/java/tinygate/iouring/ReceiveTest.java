package tinygate.iouring;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tinygate.linux.Errno;

/**
 * When it is known of a kept connection that nothing waits in its socket, and it may be used; and
 * how a receive is armed again.
 */
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

    /** Whether it goes on when it is armed again. */
    private boolean goesOn() {
        still.written();
        receive.want(true);
        still.loop.unsettled.settle();
        List<Written> armed = still.written();
        assertThat(armed).hasSize(1);
        assertThat(armed.get(0).operation()).isEqualTo(Operation.RECEIVE);
        return (armed.get(0).ioprio() & IoUringConstants.IORING_RECV_MULTISHOT) != 0;
    }

    @Test
    void oneThatHadToBeCancelledIsFollowedBySingleOnes() {
        receive.completed(BYTES, true, false);
        receive.want(false);
        still.loop.unsettled.settle();
        receive.completed(-Errno.ECANCELED.number(), false, false);
        assertThat(goesOn()).isFalse();
    }

    @Test
    void oneThatHasUsedUpTheBuffersBeforeItCouldBeCancelledIsFollowedBySingleOnes() {
        receive.completed(BYTES, true, false);
        receive.want(false);
        receive.completed(-Errno.ENOBUFS.number(), false, false);
        still.loop.unsettled.settle();
        assertThat(goesOn()).isFalse();
    }

    @Test
    void oneThatHasEndedByItselfIsArmedAgainAsItWas() {
        receive.completed(BYTES, false, false);
        receive.want(false);
        still.loop.unsettled.settle();
        assertThat(goesOn()).isTrue();
    }
}
