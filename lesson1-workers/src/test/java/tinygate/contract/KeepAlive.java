package tinygate.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static tinygate.contract.Message.head;

import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tinygate.contract.ScriptedUpstream.Connection;

/** Rule H10: connections of clients persist, and pipelined requests are answered in order. */
interface KeepAlive extends TestedGate {

    private static String get(String target) {
        return head("GET " + target + " HTTP/1.1", "Host: a.test");
    }

    private static String echo(Message request) {
        String body = request.target() + " " + request.text();
        return head("HTTP/1.1 200 OK", "Content-Length: " + body.length()) + body;
    }

    @Test
    @Tag("H10")
    default void manyRequestsAreAnsweredOnOneConnection(Bench bench) throws IOException {
        bench.upstreams(bench.answering(KeepAlive::echo).address());
        RawClient client = bench.client();
        for (int i = 0; i < 100; i++) {
            assertThat(client.ask(get("/" + i)).text()).isEqualTo("/" + i + " ");
        }
        assertThat(bench.gate().stats().connectionsAccepted()).isEqualTo(1);
    }

    @Test
    @Tag("H10")
    default void pipelinedRequestsAreAnsweredInOrder(Bench bench) throws IOException {
        bench.upstreams(bench.answering(KeepAlive::echo).address());
        RawClient client = bench.client();
        StringBuilder requests = new StringBuilder();
        for (int i = 0; i < 100; i++) {
            requests.append(get("/get" + i));
            requests.append(head("POST /fixed HTTP/1.1", "Host: a.test", "Content-Length: 3"));
            requests.append("abc");
            requests.append(
                    head("POST /chunked HTTP/1.1", "Host: a.test", "Transfer-Encoding: chunked"));
            requests.append("3\r\ndef\r\n0\r\n\r\n");
        }
        client.send(requests.toString());
        for (int i = 0; i < 100; i++) {
            assertThat(client.readResponse().text()).isEqualTo("/get" + i + " ");
            assertThat(client.readResponse().text()).isEqualTo("/fixed abc");
            assertThat(client.readResponse().text()).isEqualTo("/chunked def");
        }
    }

    @Test
    @Tag("H10")
    default void pipelinedRequestsMayComeByteByByte(Bench bench) throws IOException {
        bench.upstreams(bench.answering(KeepAlive::echo).address());
        RawClient client = bench.client();
        client.sendByteByByte(get("/1") + get("/2") + get("/3"));
        assertThat(client.readResponse().text()).isEqualTo("/1 ");
        assertThat(client.readResponse().text()).isEqualTo("/2 ");
        assertThat(client.readResponse().text()).isEqualTo("/3 ");
    }

    @Test
    @Tag("H10")
    default void aPipelinedRequestDoesNotOvertakeTheOneBeforeIt(Bench bench) throws IOException {
        RawClient client = bench.client();
        client.send(get("/slow") + get("/fast"));
        Connection upstream = bench.upstream().accept();
        assertThat(upstream.readRequest().target()).isEqualTo("/slow");
        client.expectNothingFor(Duration.ofMillis(50));
        upstream.send(head("HTTP/1.1 200 OK", "Content-Length: 4", "Connection: close") + "slow");
        upstream.close();
        assertThat(client.readResponse().text()).isEqualTo("slow");
        bench.upstream().accept().answer(Bench.OK);
        assertThat(client.readResponse().text()).isEqualTo("ok");
    }

    @Test
    @Tag("H10")
    default void aBadPipelinedRequestIsRefusedAfterTheAnswerToTheGoodOne(Bench bench)
            throws IOException {
        RawClient client = bench.client();
        client.send(get("/good") + "BAD\r\n\r\n");
        bench.upstream().accept().answer(Bench.OK);
        assertThat(client.readResponse().text()).isEqualTo("ok");
        bench.expectRefusal(client, 400);
    }

    @Test
    @Tag("H10")
    default void aClientThatAsksForCloseIsClosedAfterItsAnswer(Bench bench) throws IOException {
        RawClient client = bench.client();
        Message response =
                bench.relayed(
                        client,
                        head("GET / HTTP/1.1", "Host: a.test", "Connection: x, Close"),
                        Bench.OK);
        assertThat(response.field("Connection")).isEqualToIgnoringCase("close");
        client.expectClosed();
    }

    @Test
    @Tag("H10")
    default void requestsBehindOneThatAsksForCloseAreNotServed(Bench bench) throws IOException {
        RawClient client = bench.client();
        client.send(head("GET /last HTTP/1.1", "Host: a.test", "Connection: close") + get("/no"));
        bench.upstream().accept().answer(Bench.OK_CLOSE);
        assertThat(client.readResponse().text()).isEqualTo("ok");
        client.expectClosed();
        bench.upstream().expectNoConnection(Duration.ZERO);
    }
}
