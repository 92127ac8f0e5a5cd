package tinygate.iouring;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;

/** The event loops of Netty's gates in this JVM, of which none may outlive its gate. */
final class NettyLoops {
    private NettyLoops() {}

    /** To be called when all gates are closed: a loop that is stuck fails the test. */
    static void expectEnd() {
        Awaitility.await("the event loops have ended")
                .atMost(Duration.ofSeconds(5))
                .untilAsserted(() -> assertThat(running()).isEmpty());
    }

    private static List<Thread> running() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("netty-io_uring"))
                .toList();
    }
}
