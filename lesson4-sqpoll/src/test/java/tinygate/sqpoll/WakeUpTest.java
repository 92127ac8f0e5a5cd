package tinygate.sqpoll;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The race between publishing an entry and a poller that goes to sleep. */
@Timeout(120)
class WakeUpTest {
    private static final int ROUNDS = 3_000_000;
    private static final long MOST_NANOS = TimeUnit.SECONDS.toNanos(5);
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(60);

    @Test
    void theTailIsPublishedThenFencedThenTheFlagIsRead() {
        List<String> steps = new ArrayList<>();
        WakeUp wakeUp =
                new WakeUp(
                        () -> steps.add("tail"), () -> steps.add("flag"), () -> steps.add("fence"));
        assertThat(wakeUp.publish()).isTrue();
        assertThat(steps).containsExactly("tail", "fence", "flag");
    }

    @Test
    void withTheFenceNoWakeUpIsLost() {
        needsTwoProcessors();
        PollerModel model = new PollerModel(VarHandle::fullFence);
        model.run(ROUNDS, System.nanoTime() + MOST_NANOS);
        assertThat(model.lost()).as("lost in round %d", model.rounds()).isZero();
        assertThat(model.wakeUps()).as("wake-ups").isPositive();
    }

    /** Shows that the test above would find it. */
    @Test
    void withoutTheFenceAWakeUpIsLost() {
        needsTwoProcessors();
        PollerModel model = new PollerModel(() -> {});
        model.run(Integer.MAX_VALUE, System.nanoTime() + PATIENCE_NANOS);
        assertThat(model.lost()).as("lost in %d rounds", model.rounds()).isPositive();
    }

    private static void needsTwoProcessors() {
        assumeTrue(
                Runtime.getRuntime().availableProcessors() > 1,
                "the race needs two processors that run at once, and there is one");
    }
}
