package tinygate.sqpoll;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tinygate.Gate;
import tinygate.PollerSettings;
import tinygate.Settings;
import tinygate.contract.Bench;
import tinygate.contract.RawClient;
import tinygate.contract.TestedGate;
import tinygate.iouring.NeedsIoUring;

/** What SQPOLL is there for, and what it costs: system calls while busy, processor time idle. */
@NeedsIoUring
@Timeout(120)
class SystemCallsTest implements TestedGate {
    private static final int REQUESTS = 100;
    private static final int MOST_CALLS = REQUESTS / 50; // 0.02 for each
    private static final Duration IDLE = Duration.ofSeconds(1);
    private static final double MOST_IDLE_SHARE = 0.005; // of a processor

    /** So long that nobody sleeps while there is work, however busy the machine is otherwise. */
    private static final PollerSettings NEVER_SLEEPING =
            new PollerSettings(-1, 60_000, 10_000_000, false);

    @Override
    public Gate newGate(Settings settings) {
        return new SqPollGate(settings);
    }

    @Test
    void aBusyGateMakesNextToNoSystemCall(Bench bench) throws IOException {
        bench.settings(s -> s.withPoller(NEVER_SLEEPING));
        bench.upstreams(bench.named("a").address());
        SqPollGate gate = (SqPollGate) bench.gate();
        RawClient client = bench.client();
        assertThat(client.ask(Bench.GET).text()).isEqualTo("a"); // opens the connections
        long before = gate.systemCalls();
        for (int i = 0; i < REQUESTS; i++) {
            assertThat(client.ask(Bench.GET).text()).isEqualTo("a");
        }
        assertThat(gate.systemCalls() - before)
                .as("system calls for %d requests", REQUESTS)
                .isLessThanOrEqualTo(MOST_CALLS);
    }

    @Test
    void anIdleGateMakesNoSystemCallInASecond(Bench bench) throws IOException {
        SqPollGate gate = idleGate(bench);
        long before = gate.systemCalls();
        await().during(IDLE).until(() -> gate.systemCalls() == before && Tasks.everyPollerSleeps());
    }

    @Test
    void theKernelToo(Bench bench) throws Exception {
        idleGate(bench);
        assertThat(enteringsInASecond()).isZero();
    }

    @Test
    void anIdleGateAndItsPollerUseNextToNoProcessorTime(Bench bench) throws IOException {
        idleGate(bench);
        Set<Path> tasks = new HashSet<>(Tasks.pollers());
        tasks.addAll(Tasks.named("loop-"));
        long beganNanos = System.nanoTime();
        Map<Path, Long> before = Tasks.nanosRun(tasks);
        await().during(IDLE).until(Tasks::everyPollerSleeps);
        double idleNanos = System.nanoTime() - beganNanos;
        Map<Path, Long> after = Tasks.nanosRun(tasks);
        assertThat(after).as("a loop and a poller").hasSizeGreaterThan(1);
        long run =
                after.entrySet().stream()
                        .mapToLong(task -> task.getValue() - before.get(task.getKey()))
                        .sum();
        assertThat(run / idleNanos).isLessThan(MOST_IDLE_SHARE);
    }

    /** A gate that has served, and whose poller has gone to sleep since. */
    private static SqPollGate idleGate(Bench bench) throws IOException {
        // A deadline of the request would wake the loop once, after it was met.
        bench.timeout("connectMillis", 60_000).timeout("headMillis", 60_000);
        bench.timeout("responseMillis", 60_000).upstreams(bench.named("a").address());
        SqPollGate gate = (SqPollGate) bench.gate();
        assertThat(bench.client().ask(Bench.GET).status()).isEqualTo(200);
        await().pollInterval(Duration.ofMillis(50)).until(Tasks::everyPollerSleeps);
        return gate;
    }

    /** How often this process enters a ring, as the kernel counts it for perf. */
    private static long enteringsInASecond() throws Exception {
        String event = "syscalls:sys_enter_io_uring_enter";
        String process = "" + ProcessHandle.current().pid();
        String[] count = {"perf", "stat", "-x,", "-e", event, "-p", process, "--", "sleep", "1"};
        try {
            Process perf = new ProcessBuilder(count).redirectErrorStream(true).start();
            String counted =
                    new String(perf.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(perf.waitFor(20, TimeUnit.SECONDS)).as("perf has ended").isTrue();
            assumeTrue(
                    perf.exitValue() == 0 && counted.matches("[0-9]+,(?s:.*)"),
                    "perf may not count system calls here: " + counted);
            return Long.parseLong(counted.split(",")[0]);
        } catch (IOException e) {
            assumeTrue(false, "perf is missing: install linux-perf");
            throw e;
        }
    }
}
