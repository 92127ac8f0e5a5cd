package tinygate.observe;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** That what is counted can be read back. */
class StatsTest {
    private final Stats stats = new Stats();

    @Test
    void anOpenConnectionIsActiveUntilItCloses() {
        stats.connectionAccepted();
        stats.connectionAccepted();
        stats.connectionClosed();
        assertThat(stats.connectionsAccepted()).isEqualTo(2);
        assertThat(stats.connectionsActive()).isEqualTo(1);
    }

    @Test
    void exchangesAreCountedByTheClassOfTheirStatus() {
        for (int status : new int[] {200, 204, 299, 301, 404, 599, 0, 99, 600}) {
            stats.exchangeStarted();
            stats.exchangeFinished(status);
        }
        stats.exchangeStarted();
        assertThat(stats.answers(2)).isEqualTo(3);
        assertThat(stats.answers(3)).isEqualTo(1);
        assertThat(stats.answers(4)).isEqualTo(1);
        assertThat(stats.answers(5)).isEqualTo(1);
        assertThat(stats.answers(0)).isEqualTo(3);
        assertThat(stats.exchangesFinished()).isEqualTo(9);
        assertThat(stats.exchangesRunning()).isEqualTo(1);
    }

    @Test
    void twoGatesCountApart() {
        new Stats().retried();
        assertThat(stats.retries()).isZero();
    }
}
