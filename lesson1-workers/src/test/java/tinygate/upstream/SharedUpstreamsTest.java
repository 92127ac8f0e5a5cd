package tinygate.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tinygate.HostPort;
import tinygate.Settings;
import tinygate.Settings.Balance;

/** What many threads that share pools and upstreams can rely on. */
@Timeout(60)
class SharedUpstreamsTest {
    private static final int THREADS = 8;
    private static final int TURNS = 20_000;

    private final ExecutorService executor = Executors.newFixedThreadPool(THREADS);
    private final CyclicBarrier start = new CyclicBarrier(THREADS);

    @AfterEach
    void stopThreads() {
        executor.shutdownNow();
    }

    @Test
    void weightedRoundRobinGivesExactSharesToManyThreads() throws Exception {
        Cluster cluster = new Cluster(Balance.ROUND_ROBIN, 5, 2, 1);

        inEachThread(() -> repeat(TURNS, cluster::acquire));

        assertThat(cluster.upstreams())
                .extracting(Upstream::inUse)
                .containsExactly(
                        THREADS * TURNS * 5 / 8, THREADS * TURNS * 2 / 8, THREADS * TURNS / 8);
    }

    @Test
    void leastConnectionsNeverGivesTwoThreadsTheSameIdleUpstream() throws Exception {
        Cluster cluster = new Cluster(Balance.LEAST_CONNECTIONS, 1, 1, 1, 1, 1, 1, 1, 1);
        List<List<Integer>> unfairRounds = new ArrayList<>();
        CyclicBarrier acquired =
                new CyclicBarrier(THREADS, () -> noteUnfair(cluster, unfairRounds));

        inEachThread(
                () -> {
                    for (int round = 0; round < TURNS / 10; round++) {
                        start.await();
                        Upstream upstream = cluster.acquire();
                        acquired.await();
                        upstream.release();
                    }
                });

        assertThat(unfairRounds).as("uses of each upstream, in rounds where not all 1").isEmpty();
    }

    private static void noteUnfair(Cluster cluster, List<List<Integer>> unfairRounds) {
        List<Integer> uses = cluster.upstreams().stream().map(Upstream::inUse).toList();
        if (uses.stream().anyMatch(use -> use != 1)) {
            unfairRounds.add(uses);
        }
    }

    @Test
    void usesReturnToZeroWhenEveryThreadReleasesWhatItAcquired() throws Exception {
        Cluster cluster = new Cluster(Balance.LEAST_CONNECTIONS, 1, 1, 1);

        inEachThread(() -> repeat(TURNS, () -> cluster.acquire().release()));

        assertThat(cluster.upstreams()).extracting(Upstream::inUse).containsOnly(0);
    }

    @Test
    void usesOfOneServerThroughTwoRoutesAreAllCounted() throws Exception {
        Settings.UpstreamServer server =
                new Settings.UpstreamServer(HostPort.parse("127.0.0.1:8001"), 1);
        Routes routes =
                new Routes(
                        List.of(
                                new Settings.Route("one", Balance.ROUND_ROBIN, List.of(server)),
                                new Settings.Route("two", Balance.ROUND_ROBIN, List.of(server))),
                        Settings.Health.DEFAULTS,
                        () -> 0);

        inEachThread(
                () ->
                        repeat(
                                TURNS,
                                () -> {
                                    routes.poolFor("one").acquire(Cluster.CLIENT, null);
                                    routes.poolFor("two").acquire(Cluster.CLIENT, null);
                                }));

        assertThat(routes.upstreams().get(0).inUse()).isEqualTo(2 * THREADS * TURNS);
    }

    @Test
    void noFailureInARowIsLostBetweenThreads() throws Exception {
        PassiveHealth health =
                new PassiveHealth(new Settings.Health(THREADS * TURNS, 1000), () -> 0);
        health.failed();
        health.succeeded();

        inEachThread(() -> repeat(TURNS - 1, health::failed));
        repeat(THREADS - 1, health::failed);
        assertThat(health.resting()).as("resting one failure before the limit").isFalse();

        health.failed();
        assertThat(health.resting()).as("resting at the limit").isTrue();
    }

    /** Runs the task in all threads at the same time; fails if one of them fails. */
    private void inEachThread(Task task) throws Exception {
        Callable<Void> together =
                () -> {
                    start.await();
                    task.run();
                    return null;
                };
        List<Future<Void>> running = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            running.add(executor.submit(together));
        }
        for (Future<Void> future : running) {
            future.get(50, TimeUnit.SECONDS);
        }
    }

    private static void repeat(int times, Runnable action) {
        for (int i = 0; i < times; i++) {
            action.run();
        }
    }

    private interface Task {
        void run() throws Exception;
    }
}
