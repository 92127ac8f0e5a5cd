package tinygate.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import tinygate.Settings.Balance;

/** When an upstream whose checks fail gets requests. */
class CheckedHealthTest {
    private final CheckedHealth health = new CheckedHealth(2);

    @Test
    void failsAfterEnoughFailuresInARow() {
        health.checked(false);
        health.checked(true);
        health.checked(false);
        assertThat(health.failing()).isFalse();

        health.checked(false);
        assertThat(health.failing()).isTrue();
    }

    @Test
    void oneGoodCheckIsEnoughToComeBack() {
        for (int i = 0; i < 5; i++) {
            health.checked(false);
        }
        health.checked(true);
        assertThat(health.failing()).isFalse();
    }

    @Test
    void anUpstreamWhoseCheckFailsGetsNoRequestUntilOneSucceeds() {
        Cluster cluster = new Cluster(Balance.ROUND_ROBIN, 1, 1);
        cluster.upstream('a').checked(false);
        assertThat(cluster.hold(3)).isEqualTo("bbb");

        cluster.upstream('a').checked(true);
        assertThat(cluster.hold(4)).contains("a");
    }
}
