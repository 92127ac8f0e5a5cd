package tinygate.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static tinygate.contract.Message.head;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tinygate.contract.ScriptedUpstream.Connection;

/** Rule P10: exchanges run at the same time, and none is mixed with another. */
interface Concurrency extends TestedGate {

    @Test
    @Tag("P10")
    default void aSlowExchangeDoesNotHoldUpOthers(Bench bench) throws IOException {
        List<RawClient> clients = new ArrayList<>();
        List<Connection> upstreams = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            RawClient client = bench.client();
            client.send(head("GET /" + i + " HTTP/1.1", "Host: a.test"));
            Connection upstream = bench.upstream().accept();
            assertThat(upstream.readRequest().target()).isEqualTo("/" + i);
            clients.add(client);
            upstreams.add(upstream);
        }
        for (int i = 15; i >= 0; i--) {
            upstreams.get(i).send(Bench.OK);
            assertThat(clients.get(i).readResponse().text()).isEqualTo("ok");
        }
    }

    @Test
    @Tag("P10")
    default void noAnswerIsMixedWithAnother(Bench bench) throws Exception {
        bench.upstreams(
                bench.answering(Concurrency::echo).address(),
                bench.answering(Concurrency::echo).address());
        List<Background> clients = new ArrayList<>();
        for (int i = 0; i < 32; i++) {
            RawClient client = bench.client();
            String name = "client" + i;
            clients.add(Background.start(() -> askOften(client, name)));
        }
        for (Background client : clients) {
            client.finish();
        }
        assertThat(bench.gate().stats().answers(2)).isGreaterThanOrEqualTo(32 * 50);
    }

    private static void askOften(RawClient client, String name) throws IOException {
        for (int i = 0; i < 50; i++) {
            String body = name + " body " + i;
            Message answer =
                    client.ask(
                            head(
                                            "POST /" + name + "/" + i + " HTTP/1.1",
                                            "Host: a.test",
                                            "Content-Length: " + body.length())
                                    + body);
            assertThat(answer.text()).isEqualTo("/" + name + "/" + i + " " + body);
        }
    }

    private static String echo(Message request) {
        String body = request.target() + " " + request.text();
        return head("HTTP/1.1 200 OK", "Content-Length: " + body.length()) + body;
    }
}
