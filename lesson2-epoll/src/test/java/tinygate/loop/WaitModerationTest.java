package tinygate.loop;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class WaitModerationTest {
    private static final int CROWD = 16;

    private long now = Long.MAX_VALUE - TimeUnit.MILLISECONDS.toNanos(3); // it overflows on the way
    private final WaitModeration moderation = new WaitModeration(now);

    private void turns(int count, int events, long microsEach) {
        for (int i = 0; i < count; i++) {
            now += TimeUnit.MICROSECONDS.toNanos(microsEach);
            moderation.brought(events, now);
        }
    }

    @Test
    void eventsThatComeFastButOneByOneAreWorthAPause() {
        turns(300, 1, 20); // 50 a millisecond
        assertThat(moderation.pausePays(CROWD)).isTrue();
    }

    @Test
    void afterATurnThatHasBroughtEnoughThereIsNoPause() {
        turns(300, 1, 20);
        turns(1, 8, 20);
        assertThat(moderation.pausePays(CROWD)).isFalse();
        turns(1, 7, 20);
        assertThat(moderation.pausePays(CROWD)).isTrue();
    }

    @Test
    void afterATurnThatHasBroughtNothingThereIsNoPause() {
        turns(300, 1, 20);
        turns(1, 0, 20);
        assertThat(moderation.pausePays(CROWD)).isFalse();
    }

    @Test
    void whileFewRequestsAreUnderWayTheyAreServedAtOnce() {
        turns(300, 1, 20);
        assertThat(moderation.pausePays(CROWD - 1)).isFalse();
    }

    @Test
    void eventsThatComeSlowlyAreServedAtOnce() {
        turns(300, 1, 40); // 25 a millisecond
        assertThat(moderation.pausePays(1_000)).isFalse();
    }

    @Test
    void aRushThatIsOverIsForgottenWithinTheNextTurns() {
        turns(300, 1, 20);
        turns(1, 1, 5_000); // the loop has slept
        assertThat(moderation.pausePays(CROWD)).isFalse();
    }

    @Test
    void aLoopThatPausesGoesOnSo() {
        turns(300, 1, 20);
        turns(300, 5, 150); // a pause of 100, and five events: 33 a millisecond
        assertThat(moderation.pausePays(CROWD)).isTrue();
    }
}
