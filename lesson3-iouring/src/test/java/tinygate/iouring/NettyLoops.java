package tinygate.iouring;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Arrays;
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

    /** Their names, and where they are. */
    private static List<String> running() {
        return Thread.getAllStackTraces().entrySet().stream()
                .filter(thread -> thread.getKey().getName().startsWith("netty-io_uring"))
                .map(thread -> thread.getKey().getName() + Arrays.toString(thread.getValue()))
                .toList();
    }
}
