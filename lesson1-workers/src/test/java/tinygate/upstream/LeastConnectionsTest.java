package tinygate.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import tinygate.Settings.Balance;

/** Who has the fewest exchanges, and what happens when several have. */
class LeastConnectionsTest {

    @Test
    void theUpstreamThatWasGivenBackIsChosenAgain() {
        Cluster cluster = new Cluster(Balance.LEAST_CONNECTIONS, 1, 1, 1);
        assertThat(cluster.hold(6)).isEqualTo("abcabc");

        cluster.upstream('b').release();
        cluster.upstream('b').release();
        assertThat(cluster.hold(4)).isEqualTo("bbca");
    }

    @Test
    void equallyBusyUpstreamsTakeTurns() {
        assertThat(new Cluster(Balance.LEAST_CONNECTIONS, 1, 1, 1).serve(7)).isEqualTo("abcabca");
    }

    @Test
    void equallyBusyUpstreamsTakeTurnsAroundABusierOne() {
        Cluster cluster = new Cluster(Balance.LEAST_CONNECTIONS, 1, 1, 1);
        cluster.hold(2);
        cluster.upstream('a').release();

        assertThat(cluster.serve(5)).isEqualTo("cacac");
    }

    @Test
    void anUpstreamOfTwiceTheWeightHoldsTwiceAsMany() {
        Cluster cluster = new Cluster(Balance.LEAST_CONNECTIONS, 2, 1);

        cluster.hold(300);

        assertThat(cluster.upstream('a').inUse()).isEqualTo(200);
        assertThat(cluster.upstream('b').inUse()).isEqualTo(100);
    }

    @Test
    void anIdleUpstreamThatRestsIsPassedOver() {
        Cluster cluster = new Cluster(Balance.LEAST_CONNECTIONS, 1, 1);
        cluster.upstream('b').failed();

        assertThat(cluster.hold(3)).isEqualTo("aaa");
    }

    @Test
    void aSecondAttemptGoesToABusierUpstreamRatherThanToTheTriedOne() {
        Cluster cluster = new Cluster(Balance.LEAST_CONNECTIONS, 1, 1);
        cluster.hold(2);
        Upstream first = cluster.upstream('a');
        first.release();

        assertThat(cluster.pool().acquire(Cluster.CLIENT, first)).isSameAs(cluster.upstream('b'));
    }
}
