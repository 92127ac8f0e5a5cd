package tinygate.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tinygate.Settings.Balance;

/** What holds for every way of balancing. */
class PoolTest {

    @ParameterizedTest
    @EnumSource(Balance.class)
    void aRestingUpstreamIsNeverChosen(Balance balance) {
        Cluster cluster = new Cluster(balance, 1, 1, 1);
        cluster.upstream('a').failed();
        cluster.upstream('c').failed();

        assertThat(cluster.hold(10)).isEqualTo("bbbbbbbbbb");
    }

    @ParameterizedTest
    @EnumSource(Balance.class)
    void thereIsNoneWhenAllRest(Balance balance) {
        Cluster cluster = new Cluster(balance, 1, 1);
        cluster.upstream('a').failed();
        cluster.upstream('b').failed();

        assertThat(cluster.acquire()).isNull();
    }

    @ParameterizedTest
    @EnumSource(Balance.class)
    void thereIsNoneWhenTheOnlyOneWasTried(Balance balance) {
        Cluster cluster = new Cluster(balance, 1);
        Upstream only = cluster.acquire();

        assertThat(cluster.pool().acquire(Cluster.CLIENT, only)).isNull();
        assertThat(only.inUse()).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(Balance.class)
    void thereIsNoneWhenOneWasTriedAndTheOtherRests(Balance balance) {
        Cluster cluster = new Cluster(balance, 1, 1);
        cluster.upstream('b').failed();

        assertThat(cluster.pool().acquire(Cluster.CLIENT, cluster.upstream('a'))).isNull();
    }

    @ParameterizedTest
    @EnumSource(Balance.class)
    void anUpstreamIsInUseUntilItIsReleased(Balance balance) {
        Cluster cluster = new Cluster(balance, 1);

        Upstream upstream = cluster.acquire();
        cluster.acquire();
        assertThat(upstream.inUse()).isEqualTo(2);

        upstream.release();
        upstream.release();
        assertThat(upstream.inUse()).isZero();
    }

    @Test
    void aUseThatIsEndedTwiceIsReported() {
        Upstream upstream = new Cluster(Balance.ROUND_ROBIN, 1).acquire();
        upstream.release();

        assertThatIllegalStateException()
                .isThrownBy(upstream::release)
                .withMessageContaining(upstream.toString())
                .withMessageContaining("release it once for each acquire");
        assertThat(upstream.inUse()).isZero();
    }
}
