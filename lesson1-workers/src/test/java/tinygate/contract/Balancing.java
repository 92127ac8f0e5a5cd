package tinygate.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static tinygate.contract.Message.head;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tinygate.Settings.Balance;
import tinygate.Settings.Route;
import tinygate.Settings.UpstreamServer;
import tinygate.contract.ScriptedUpstream.Connection;

/** Rule P2: how a route shares requests out among its upstreams. */
interface Balancing extends TestedGate {
    Duration A_MOMENT = Duration.ofMillis(20);

    private static Map<String, Integer> answers(RawClient client, int requests) throws IOException {
        Map<String, Integer> counts = new TreeMap<>();
        for (int i = 0; i < requests; i++) {
            counts.merge(client.ask(Bench.GET).text(), 1, Integer::sum);
        }
        return counts;
    }

    @Test
    @Tag("P2")
    default void roundRobinTakesTheUpstreamsInTurn(Bench bench) throws IOException {
        bench.upstreams(
                bench.named("a").address(), bench.named("b").address(), bench.named("c").address());
        assertThat(answers(bench.client(), 9)).isEqualTo(Map.of("a", 3, "b", 3, "c", 3));
    }

    @Test
    @Tag("P2")
    default void roundRobinTurnsAcrossClients(Bench bench) throws IOException {
        bench.upstreams(bench.named("a").address(), bench.named("b").address());
        List<String> answers = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            answers.add(bench.client().ask(Bench.GET).text());
        }
        assertThat(answers).filteredOn("a"::equals).hasSize(3);
    }

    @Test
    @Tag("P2")
    default void roundRobinHeedsWeights(Bench bench) throws IOException {
        bench.routes(
                new Route(
                        "*",
                        Balance.ROUND_ROBIN,
                        List.of(
                                new UpstreamServer(bench.named("a").address(), 3),
                                new UpstreamServer(bench.named("b").address(), 1))));
        assertThat(answers(bench.client(), 12)).isEqualTo(Map.of("a", 9, "b", 3));
    }

    @Test
    @Tag("P2")
    default void leastConnectionsPrefersTheUpstreamWithTheFewestExchanges(Bench bench)
            throws IOException {
        ScriptedUpstream busy = bench.newUpstream();
        AnsweringUpstream free = bench.named("free");
        bench.routes(Bench.route("*", Balance.LEAST_CONNECTIONS, busy.address(), free.address()));
        RawClient waiting = bench.client();
        waiting.send(Bench.GET);
        Connection held = busy.accept(A_MOMENT);
        // Which upstream comes first is the gate's choice: ask until the busy one was chosen.
        while (held == null) {
            if (waiting.hasInput(A_MOMENT)) {
                assertThat(waiting.readResponse().text()).isEqualTo("free");
                waiting.send(Bench.GET);
            }
            held = busy.accept(A_MOMENT);
        }
        held.readRequest();
        assertThat(answers(bench.client(), 10)).isEqualTo(Map.of("free", 10));
        held.send(Bench.OK);
        assertThat(waiting.readResponse().text()).isEqualTo("ok");
    }

    @Test
    @Tag("P2")
    default void clientHashKeepsAClientWithItsUpstream(Bench bench) throws IOException {
        bench.routes(
                Bench.route(
                        "*",
                        Balance.CLIENT_HASH,
                        bench.named("a").address(),
                        bench.named("b").address()));
        Map<String, Integer> clients = new TreeMap<>();
        for (int i = 1; i <= 32; i++) {
            String address = "127.0.0." + i;
            try (RawClient first = bench.clientFrom(address);
                    RawClient second = bench.clientFrom(address)) {
                Map<String, Integer> answers = answers(first, 3);
                assertThat(answers).as("upstreams of %s", address).hasSize(1);
                assertThat(answers(second, 3)).isEqualTo(answers);
                clients.merge(answers.keySet().iterator().next(), 1, Integer::sum);
            }
        }
        assertThat(clients).as("clients of each upstream").containsKeys("a", "b");
    }

    @Test
    @Tag("P2")
    default void anUpstreamMayServeSeveralRoutes(Bench bench) throws IOException {
        AnsweringUpstream shared = bench.named("shared");
        bench.routes(
                Bench.route("a.test", Balance.ROUND_ROBIN, shared.address()),
                Bench.route("b.test", Balance.CLIENT_HASH, shared.address()));
        for (String host : new String[] {"a.test", "b.test"}) {
            assertThat(bench.client().ask(head("GET / HTTP/1.1", "Host: " + host)).text())
                    .isEqualTo("shared");
        }
    }
}
