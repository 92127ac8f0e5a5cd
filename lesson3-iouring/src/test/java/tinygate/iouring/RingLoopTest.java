package tinygate.iouring;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tinygate.loop.UnmadeLoop;

@NeedsIoUring
@Timeout(60)
class RingLoopTest {

    @Test
    void aLoopThatCannotBeMadeGivesBackWhatItHadGot() throws IOException {
        UnmadeLoop.expectNothingLeft(IoUringGate::new);
    }
}
