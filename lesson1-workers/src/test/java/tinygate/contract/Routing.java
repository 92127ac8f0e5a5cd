package tinygate.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static tinygate.contract.Message.head;

import java.io.IOException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tinygate.Settings.Balance;
import tinygate.Settings.Route;

/** Rule P1: which upstreams serve which hosts. */
interface Routing extends TestedGate {

    @ParameterizedTest
    @Tag("P1")
    @CsvSource({
        "a.test, exact",
        "A.TEST, exact",
        "a.test:8080, exact",
        "b.a.test, suffix",
        "c.b.a.test, suffix",
        "x.long.a.test, longer suffix",
        "X.Long.A.test:80, longer suffix",
        "long.a.test, suffix",
        "www.long.a.test, exact below a suffix",
        "xa.test, default",
        "test, default",
        "127.0.0.1, default",
        "[::1]:80, default",
    })
    default void theMostPreciseRouteServesAHost(String host, String route, Bench bench)
            throws IOException {
        bench.routes(
                route(bench, "*", "default"),
                route(bench, "*.a.test", "suffix"),
                route(bench, "*.long.a.test", "longer suffix"),
                route(bench, "a.test", "exact"),
                route(bench, "www.long.a.test", "exact below a suffix"));
        Message answer = bench.client().ask(head("GET / HTTP/1.1", "Host: " + host));
        assertThat(answer.text()).isEqualTo(route);
    }

    private static Route route(Bench bench, String host, String name) throws IOException {
        return Bench.route(host, Balance.ROUND_ROBIN, bench.named(name).address());
    }

    @Test
    @Tag("P1")
    default void theHostOfAnAbsoluteTargetDecides(Bench bench) throws IOException {
        bench.routes(route(bench, "a.test", "a"), route(bench, "b.test", "b"));
        RawClient client = bench.client();
        assertThat(client.ask(head("GET http://b.test/ HTTP/1.1", "Host: a.test")).text())
                .isEqualTo("b");
    }

    @Test
    @Tag("P1")
    default void eachRequestOfAConnectionIsRoutedByItself(Bench bench) throws IOException {
        bench.routes(route(bench, "a.test", "a"), route(bench, "b.test", "b"));
        RawClient client = bench.client();
        for (String name : new String[] {"a", "b", "a", "b"}) {
            String request = head("GET / HTTP/1.1", "Host: " + name + ".test");
            assertThat(client.ask(request).text()).isEqualTo(name);
        }
    }

    @Test
    @Tag("P1")
    default void aRequestWithoutHostIsServedByTheDefaultRouteOnly(Bench bench) throws IOException {
        bench.routes(route(bench, "a.test", "a"), route(bench, "*", "default"));
        assertThat(bench.client().ask(head("GET / HTTP/1.0")).text()).isEqualTo("default");
    }
}
