package tinygate.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tinygate.Settings;

/** When an upstream rests and when it is tried again. */
class PassiveHealthTest {
    private static final Duration REST = Duration.ofSeconds(10);

    private final FakeClock clock = new FakeClock(0);
    private final PassiveHealth health = health(3, clock);

    @Test
    void restsAfterEnoughFailuresInARow() {
        fail(health, 2);
        assertThat(health.resting()).isFalse();

        health.failed();
        assertThat(health.resting()).isTrue();
    }

    @Test
    void aSuccessClearsTheCount() {
        fail(health, 2);
        health.succeeded();
        fail(health, 2);
        assertThat(health.resting()).isFalse();

        health.failed();
        assertThat(health.resting()).isTrue();
    }

    @Test
    void aLimitOfOneRestsAtTheFirstFailure() {
        PassiveHealth strict = health(1, clock);

        strict.failed();

        assertThat(strict.resting()).isTrue();
    }

    @Test
    void oneMoreFailureAfterTheRestIsEnoughForTheNext() {
        fail(health, 3);
        clock.advance(REST);
        assertThat(health.resting()).isFalse();

        health.failed();
        assertRestsExactly(health, clock);
    }

    @Test
    void aSuccessAfterTheRestGivesBackAllItsFailures() {
        fail(health, 3);
        clock.advance(REST);
        health.succeeded();

        fail(health, 2);
        assertThat(health.resting()).isFalse();
    }

    @Test
    void failuresOfExchangesThatBeganBeforeTheRestDoNotProlongIt() {
        fail(health, 3);
        clock.advance(REST.minusNanos(1));
        fail(health, 10);
        assertThat(health.resting()).isTrue();

        clock.advance(Duration.ofNanos(1));
        assertThat(health.resting()).isFalse();
    }

    @Test
    void aSuccessOfAnExchangeThatBeganBeforeTheRestDoesNotCutItShort() {
        fail(health, 3);
        health.succeeded();

        assertRestsExactly(health, clock);
        fail(health, 2);
        assertThat(health.resting()).isFalse();
    }

    /** The clock may show anything, and may pass its largest value during a rest. */
    @ParameterizedTest
    @ValueSource(
            longs = {
                0,
                -1,
                -10_000_000_000L,
                Long.MIN_VALUE,
                Long.MAX_VALUE,
                Long.MAX_VALUE - 1,
                Long.MAX_VALUE - 5_000_000_000L,
                Long.MAX_VALUE - 10_000_000_000L
            })
    void restsForItsTimeWhateverTheClockShows(long startNanos) {
        FakeClock strangeClock = new FakeClock(startNanos);
        PassiveHealth strange = health(1, strangeClock);
        assertThat(strange.resting()).isFalse();

        strange.failed();
        assertRestsExactly(strange, strangeClock);
        strange.failed();
        assertRestsExactly(strange, strangeClock);
    }

    @Test
    void aLongTimeInServiceAfterARestDoesNotLookLikeARest() {
        fail(health, 3);
        clock.advance(REST);
        assertThat(health.resting()).isFalse();

        clock.advance(Duration.ofNanos(Long.MAX_VALUE));
        assertThat(health.resting()).isFalse();
        clock.advance(Duration.ofNanos(Long.MAX_VALUE));
        assertThat(health.resting()).isFalse();
    }

    private static PassiveHealth health(int failures, FakeClock clock) {
        return new PassiveHealth(
                new Settings.Health(failures, Math.toIntExact(REST.toMillis())), clock);
    }

    private static void fail(PassiveHealth health, int times) {
        for (int i = 0; i < times; i++) {
            health.failed();
        }
    }

    private static void assertRestsExactly(PassiveHealth health, FakeClock clock) {
        assertThat(health.resting()).isTrue();
        clock.advance(REST.minusNanos(1));
        assertThat(health.resting()).isTrue();
        clock.advance(Duration.ofNanos(1));
        assertThat(health.resting()).isFalse();
    }
}
