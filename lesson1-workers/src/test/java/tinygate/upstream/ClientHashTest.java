package tinygate.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.net.InetAddress;
import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tinygate.Settings;
import tinygate.Settings.Balance;
import tinygate.Settings.UpstreamServer;

/** Which client goes where, and who moves when an upstream rests. */
class ClientHashTest {
    /** Neighbors, as clients of one network are. */
    private static final List<InetAddress> CLIENTS =
            IntStream.range(0, 12_000).mapToObj(i -> Cluster.client(0x0a000000 + i)).toList();

    @Test
    void aClientStaysWithItsUpstream() {
        Cluster cluster = new Cluster(Balance.CLIENT_HASH, 1, 1, 1);

        assertThat(homes(cluster)).isEqualTo(homes(cluster));
    }

    @Test
    void neighboringClientsAreSpreadByWeight() {
        Map<Character, Long> shares =
                homes(new Cluster(Balance.CLIENT_HASH, 3, 2, 1)).values().stream()
                        .collect(Collectors.groupingBy(name -> name, Collectors.counting()));

        assertThat(shares.get('a')).isCloseTo(6000, within(250L));
        assertThat(shares.get('b')).isCloseTo(4000, within(250L));
        assertThat(shares.get('c')).isCloseTo(2000, within(250L));
    }

    @Test
    void aRestMovesOnlyTheClientsOfTheUpstreamThatRestsAndOnlyForItsTime() {
        FakeClock clock = new FakeClock(0);
        Cluster cluster = new Cluster(clock, Balance.CLIENT_HASH, 1, 1, 1);
        Map<InetAddress, Character> before = homes(cluster);

        cluster.upstream('b').failed();
        Map<InetAddress, Character> during = homes(cluster);
        clock.advance(Duration.ofMillis(Cluster.REST_MILLIS));

        assertThat(during).doesNotContainValue('b').containsValue('a').containsValue('c');
        before.forEach(
                (client, home) -> {
                    if (home != 'b') {
                        assertThat(during).containsEntry(client, home);
                    }
                });
        assertThat(homes(cluster)).isEqualTo(before);
    }

    @Test
    void theClientsOfAnUpstreamThatRestsAreSpreadOverTheOthers() {
        Cluster cluster = new Cluster(Balance.CLIENT_HASH, 1, 1, 1);
        Map<InetAddress, Character> before = homes(cluster);
        cluster.upstream('b').failed();

        Map<Character, Long> refuge =
                homes(cluster).entrySet().stream()
                        .filter(entry -> before.get(entry.getKey()) == 'b')
                        .collect(Collectors.groupingBy(Map.Entry::getValue, Collectors.counting()));

        assertThat(refuge.get('a')).isCloseTo(2000, within(250L));
        assertThat(refuge.get('c')).isCloseTo(2000, within(250L));
    }

    @Test
    void theOrderOfTheSettingsMovesNoClient() {
        List<UpstreamServer> servers =
                List.of(
                        new UpstreamServer(Cluster.address('c'), 1),
                        new UpstreamServer(Cluster.address('a'), 1),
                        new UpstreamServer(Cluster.address('b'), 1));
        Pool reordered =
                new Routes(
                                List.of(new Settings.Route("*", Balance.CLIENT_HASH, servers)),
                                Settings.Health.DEFAULTS,
                                () -> 0)
                        .poolFor("any.example");

        assertThat(homes(reordered)).isEqualTo(homes(new Cluster(Balance.CLIENT_HASH, 1, 1, 1)));
    }

    @Test
    void ipv6ClientsOfOneNetworkAreSpread() throws Exception {
        Cluster cluster = new Cluster(Balance.CLIENT_HASH, 1, 1);
        int onFirst = 0;
        for (int i = 0; i < 1000; i++) {
            InetAddress client = InetAddress.getByName("2001:db8::" + Integer.toHexString(i));
            if (cluster.pool().acquire(client, null) == cluster.upstream('a')) {
                onFirst++;
            }
        }

        assertThat(onFirst).isCloseTo(500, within(70));
    }

    @Test
    void aSecondAttemptOfAClientGoesToTheSameOtherUpstreamEachTime() {
        Cluster cluster = new Cluster(Balance.CLIENT_HASH, 1, 1, 1);
        Upstream home = cluster.acquire();

        Upstream other = cluster.pool().acquire(Cluster.CLIENT, home);

        assertThat(other).isNotNull().isNotSameAs(home);
        assertThat(Collections.nCopies(10, home))
                .allSatisfy(
                        tried ->
                                assertThat(cluster.pool().acquire(Cluster.CLIENT, tried))
                                        .isSameAs(other));
    }

    private static Map<InetAddress, Character> homes(Cluster cluster) {
        return homes(cluster.pool());
    }

    private static Map<InetAddress, Character> homes(Pool pool) {
        Map<InetAddress, Character> homes = new HashMap<>();
        for (InetAddress client : CLIENTS) {
            homes.put(client, Cluster.name(pool.acquire(client, null)));
        }
        return homes;
    }
}
