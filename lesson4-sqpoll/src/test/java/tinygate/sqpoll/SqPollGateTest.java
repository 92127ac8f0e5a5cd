package tinygate.sqpoll;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tinygate.HostPort;
import tinygate.PollerSettings;
import tinygate.Settings;
import tinygate.Settings.Route;
import tinygate.Settings.UpstreamServer;
import tinygate.iouring.NeedsIoUring;
import tinygate.iouring.Ring;
import tinygate.linux.Linux;
import tinygate.linux.LinuxException;
import tinygate.loop.RequestAllocation;

/** What a poller is to a gate as a whole: threads, and settings that cannot be used. */
@NeedsIoUring
@Timeout(300)
class SqPollGateTest {
    private static final int MOST_BYTES = 512; // for HTTP and the exchange; the I/O is to need none

    private static Settings settings(PollerSettings poller) {
        UpstreamServer nobody = new UpstreamServer(new HostPort("127.0.0.1", 9), 1);
        return Settings.loopback(List.of(new Route("*", null, List.of(nobody)))).withPoller(poller);
    }

    @Test
    void theLoopsOfAGateShareOnePoller() throws IOException {
        SqPollMode mode = new SqPollMode(PollerSettings.DEFAULTS);
        Set<Path> before = Tasks.pollers();
        try (Ring first = mode.ring(new Linux());
                Ring second = mode.ring(new Linux())) {
            assertThat(first.fd()).isNotEqualTo(second.fd());
            await().during(Duration.ofMillis(200)) // each needs a moment to get its name
                    .until(
                            () -> {
                                Set<Path> pollers = Tasks.pollers();
                                pollers.removeAll(before); // some of them may end just now
                                return pollers.size() == 1;
                            });
        }
    }

    @Test
    void aProcessorThatIsNotThereIsRefusedWithTheCure() {
        Settings settings = settings(new PollerSettings(4095, 10, 0, false));
        assertThatThrownBy(() -> new SqPollGate(settings))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("the poller cannot run on processor 4095")
                .hasMessageContaining("Cure: ");
    }

    @Test
    void thePollerRunsOnTheProcessorThatWasAskedFor() throws IOException, LinuxException {
        try (Ring ring = new SqPollMode(new PollerSettings(0, 10, 0, false)).ring(new Linux())) {
            assertThat(ring.fd()).isNotNegative();
            await().until(() -> Tasks.pollers().stream().anyMatch(Tasks::isBoundToProcessor0));
        }
    }

    @Test
    void aTableThatTheKernelRefusesIsRefusedBeforeAnythingListens() {
        PollerSettings withFiles = new PollerSettings(-1, 10, 0, true);
        SqPollMode tooLarge = new SqPollMode(withFiles, 8, 8, 1, 1 << 21);
        assertThatThrownBy(() -> new SqPollGate(settings(withFiles), tooLarge))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining("Cure: raise the limit (ulimit -n)");
    }

    @Test
    void aRequestOnKeptConnectionsAllocatesLittle() throws IOException {
        // Fewer than in the lessons before: on a busy machine the poller gets its share only, and
        // each request waits for it.
        assertThat(RequestAllocation.bytesPerRequest(SqPollGate::new, 20_000))
                .isLessThan(MOST_BYTES);
    }
}
