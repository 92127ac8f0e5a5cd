package tinygate.workers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tinygate.WorkerSettings;
import tinygate.contract.Bench;
import tinygate.contract.RawClient;

/**
 * What lesson 1 cannot do, and no setting mends. These tests pass because the limit exists; lesson
 * 2's gates have no such limit.
 */
@Timeout(60)
class WorkersLimitTest {
    private static final int WORKERS = 4;
    private static final int HEAD_MILLIS = 1_500;

    @Test
    void slowClientsHoldAllWorkersUntilTheirTimeIsOver() throws IOException {
        try (Bench bench = new Bench(WorkersGate::new)) {
            bench.settings(s -> s.withWorkers(new WorkerSettings(WORKERS, false)));
            bench.timeout("headMillis", HEAD_MILLIS);
            bench.upstreams(bench.named("a").address());
            bench.gate();

            long begin = System.nanoTime();
            for (int i = 0; i < WORKERS; i++) {
                bench.client().send("GET / HT");
            }
            RawClient next = bench.client();
            next.send(Bench.GET);

            assertThat(next.readResponse().text()).isEqualTo("a");
            assertThat(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin))
                    .as("milliseconds until a worker was free for the next client")
                    .isGreaterThanOrEqualTo(HEAD_MILLIS);
        }
    }

    @Test
    void oneSlowClientLessLeavesAWorkerFree() throws IOException {
        try (Bench bench = new Bench(WorkersGate::new)) {
            bench.settings(s -> s.withWorkers(new WorkerSettings(WORKERS, false)));
            bench.timeout("headMillis", 60_000);
            bench.upstreams(bench.named("a").address());
            for (int i = 0; i < WORKERS - 1; i++) {
                bench.client().send("GET / HT");
            }
            RawClient next = bench.client();
            next.send(Bench.GET);

            assertThat(next.readResponse().text()).isEqualTo("a");
        }
    }

    @Test
    void aBurstThatFindsEnoughIdleWorkersIsServedWhole() throws IOException {
        try (Bench bench = new Bench(WorkersGate::new)) {
            bench.settings(s -> s.withWorkers(new WorkerSettings(64, false))).limit("pending", 1);
            bench.upstreams(bench.named("a").address());
            bench.gate();
            List<RawClient> burst = new ArrayList<>();
            for (int i = 0; i < 64; i++) {
                burst.add(bench.client());
            }
            for (RawClient client : burst) {
                assertThat(client.ask(Bench.GET).text()).isEqualTo("a");
            }
        }
    }
}
