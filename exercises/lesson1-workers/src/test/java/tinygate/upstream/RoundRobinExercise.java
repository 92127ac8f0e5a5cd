package tinygate.upstream;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tinygate.Settings.Balance;
import tinygate.kit.Exercise;
import tinygate.kit.Story;

/** Exercise 1.5: who is next, when many workers ask at once. */
@Exercise(
        id = "1.5",
        title = "Round robin under threads",
        points = 10,
        minutes = 25,
        chapter = "lesson1.html#ex-1-5",
        code = {"tinygate.upstream.RoundRobin", "tinygate.upstream.Pool"},
        hints = {
            "The description of the class RoundRobin tells the whole method: who earns, who is chosen, who pays.",
            """
            Upstreams that Balancer.usable rules out neither earn nor are chosen nor pay. Keep three things during the
            loop: what was earned in all, and the index of the richest so far (-1 for none). Of equals the first wins.""",
            """
            The credits belong to all threads. choose() is called by Pool.acquire alone, so that is the place where one
            thread must keep the others out: around the choice and the counting of the use, in one synchronized block."""
        })
public class RoundRobinExercise {
    private static final int THREADS = 4;
    private static final int CHOICES = 20_000;
    private static final int PATIENCE_MILLIS = 8_000;

    /** How long a thread that should be kept out is given to get in. */
    private static final int LET_IN_MILLIS = 300;

    @Test
    @Order(1)
    void equalWeightsTakeTurns(Story story) {
        story.step("a pool of three upstreams a, b, c, each of weight 1");
        Cluster cluster = new Cluster(Balance.ROUND_ROBIN, 1, 1, 1);
        story.step("7 requests, one after the other");
        story.expect("who served them", "abcabca", cluster.serve(7));
    }

    @Test
    @Order(2)
    void weightsAreSpreadEvenlyAndNotServedInBlocks(Story story) {
        story.step("a pool of a, b, c with weights 5, 1, 1");
        Cluster cluster = new Cluster(Balance.ROUND_ROBIN, 5, 1, 1);
        story.step("14 requests, one after the other");
        story.expect("who served them", "aabacaaaabacaa", cluster.serve(14));
    }

    @Test
    @Order(3)
    void anUpstreamThatRestsGetsNoTurnAndEarnsNothingForLater(Story story) {
        story.step("a pool of a, b, c, each of weight 1; b fails and rests");
        FakeClock clock = new FakeClock(0);
        Cluster cluster = new Cluster(clock, Balance.ROUND_ROBIN, 1, 1, 1);
        cluster.upstream('b').failed();
        story.step("6 requests while b rests");
        story.expect("who served them", "acacac", cluster.serve(6));
        story.step("the rest of b is over; 6 more requests");
        clock.advance(Duration.ofMillis(Cluster.REST_MILLIS));
        story.expect("who served them", "abcabc", cluster.serve(6));
    }

    @Test
    @Order(4)
    void aSecondAttemptGoesToAnotherUpstream(Story story) {
        story.step("a pool of a and b with weights 100 and 1");
        Cluster cluster = new Cluster(Balance.ROUND_ROBIN, 100, 1);
        story.step("a request is given to the first upstream, a, and a fails to answer");
        Upstream first = cluster.acquire();
        story.expect("the first upstream", 'a', Cluster.name(first));
        story.step("acquire(client, tried) with a as the one that was tried");
        Upstream second = cluster.pool().acquire(Cluster.CLIENT, first);
        story.expect("the upstream of the second attempt", 'b', Cluster.name(second));
    }

    @Test
    @Order(5)
    void nobodyIsChosenIfNobodyCanBeUsed(Story story) {
        story.step("a pool of one upstream, and it rests");
        Cluster cluster = new Cluster(Balance.ROUND_ROBIN, 1);
        cluster.upstream('a').failed();
        Upstream chosen = cluster.acquire();
        story.expect("nothing was chosen (null)", chosen == null);
    }

