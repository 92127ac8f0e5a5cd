package tinygate.loop;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Exercise 2.7 tests the wheel step by step; this is about what no step alone shows. */
class TimerWheelTest {
    private static final long LATEST = TimeUnit.MILLISECONDS.toNanos(32); // two ticks
    private static final int MOST_MILLIS = 20_000; // more than two turns of the hand

    private final List<Alarm> expected = new ArrayList<>();
    private long now = Long.MAX_VALUE - TimeUnit.SECONDS.toNanos(30); // it overflows on the way
    private final TimerWheel wheel = new TimerWheel(now);

    private final class Alarm extends TimerWheel.Entry {
        private long deadline;

        @Override
        protected long deadlineNanos() {
            return deadline;
        }

        @Override
        protected void expired() {
            assertThat(now - deadline).as("how long after its deadline (ns)").isNotNegative();
            expected.remove(this);
        }
    }

    /** Alarms come, go and move; the loop sleeps until the wheel says, or is woken before. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void aLoopThatSleepsAsLongAsTheWheelSaysMissesNoAlarm(long seed) {
        Random random = new Random(seed);
        for (int step = 0; step < 5_000; step++) {
            change(random);
            long sleep = wheel.nanosToNext(now);
            assertThat(sleep < 0).as("whether it sleeps for ever").isEqualTo(expected.isEmpty());
            now +=
                    random.nextInt(4) == 0
                            ? (long) (random.nextDouble() * sleep)
                            : Math.max(0, sleep);
            for (Alarm alarm : expected) {
                assertThat(now - alarm.deadline).as("how late (ns)").isLessThan(LATEST);
            }
            wheel.advance(now);
        }
    }

    private void change(Random random) {
        int which = random.nextInt(expected.size() + 3);
        if (which < expected.size() && random.nextBoolean()) {
            wheel.remove(expected.remove(which));
            return;
        }
        Alarm alarm = which < expected.size() ? expected.get(which) : new Alarm();
        alarm.deadline = now + TimeUnit.MILLISECONDS.toNanos(random.nextInt(MOST_MILLIS));
        if (!expected.contains(alarm)) {
            expected.add(alarm);
        }
        wheel.update(alarm);
    }
}
