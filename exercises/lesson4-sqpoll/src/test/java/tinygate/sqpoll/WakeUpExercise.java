package tinygate.sqpoll;

import java.lang.invoke.VarHandle;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tinygate.kit.Exercise;
import tinygate.kit.Story;

/** Exercise 4.2: two sides that each write one word and read the other's. */
@Exercise(
        id = "4.2",
        title = "The wake-up race",
        points = 15,
        minutes = 20,
        chapter = "lesson4.html#ex-4-2",
        code = {"tinygate.sqpoll.WakeUp"},
        seconds = 20,
        hints = {
            """
            The drawing at the head of the class has all three steps. Each of them is one of the three fields; the order
            is the exercise.""",
            """
            A processor keeps a write in a buffer of its own for a while and reads on meanwhile. So the fence stands
            between your write (the tail) and your read (the flag), neither before nor behind both. A flag that was read
            before the tail was written says nothing.""",
            "tail.run(); fence.run(); return asleep.getAsBoolean();",
        })
public class WakeUpExercise {
    private static final int ROUNDS = 1_000_000;
    private static final long MOST_NANOS = TimeUnit.SECONDS.toNanos(2);
    private static final int MOMENTS = 5;

    @ParameterizedTest
    @Order(1)
    @ValueSource(booleans = {false, true})
    void thePollerIsToBeWokenIfItSleepsAndNotElse(boolean sleeps, Story story) {
        story.step(sleeps ? "the poller sleeps; publish()" : "the poller is awake; publish()");
        int[] published = new int[1];
        WakeUp wakeUp = new WakeUp(() -> published[0]++, () -> sleeps);
        story.expect("it must be woken", sleeps, wakeUp.publish());
        story.expect("times the tail was published", 1, published[0]);
    }

    @Test
    @Order(2)
    void inWhateverOrderBothSidesRunNoWakeUpIsLost(Story story) {
        story.step("the poller falls asleep while publish() runs, each time at other moments");
        for (int flagAt = 0; flagAt < MOMENTS; flagAt++) {
            for (int lookAt = flagAt; lookAt < MOMENTS; lookAt++) {
                WakeUpSchedule schedule = new WakeUpSchedule(flagAt, lookAt);
                boolean woken = schedule.run();
                if (schedule.sleepsOnAnEntry() && !woken) {
                    schedule.events().forEach(story::step);
                    story.expect("somebody wakes a poller that sleeps on an entry", true, woken);
                }
            }
        }
    }

    @Test
    @Order(3)
    void onTwoProcessorsNoWakeUpIsLost(Story story) {
        Assumptions.assumeTrue(
                Runtime.getRuntime().availableProcessors() > 1,
                "the race needs two processors that run at once, and there is one");
        story.step("a poller on another thread, for two seconds or %s rounds", ROUNDS);
        PollerModel model = new PollerModel(VarHandle::fullFence);
        model.run(ROUNDS, System.nanoTime() + MOST_NANOS);
        story.expect("wake-ups that were lost, in round " + model.rounds(), 0, model.lost());
    }
}
