package tinygate.epoll;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tinygate.loop.UnmadeLoop;

@Timeout(60)
class EventLoopTest {

    @Test
    void aLoopThatCannotBeMadeGivesBackWhatItHadGot() throws IOException {
        UnmadeLoop.expectNothingLeft(EpollGate::new);
    }
}
