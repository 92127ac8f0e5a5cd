package tinygate.loop;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tinygate.kit.Exercise;
import tinygate.kit.Story;

/** Exercise 2.7: ten thousand deadlines, most of which are never reached. */
@Exercise(
        id = "2.7",
        title = "The timer wheel",
        points = 15,
        minutes = 35,
        chapter = "lesson2.html#ex-2-7",
        code = "tinygate.loop.TimerWheel",
        hints = {
            """
            Times are compared by their difference, a - b > 0, never by a > b: nanoTime may overflow. tickOf gives the
            tick of a deadline, and lists[(int) (tick % TICKS)] is that tick's list; insert and remove keep it.""",
            """
            update(): only an entry that is in no list (tick < 0), or that is now due before its tick, is moved. advance():
            for each tick from hand to the present one, all entries of its list go through handle(). If the loop slept
            for more than a turn, begin TICKS - 1 ticks before the present: one turn looks at every list.""",
            """
            Move the hand on before a list is gone through, and keep entry.next before handle(entry), which may remove
            it. handle(): if entry.tick >= hand it is a later turn's and stays. Else take it out; if its deadline, as it
            is now, has not come, insert it at tickOf(deadline), else it is expired(). nanosToNext(): -1 if size is 0;
            else find the first list from hand on that is not null, and tell the time until its tick, at least 0."""
        })
public class TimerWheelExercise {
    private static final long MILLI = 1_000_000;
    private static final int TICK_MILLIS = 16;

    private long start = 1_000 * MILLI;
    private long now = start;
    private TimerWheel wheel = new TimerWheel(start);

    /** Told by the wheel; its times are in milliseconds since the start. */
    private class Alarm extends TimerWheel.Entry {
        final List<Integer> toldAt = new ArrayList<>();
        int at;

        Alarm(int at) {
            this.at = at;
        }

        @Override
        protected long deadlineNanos() {
            return start + at * MILLI;
        }

        @Override
        protected void expired() {
            toldAt.add(nowMillis());
        }
    }

    private Alarm alarm(int at) {
        Alarm alarm = new Alarm(at);
        wheel.update(alarm);
        return alarm;
    }

    private int nowMillis() {
        return (int) ((now - start) / MILLI);
    }

    /** The loop turns once a millisecond. */
    private void passes(int millis) {
        for (int i = 0; i < millis; i++) {
            sleeps(1);
        }
    }

    /** The loop turns once, after so many milliseconds. */
    private void sleeps(int millis) {
        now += millis * MILLI;
        wheel.advance(now);
    }

    private static void expectTold(Story story, Alarm alarm) {
        String name = "the alarm for " + alarm.at + " ms";
        story.expect("how often " + name + " was told", 1, alarm.toldAt.size());
        int late = alarm.toldAt.get(0) - alarm.at;
        if (late < 0 || late > TICK_MILLIS) {
            story.expect(
                    "when " + name + " was told",
                    "from " + alarm.at + " to " + (alarm.at + TICK_MILLIS),
                    "at " + alarm.toldAt.get(0));
        }
    }

    @ParameterizedTest
    @Order(1)
    @ValueSource(ints = {0, 1, 15, 16, 17, 100, 1_000})
    void anAlarmIsToldWhenItsTimeHasComeAndOnce(int at, Story story) {
        story.step("an alarm in %s ms", at);
        Alarm alarm = alarm(at);
        story.step("2000 ms pass; the loop turns the wheel in each of them");
        passes(2_000);
        expectTold(story, alarm);
    }

    @ParameterizedTest
    @Order(2)
    @ValueSource(ints = {8_100, 8_192, 20_000, 70_000})
    void oneThatIsFartherAwayThanATurnOfTheHandWaits(int at, Story story) {
        story.step("an alarm in %s ms; a turn of the hand takes 8192", at);
        Alarm alarm = alarm(at);
        story.step("80 s pass, millisecond by millisecond");
        passes(80_000);
        expectTold(story, alarm);
    }

    @ParameterizedTest
    @Order(3)
    @ValueSource(booleans = {true, false})
    void aDeadlineThatMovesToLaterIsTakenAsItIsThen(boolean told, Story story) {
        story.step("an alarm in 100 ms");
        Alarm alarm = alarm(100);
        story.step("every 10 ms it moves to later, %s update()", told ? "with" : "without");
        for (int i = 1; i <= 300; i++) {
            passes(10);
            alarm.at += 10;
            if (told) {
                wheel.update(alarm);
            }
        }
        story.expect("how often it was told before its time", 0, alarm.toldAt.size());
        story.step("it does not move any more");
        passes(200);
        expectTold(story, alarm);
    }

    @Test
    @Order(4)
    void aDeadlineThatMovesToEarlierIsNotMissed(Story story) {
        story.step("an alarm in 5000 ms, another in 60");
        Alarm alarm = alarm(5_000);
        Alarm other = alarm(60);
        passes(50);
        story.step("after 50 ms the first moves to 100, with update()");
        alarm.at = 100;
        wheel.update(alarm);
        passes(10_000);
        expectTold(story, alarm);
        expectTold(story, other);
    }

