package tinygate.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import tinygate.Settings.Balance;

/** Who is chosen in turn, and how often. */
class RoundRobinTest {

    @Test
    void equalWeightsTakeTurnsInTheOrderOfTheSettings() {
        assertThat(new Cluster(Balance.ROUND_ROBIN, 1, 1, 1).serve(7)).isEqualTo("abcabca");
    }

    @Test
    void weightsAreSpreadEvenlyAndNotServedInBlocks() {
        assertThat(new Cluster(Balance.ROUND_ROBIN, 5, 1, 1).serve(14)).isEqualTo("aabacaaaabacaa");
    }

    @Test
    void theLargestWeightsGiveExactShares() {
        String served = new Cluster(Balance.ROUND_ROBIN, 1000, 999, 1).serve(4000);

        assertThat(served.chars().filter(name -> name == 'a')).hasSize(2000);
        assertThat(served.chars().filter(name -> name == 'b')).hasSize(1998);
        assertThat(served.chars().filter(name -> name == 'c')).hasSize(2);
    }

    @Test
    void theOthersShareTheTurnsOfOneThatRestsAndItComesBackAfterwards() {
        FakeClock clock = new FakeClock(0);
        Cluster cluster = new Cluster(clock, Balance.ROUND_ROBIN, 1, 1, 1);
        cluster.upstream('b').failed();
        assertThat(cluster.serve(6)).isEqualTo("acacac");

        clock.advance(Duration.ofMillis(Cluster.REST_MILLIS));
        assertThat(cluster.serve(6)).isEqualTo("abcabc");
    }

    @Test
    void theCreditsStayWhenOneDropsOut() {
        Cluster cluster = new Cluster(Balance.ROUND_ROBIN, 1, 1, 1);
        assertThat(cluster.serve(1)).isEqualTo("a");
        cluster.upstream('c').failed();
        assertThat(cluster.serve(5)).isEqualTo("bbaba");
    }

    @Test
    void aSecondAttemptGoesToAnotherUpstream() {
        Cluster cluster = new Cluster(Balance.ROUND_ROBIN, 100, 1);
        Upstream first = cluster.acquire();

        Upstream second = cluster.pool().acquire(Cluster.CLIENT, first);

        assertThat(Cluster.name(first)).isEqualTo('a');
        assertThat(Cluster.name(second)).isEqualTo('b');
    }
}
