package tinygate.sqpoll;

import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tinygate.kit.Exercise;
import tinygate.kit.Story;

/** Exercise 4.6: how long to look before sleeping. The clock goes on by one with each look. */
@Exercise(
        id = "4.6",
        title = "Sleep and wake",
        points = 10,
        minutes = 20,
        chapter = "lesson4.html#ex-4-6",
        code = {"tinygate.sqpoll.BusyWait"},
        hints = {
            """
            A loop that looks first and asks the clock then, so that it looks once whatever the time:
            do { ... } while (there is time). Between two looks: Thread.onSpinWait().""",
            """
            The time is the smaller one of budget and limitNanos. What has passed is clock.getAsLong() - begin, also where
            the clock overflows; begin + limit would overflow where the limit is "for ever".""",
            """
            When it is so: budget = Math.min(most, 2 * budget), and true. When the time is over:
            budget = Math.max(most / SHORTEST_PART, budget / 2), and false.""",
        })
public class BusyWaitExercise {
    private static final long MOST = 1600;
    private static final long FOR_EVER = Long.MAX_VALUE;

    private long now;
    private int looks;

    /** A condition that is so at the look with this number. */
    private boolean await(BusyWait wait, int soAtLook, long limit) {
        looks = 0;
        return wait.await(
                () -> {
                    now++;
                    return ++looks == soAtLook;
                },
                limit);
    }

    private BusyWait busyWait(long most) {
        return new BusyWait(most, () -> now);
    }

    private void expectInVain(Story story, BusyWait wait, long limit, long expected) {
        story.step("a wait in vain, " + (limit == FOR_EVER ? "without limit" : "limit " + limit));
        story.expect("it answers", false, await(wait, -1, limit));
        boolean about = Math.abs(looks - expected) <= 2;
        story.expect("how long it has looked", expected, about ? expected : (long) looks);
    }

    @Test
    @Order(1)
    void itLooksOnceEvenWithoutTime(Story story) {
        story.step("a wait of 0 for what is so already");
        story.expect("it answers", true, await(busyWait(0), 1, 0));
        story.step("a wait of 0 for what never is");
        story.expect("it answers", false, await(busyWait(0), -1, FOR_EVER));
    }

    @Test
    @Order(2)
    void itComesBackAsSoonAsItIsSo(Story story) {
        story.step("a wait of %s for what is so at look 5", MOST);
        story.expect("it answers", true, await(busyWait(MOST), 5, FOR_EVER));
        story.expect("looks", 5, looks);
    }

    @Test
    @Order(3)
    void itLooksForAsLongAsItMayAndNotLonger(Story story) {
        expectInVain(story, busyWait(MOST), FOR_EVER, MOST);
        expectInVain(story, busyWait(MOST), 70, 70);
        expectInVain(story, busyWait(FOR_EVER), 70, 70);
    }

    @Test
    @Order(4)
    void eachWaitInVainHalvesTheNextDownToASixteenth(Story story) {
        BusyWait wait = busyWait(MOST);
        for (long expected : new long[] {1600, 800, 400, 200, 100, 100, 100}) {
            expectInVain(story, wait, FOR_EVER, expected);
        }
    }

    @Test
    @Order(5)
    void eachWaitThatWasNotDoublesTheNextUpToTheMost(Story story) {
        BusyWait wait = busyWait(MOST);
        for (long expected : new long[] {1600, 800, 400}) {
            expectInVain(story, wait, FOR_EVER, expected);
        }
        story.step("a wait that was not in vain");
        await(wait, 1, FOR_EVER);
        expectInVain(story, wait, FOR_EVER, 400);
        for (int i = 0; i < 10; i++) {
            story.step("a wait that was not in vain");
            await(wait, 1, FOR_EVER);
        }
        expectInVain(story, wait, FOR_EVER, MOST);
    }

    @ParameterizedTest
    @Order(6)
    @ValueSource(longs = {Long.MAX_VALUE - 10, -10, Long.MIN_VALUE, 1_000_000_000})
    void theClockMayShowAnythingAndOverflow(long start, Story story) {
        story.step("the clock shows %s", start);
        now = start;
        expectInVain(story, busyWait(MOST), FOR_EVER, MOST);
        expectInVain(story, busyWait(FOR_EVER), MOST, MOST);
    }
}