    @Test
    @Order(6)
    void whoIsChosenCountsAsInUse(Story story) {
        story.step("a pool of a and b, each of weight 1");
        Cluster cluster = new Cluster(Balance.ROUND_ROBIN, 1, 1);
        story.step("3 requests that last, so that nothing is released");
        cluster.hold(3);
        story.expect("the uses of a", 2, cluster.upstream('a').inUse());
        story.expect("the uses of b", 1, cluster.upstream('b').inUse());
        story.step("a and b rest, and one more request comes");
        cluster.upstreams().forEach(Upstream::failed);
        cluster.acquire();
        story.expect("the uses of a", 2, cluster.upstream('a').inUse());
    }

    /** The lock is the pool's business: not every balancer is the student's. */
    @ParameterizedTest
    @Order(7)
    @EnumSource(names = {"ROUND_ROBIN", "LEAST_CONNECTIONS"})
    void aChoiceIsOverBeforeTheNextBegins(Balance balance, Story story) throws Exception {
        story.step("a pool of a, b, c that are chosen by %s; b has a request, c rests", balance);
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch secondIsServed = new CountDownLatch(1);
        AtomicBoolean holds = new AtomicBoolean();
        // The clock is read where a choice looks at c, when it has looked at a and b.
        LongSupplier clock =
                () -> {
                    if (holds.compareAndSet(true, false)) {
                        inside.countDown();
                        await(secondIsServed, LET_IN_MILLIS);
                    }
                    return 0;
                };
        Cluster cluster = new Cluster(clock, balance, 1, 1, 1);
        cluster.upstream('b').use();
        cluster.upstream('c').failed();
        ExecutorService executor = Executors.newSingleThreadExecutor();
        try {
            story.step("a first thread asks; in the middle of its choice it is held up");
            holds.set(true);
            Future<Upstream> first = executor.submit(cluster::acquire);
            story.expect("it looks whether c rests", await(inside, PATIENCE_MILLIS));
            story.step(
                    "a second thread, which has tried c, asks; the first one goes on when that is"
                            + " served, or kept out");
            // Having tried c it does not ask whether c rests, for which it would have to wait.
            Upstream c = cluster.upstream('c');
            Future<Upstream> second =
                    CompletableFuture.supplyAsync(() -> cluster.pool().acquire(Cluster.CLIENT, c));
            second.get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
            secondIsServed.countDown();
            first.get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
            story.expect("the uses of a, b, c", List.of(1, 2, 0), uses(cluster));
        } finally {
            executor.shutdownNow();
        }
    }

    @Test
    @Order(8)
    void sharesAreExactWhenManyThreadsAsk(Story story) throws Exception {
        story.step("a pool of a, b, c with weights 5, 2, 1");
        Cluster cluster = new Cluster(Balance.ROUND_ROBIN, 5, 2, 1);
        int all = THREADS * CHOICES;
        story.step("%s threads ask %s times each, %s times in all", THREADS, CHOICES, all);
        inEachThread(() -> cluster.hold(CHOICES));
        story.expect("the uses", List.of(all * 5 / 8, all * 2 / 8, all / 8), uses(cluster));
    }

    private static List<Integer> uses(Cluster cluster) {
        return cluster.upstreams().stream().map(Upstream::inUse).toList();
    }

    private static boolean await(CountDownLatch latch, int millis) {
        try {
            return latch.await(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            return false;
        }
    }

    private static void inEachThread(Runnable task) throws Exception {
        ExecutorService executor = Executors.newFixedThreadPool(THREADS);
        CyclicBarrier start = new CyclicBarrier(THREADS);
        List<Future<?>> running = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            running.add(
                    executor.submit(
                            () -> {
                                start.await();
                                task.run();
                                return null;
                            }));
        }
        try {
            for (Future<?> future : running) {
                future.get(30, TimeUnit.SECONDS);
            }
        } finally {
            executor.shutdownNow();
        }
    }
}
