package tinygate.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tinygate.HostPort;
import tinygate.Settings;
import tinygate.Settings.Balance;
import tinygate.Settings.Route;
import tinygate.Settings.UpstreamServer;

/** Which pool serves a host, and which settings are refused. */
class RoutesTest {
    private static final UpstreamServer A = server("127.0.0.1:8001", 1);
    private static final UpstreamServer B = server("127.0.0.1:8002", 1);

    @ParameterizedTest
    @CsvSource({
        "example.com,            exact",
        "EXAMPLE.Com,            exact",
        "example.com.,           exact",
        "www.example.com,        suffix",
        "a.b.c.example.com,      suffix",
        "WWW.EXAMPLE.COM.,       suffix",
        "api.example.com,        suffix",
        "v1.api.example.com,     longer suffix",
        "x.v1.api.example.com,   longer suffix",
        "www.api.example.com,    exact below a suffix",
        "notexample.com,         any",
        ".example.com,           any",
        "example.com..,          any",
        "example.org,            any",
        "com,                    any",
        "'',                     any",
        "10.0.0.1,               IPv4",
        "[2001:DB8::1],          IPv6",
        "2001:db8::1,            IPv6"
    })
    void aHostIsServedByItsNameThenTheLongestSuffixThenAny(String host, String expected) {
        List<String> hosts =
                List.of(
                        "*",
                        "*.Example.com",
                        "Example.COM",
                        "*.api.example.com.",
                        "www.api.example.com",
                        "10.0.0.1",
                        "[2001:db8::1]");
        List<String> names =
                List.of(
                        "any",
                        "suffix",
                        "exact",
                        "longer suffix",
                        "exact below a suffix",
                        "IPv4",
                        "IPv6");
        Routes routes =
                routes(
                        Stream.iterate(0, i -> i < hosts.size(), i -> i + 1)
                                .map(i -> route(hosts.get(i), server("127.0.0.1:" + (i + 1), 1)))
                                .toArray(Route[]::new));

        Upstream served = routes.poolFor(host).acquire(Cluster.CLIENT, null);

        assertThat(names.get(served.address().getPort() - 1)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"example.org", "example.com", "", "*"})
    void withoutADefaultOtherHostsAreNotServed(String host) {
        Routes routes = routes(route("www.example.com", A), route("*.example.net", B));

        assertThat(routes.poolFor(host)).isNull();
    }

    @Test
    void twoRoutesShareTheUseAndTheHealthOfOneServer() {
        Routes routes = routes(route("one.example", A), route("two.example", A, B));
        Pool one = routes.poolFor("one.example");
        Pool two = routes.poolFor("two.example");

        Upstream shared = one.acquire(Cluster.CLIENT, null);
        assertThat(two.acquire(Cluster.CLIENT, null)).isSameAs(shared);
        assertThat(shared.inUse()).isEqualTo(2);

        for (int i = 0; i < Settings.Health.DEFAULTS.failures(); i++) {
            shared.failed();
        }
        assertThat(one.acquire(Cluster.CLIENT, null)).isNull();
        assertThat(two.acquire(Cluster.CLIENT, null)).hasToString("127.0.0.1:8002");
    }

    @Test
    void everyServerIsListedOnceInTheOrderOfTheSettings() {
        Routes routes = routes(route("one.example", B), route("two.example", A, B));

        assertThat(routes.upstreams())
                .extracting(Upstream::toString)
                .containsExactly("127.0.0.1:8002", "127.0.0.1:8001");
    }

    @Test
    void anUpstreamTellsItsAddressAndWeight() {
        Upstream upstream = routes(route("*", server("[::1]:8003", 7))).upstreams().get(0);

        assertThat(upstream.weight()).isEqualTo(7);
        assertThat(upstream.address()).isEqualTo(new HostPort("::1", 8003).resolve());
        assertThat(upstream.address().isUnresolved()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"example.com, EXAMPLE.com", "example.com, example.com.", "*.a.b, *.A.b", "*, *"})
    void twoRoutesForOneHostAreRefused(String first, String second) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> routes(route(first, A), route(second, B)))
                .withMessage(
                        "two routes serve the host '%s': put their upstreams into one route",
                        second);
    }

    @Test
    void aRouteWithoutUpstreamsIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> routes(route("example.com")))
                .withMessage(
                        "the route for 'example.com' has no upstreams: give it at least one, or"
                                + " remove it");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".",
                "example..com",
                ".example.com",
                "example.com..",
                "*.",
                "*.*.com",
                "**",
                "[*]",
                "*example.com",
                "www.*.com",
                "*.example.*",
                "example.com:80",
                "bad:80",
                "http://example.com",
                "example.com/path",
                "two words",
                " example.com",
                "-a.com",
                "a-.com",
                "b\u00fccher.example",
                // a label of 64 characters
                "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef.com"
            })
    void aHostThatNoRequestCanNameIsRefused(String host) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> routes(route(host, A)))
                .withMessageStartingWith("'" + host + "' is not a host that a route can serve")
                .withMessageContaining("www.example.com");
    }

    @Test
    void anUpstreamWhoseNameIsNotKnownIsNamed() {
        // Not an IPv6 address, so that the look-up fails without asking a name server.
        UpstreamServer unknown = new UpstreamServer(new HostPort("no:where", 80), 1);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> routes(route("*", A, unknown)))
                .withMessage(
                        "the name of upstream '[no:where]:80' is not known: check its spelling, or"
                                + " write its IP address");
    }

    @Test
    void oneServerTwiceInARouteIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> routes(route("*", A, B, A)))
                .withMessage(
                        "the route for '*' has the upstream '127.0.0.1:8001' twice: name it once,"
                                + " with a higher weight");
    }

    @Test
    void oneServerWithTwoWeightsIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () ->
                                routes(
                                        route("one.example", A),
                                        route("two.example", server("127.0.0.1:8001", 2))))
                .withMessage(
                        "upstream '127.0.0.1:8001' has weight 1 in one route and 2 in another: a"
                                + " weight belongs to the server, give it the same in both");
    }

    private static UpstreamServer server(String address, int weight) {
        return new UpstreamServer(HostPort.parse(address), weight);
    }

    private static Route route(String host, UpstreamServer... servers) {
        return new Route(host, Balance.ROUND_ROBIN, List.of(servers));
    }

    private static Routes routes(Route... routes) {
        return new Routes(List.of(routes), Settings.Health.DEFAULTS, () -> 0);
    }
}
