package tinygate.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Timeout;
import tinygate.HostPort;
import tinygate.Settings;
import tinygate.Settings.Balance;

/** What many threads that share pools and upstreams can rely on. */
@Timeout(60)
class SharedUpstreamsTest {
    /**
     * Threads that are not kept apart do no harm in every run: without the synchronization one
     * round failed in six to nine of ten, so that five miss it once in a hundred at the worst.
     */
    private static final int ROUNDS = 5;

    private static final int THREADS = 8;

    private static final int TURNS = 50_000;

    /** Fewer where {@link #YIELDING} makes the threads overlap. */
    private static final int CHOICES = 8_000;

    /** Read in the middle of a choice if an upstream rests: invites another thread in there. */
    private static final LongSupplier YIELDING =
            () -> {
                Thread.yield();
                return 0;
            };

    private final ExecutorService executor = Executors.newFixedThreadPool(THREADS);
    private final AtomicInteger ready = new AtomicInteger();

    @AfterEach
    void stopThreads() {
        executor.shutdownNow();
    }

    @RepeatedTest(ROUNDS)
    void weightedRoundRobinGivesExactSharesToManyThreads() throws Exception {
        Cluster cluster = new Cluster(YIELDING, Balance.ROUND_ROBIN, 5, 1, 2, 1);
        cluster.upstream('b').failed();

        inEachThread(() -> repeat(CHOICES, cluster::acquire));

        int choices = THREADS * CHOICES;
        assertThat(cluster.upstreams())
                .extracting(Upstream::inUse)
                .containsExactly(choices * 5 / 8, 0, choices * 2 / 8, choices / 8);
    }

    /** As many upstreams as threads that hold one each: whoever asks finds an idle one. */
    @RepeatedTest(ROUNDS)
    void leastConnectionsNeverGivesTwoThreadsTheSameIdleUpstream() throws Exception {
        Cluster cluster = new Cluster(Balance.LEAST_CONNECTIONS, 1, 1, 1, 1, 1, 1, 1, 1);
        LongAdder busyWhenChosen = new LongAdder();
        Runnable exchange =
                () -> {
                    Upstream upstream = cluster.acquire();
                    if (upstream.inUse() != 1) {
                        busyWhenChosen.increment();
                    }
                    upstream.release();
                };

        inEachThread(() -> repeat(TURNS, exchange));

        assertThat(busyWhenChosen.sum()).as("upstreams not idle when chosen").isZero();
    }

    @RepeatedTest(ROUNDS)
    void usesReturnToZeroWhenEveryThreadReleasesWhatItAcquired() throws Exception {
        Upstream upstream = new Cluster(Balance.CLIENT_HASH, 1).upstream('a');
        Runnable exchange =
                () -> {
                    upstream.use();
                    upstream.release();
                };

        inEachThread(() -> repeat(TURNS, exchange));

        assertThat(upstream.inUse()).isZero();
    }

    @RepeatedTest(ROUNDS)
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
        Pool one = routes.poolFor("one");
        Pool two = routes.poolFor("two");
        Runnable exchanges =
                () -> {
                    one.acquire(Cluster.CLIENT, null);
                    two.acquire(Cluster.CLIENT, null);
                };

        inEachThread(() -> repeat(TURNS, exchanges));

        assertThat(routes.upstreams().get(0).inUse()).isEqualTo(2 * THREADS * TURNS);
    }

    @RepeatedTest(ROUNDS)
    void noFailureInARowIsLostBetweenThreads() throws Exception {
        PassiveHealth health =
                new PassiveHealth(new Settings.Health(THREADS * TURNS, 1000), () -> 0);

        inEachThread(() -> repeat(TURNS - 1, health::failed));
        repeat(THREADS - 1, health::failed);
        assertThat(health.resting()).as("resting one failure before the limit").isFalse();

        health.failed();
        assertThat(health.resting()).as("resting at the limit").isTrue();
    }

    /** Runs the task in all threads at the same time; fails if one of them fails. */
    private void inEachThread(Runnable task) throws Exception {
        Callable<Void> together =
                () -> {
                    ready.incrementAndGet();
                    // Awake at the start, not woken one after the other as by a latch.
                    while (ready.get() < THREADS && !Thread.currentThread().isInterrupted()) {
                        Thread.yield();
                    }
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
}