    @Test
    @Order(5)
    void whoIsRemovedIsNotToldAndMayComeAgain(Story story) {
        story.step("three alarms in 100 ms; the second is removed");
        Alarm first = alarm(100);
        Alarm second = alarm(100);
        Alarm third = alarm(100);
        wheel.remove(second);
        passes(150);
        expectTold(story, first);
        expectTold(story, third);
        story.expect("how often the second was told", 0, second.toldAt.size());
        story.step("the second comes again, for 200 ms");
        second.at = 200;
        wheel.update(second);
        passes(150);
        expectTold(story, second);
    }

    @ParameterizedTest
    @Order(6)
    @ValueSource(ints = {1_000, 8_191, 8_192, 9_000, 30_000, 1_000_000})
    void aLoopThatHasSleptForLongTellsAllThatIsDue(int sleep, Story story) {
        int[] times = {10, 16, 500, 984, 999};
        story.step("alarms in 10, 16, 500, 984 and 999 ms, and one in 1000 ms more than %s", sleep);
        List<Alarm> alarms = new ArrayList<>();
        for (int at : times) {
            alarms.add(alarm(at));
        }
        Alarm later = alarm(sleep + 1_000);
        story.step("the loop is busy for %s ms; then it turns the wheel, and once more", sleep);
        sleeps(sleep);
        sleeps(TICK_MILLIS);
        for (Alarm alarm : alarms) {
            story.expect("how often that for " + alarm.at + " was told", 1, alarm.toldAt.size());
        }
        story.expect("how often the late one was told", 0, later.toldAt.size());
        passes(2_000);
        expectTold(story, later);
    }

    @Test
    @Order(7)
    void whoIsToldMaySetTheNextDeadline(Story story) {
        story.step("an alarm every 50 ms, which updates itself when it is told");
        Alarm every50 =
                new Alarm(50) {
                    @Override
                    protected void expired() {
                        super.expired();
                        at += 50;
                        wheel.update(this);
                    }
                };
        wheel.update(every50);
        passes(1_020);
        story.expect("how often it was told in 1020 ms", 20, every50.toldAt.size());
        story.step("now it wants to be told again at once, each time");
        Alarm atOnce =
                new Alarm(nowMillis()) {
                    @Override
                    protected void expired() {
                        super.expired();
                        at = nowMillis();
                        if (toldAt.size() < 1_000) {
                            wheel.update(this);
                        }
                    }
                };
        wheel.update(atOnce);
        sleeps(TICK_MILLIS);
        story.expect("how often it is told in one turn of the loop", 1, atOnce.toldAt.size());
    }

    @Test
    @Order(8)
    void aClockThatOverflowsHarmsNothing(Story story) {
        start = Long.MAX_VALUE - 50 * MILLI;
        now = start;
        wheel = new TimerWheel(start);
        story.step(
                "the clock overflows in 50 ms; alarms in 20, 100 and 9000 ms, and one more in 20");
        List<Alarm> alarms = List.of(alarm(20), alarm(100), alarm(9_000), alarm(20));
        story.step("the last one moves to 70 ms");
        alarms.get(3).at = 70;
        passes(10_000);
        alarms.forEach(alarm -> expectTold(story, alarm));
    }

    @Test
    @Order(9)
    void theLoopMaySleepUntilTheNextAlarmAndNoLonger(Story story) {
        story.expect("how long it may sleep without an alarm (ns)", -1L, wheel.nanosToNext(now));
        story.step("an alarm in 100 ms");
        Alarm alarm = alarm(100);
        expectSleep(story, 100);
        story.step("60 ms pass");
        passes(60);
        expectSleep(story, 40);
        story.step("60 ms more are over, and the loop has not turned the wheel yet");
        now += 60 * MILLI;
        story.expect("how long it may sleep (ns)", 0L, wheel.nanosToNext(now));
        wheel.advance(now);
        story.expect("how often the alarm was told", 1, alarm.toldAt.size());
        story.expect("how long it may sleep now (ns)", -1L, wheel.nanosToNext(now));
    }

    private void expectSleep(Story story, int millis) {
        long sleep = wheel.nanosToNext(now);
        if (sleep < millis * MILLI || sleep > (millis + TICK_MILLIS) * MILLI) {
            story.expect(
                    "how long the loop may sleep (ms)",
                    "from " + millis + " to " + (millis + TICK_MILLIS),
                    String.valueOf(sleep / (double) MILLI));
        }
    }

    @Test
    @Order(10)
    void aLoopThatSleepsAsLongAsItMayTurnsSeldom(Story story) {
        story.step("an alarm in 30 s; the loop sleeps each time as long as it may");
        Alarm alarm = alarm(30_000);
        int turns = 0;
        while (alarm.toldAt.isEmpty() && turns < 100) {
            turns++;
            sleeps(Math.max(0, wheel.millisToNext(now)));
        }
        story.expect("it turned less than 10 times until the alarm was told", turns < 10);
        expectTold(story, alarm);
    }
}
