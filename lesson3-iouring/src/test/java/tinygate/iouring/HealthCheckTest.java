package tinygate.iouring;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tinygate.linux.Errno;

/** Whose fault it is that a check cannot be done. */
@Timeout(60)
@NeedsIoUring
class HealthCheckTest {

    @ParameterizedTest
    @EnumSource(names = {"ENOBUFS", "ENOMEM"})
    void aCheckThatTheGateCannotBeginSaysNothingOfTheUpstream(Errno lack) throws IOException {
        assertThat(restsAfterConnect(lack)).isFalse();
    }

    @Test
    void anUpstreamThatRefusesFailsItsCheck() throws IOException {
        assertThat(restsAfterConnect(Errno.ECONNREFUSED)).isTrue();
    }

    /** Whether the upstream rests after a check whose connect has failed so. */
    private static boolean restsAfterConnect(Errno failure) throws IOException {
        try (StillLoop still = new StillLoop(4)) {
            Runnable end =
                    () -> {
                        throw new IllegalStateException("one check is enough");
                    };
            still.turn =
                    () -> {
                        if (checkFails(still, failure)) {
                            still.turn = end;
                        }
                    };
            still.loop.run();
            return still.upstream.resting();
        }
    }

    /** Has the check fail that was begun, if there is one: what is linked to it is cancelled. */
    private static boolean checkFails(StillLoop still, Errno failure) {
        int result = -failure.number();
        for (Written written : still.written()) {
            if (written.operation() == Operation.CHECK) {
                still.loop.checkCompleted(UserData.token(written.userData()), result);
                result = -Errno.ECANCELED.number();
            }
        }
        return Errno.ECANCELED.is(result);
    }
}
