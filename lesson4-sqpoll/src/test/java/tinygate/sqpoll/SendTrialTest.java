package tinygate.sqpoll;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tinygate.iouring.KernelRelease;
import tinygate.iouring.NeedsIoUring;

@NeedsIoUring
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SAME_THREAD) // a ring has one thread
class SendTrialTest {
    private static final int SENDS = 20;

    @ParameterizedTest
    @ValueSource(ints = {1024, 16 * 1024, 64 * 1024})
    void bothKindsAreCountedAndCostTime(int bytes) throws Exception {
        List<SendTrial.Round> rounds = SendTrial.rounds(bytes, SENDS, 2);
        assertThat(rounds).hasSize(2);
        for (SendTrial.Round round : rounds) {
            assertThat(round.ordinary().sends()).isEqualTo(SENDS);
            assertThat(round.ordinary().cpuNanos()).isPositive();
            assertThat(round.ordinary().notifications()).isZero();
            assertThat(round.withoutCopy().sends()).isEqualTo(SENDS);
            assertThat(round.withoutCopy().cpuNanos()).isPositive();
            assertThat(round.withoutCopy().notifications()).isEqualTo(SENDS);
        }
    }

    @Test
    void overLoopbackEverySendIsCopiedAfterAll() throws Exception {
        assumeTrue(
                KernelRelease.running().atLeast(6, 2),
                "only Linux 6.2 tells whether it has copied");
        SendTrial.Cost withoutCopy = SendTrial.rounds(1024, SENDS, 1).get(0).withoutCopy();
        assertThat(withoutCopy.copied()).isEqualTo(SENDS);
    }

    @Test
    void anUnfinishedBatchIsSentWhole() throws Exception {
        assertThat(SendTrial.rounds(1024, 5, 1).get(0).ordinary().sends()).isEqualTo(8);
    }
}
