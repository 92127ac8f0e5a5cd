package tinygate.sqpoll;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
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

/** What a poller is to a gate as a whole: calls, threads, and settings that cannot be used. */
@NeedsIoUring
@Timeout(300)
class SqPollGateTest {
    private static final int MOST_BYTES = 512; // for HTTP and the exchange; the I/O is to need none

    private static Settings settings(PollerSettings poller) {
        UpstreamServer nobody = new UpstreamServer(new HostPort("127.0.0.1", 9), 1);
        return Settings.loopback(List.of(new Route("*", null, List.of(nobody)))).withPoller(poller);
    }

    @Test
    void anIdleGateMakesNoSystemCallInASecond() throws IOException {
        try (SqPollGate gate = new SqPollGate(settings(PollerSettings.DEFAULTS))) {
            gate.start();
            await().pollInterval(Duration.ofMillis(50)).until(SqPollGateTest::everyPollerSleeps);
            long before = gate.systemCalls();
            await().during(Duration.ofSeconds(1))
                    .atMost(Duration.ofSeconds(10))
                    .until(() -> gate.systemCalls() == before && everyPollerSleeps());
        }
    }

    @Test
    void theLoopsOfAGateShareOnePoller() throws IOException {
        SqPollMode mode = new SqPollMode(PollerSettings.DEFAULTS);
        long before = pollers().size();
        try (Ring first = mode.ring(new Linux());
                Ring second = mode.ring(new Linux())) {
            assertThat(first.fd()).isNotEqualTo(second.fd());
            assertThat(pollers()).hasSize((int) before + 1);
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
            await().until(() -> pollers().stream().anyMatch(SqPollGateTest::isBoundToProcessor0));
        }
    }

    @Test
    void aRequestOnKeptConnectionsAllocatesLittle() throws IOException {
        assertThat(RequestAllocation.bytesPerRequest(SqPollGate::new)).isLessThan(MOST_BYTES);
    }

    /** The kernel's pollers are threads of this process, named by the kernel. */
    private static List<Path> pollers() throws IOException {
        try (Stream<Path> tasks = Files.list(Path.of("/proc/self/task"))) {
            return tasks.filter(task -> read(task, "comm").startsWith("iou-sqp")).toList();
        }
    }

    /** A thread that ends while it is looked at says nothing. */
    private static String read(Path task, String file) {
        try {
            return Files.readString(task.resolve(file));
        } catch (IOException ended) {
            return "";
        }
    }

    private static boolean isBoundToProcessor0(Path task) {
        return read(task, "status").contains("Cpus_allowed_list:\t0\n");
    }

    private static boolean everyPollerSleeps() throws IOException {
        return pollers().stream().noneMatch(task -> read(task, "stat").contains(") R "));
    }
}
