package tinygate.sqpoll;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tinygate.iouring.IoUringConstants;
import tinygate.iouring.NeedsIoUring;
import tinygate.iouring.Ring;
import tinygate.iouring.RingSetup;
import tinygate.linux.Errno;
import tinygate.linux.Linux;
import tinygate.linux.LinuxException;

/** What is refused here with words is what the kernel refuses without. */
@NeedsIoUring
class PollerFlagsTest {
    private static final int SQPOLL = IoUringConstants.IORING_SETUP_SQPOLL;
    private static final int SINGLE_ISSUER = IoUringConstants.IORING_SETUP_SINGLE_ISSUER;

    @ParameterizedTest
    @CsvSource({"DEFER_TASKRUN, 8192", "COOP_TASKRUN, 256", "TASKRUN_FLAG, 512"})
    void aFlagThatExcludesAPollerIsRefusedWithCauseAndCure(String name, int flag) {
        int flags = SQPOLL | SINGLE_ISSUER | flag;
        assertThatThrownBy(() -> PollerFlags.checked(flags))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "IORING_SETUP_%s excludes IORING_SETUP_SQPOLL: it is about work of the"
                                + " loop's thread, which the poller does. Cure: leave it out, or"
                                + " use no poller.",
                        name);
        expectRefusal(flags);
    }

    @Test
    void aPlaceForAPollerThatIsNotThereIsRefused() {
        int flags = IoUringConstants.IORING_SETUP_SQ_AFF;
        assertThatThrownBy(() -> PollerFlags.checked(flags))
                .hasMessage(
                        "IORING_SETUP_SQ_AFF needs IORING_SETUP_SQPOLL: it places a poller, and"
                                + " there is none. Cure: leave it out, or add SQPOLL.");
        expectRefusal(flags);
    }

    private static void expectRefusal(int flags) {
        assertThatThrownBy(() -> new Ring(new Linux(), new RingSetup(8, 8, 1, flags, 0)))
                .isInstanceOfSatisfying(
                        LinuxException.class, e -> assertThat(e.errno()).isEqualTo(Errno.EINVAL));
    }

    @Test
    void whatGoesTogetherIsAcceptedHereAndByTheKernel() throws LinuxException {
        for (int flags :
                new int[] {
                    0,
                    SQPOLL,
                    SQPOLL | SINGLE_ISSUER,
                    SINGLE_ISSUER | IoUringConstants.IORING_SETUP_DEFER_TASKRUN
                }) {
            assertThat(PollerFlags.checked(flags)).isEqualTo(flags);
            new Ring(new Linux(), new RingSetup(8, 8, 1, flags, 0)).close();
        }
    }
}
