package tinygate.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static tinygate.contract.Message.head;

import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tinygate.contract.ScriptedUpstream.Connection;

/** Rule H11: 1xx responses, and clients that wait for {@code 100 Continue} before they send. */
interface InterimResponses extends TestedGate {
    String EXPECT =
            head("POST / HTTP/1.1", "Host: a.test", "Content-Length: 5", "Expect: 100-continue");
    String HINTS = head("HTTP/1.1 103 Early Hints", "Link: </a.css>");

    @Test
    @Tag("H11")
    default void interimResponsesReachAnHttp11Client(Bench bench) throws IOException {
        RawClient client = bench.client();
        client.send(Bench.GET);
        Connection upstream = bench.upstream().accept();
        upstream.answer(HINTS);
        Message hints = client.readResponse();
        assertThat(hints.status()).isEqualTo(103);
        assertThat(hints.field("Link")).isEqualTo("</a.css>");
        upstream.send(HINTS + Bench.OK);
        assertThat(client.readResponse().status()).isEqualTo(103);
        assertThat(client.readResponse().text()).isEqualTo("ok");
    }

    @Test
    @Tag("H11")
    default void interimResponsesDoNotReachAnHttp10Client(Bench bench) throws IOException {
        RawClient client = bench.client();
        Message response =
                bench.relayed(client, head("GET / HTTP/1.0", "Host: a.test"), HINTS + Bench.OK);
        assertThat(response.status()).isEqualTo(200);
    }

    @Test
    @Tag("H11")
    default void aClientThatWaitsGetsItsContinue(Bench bench) throws IOException {
        RawClient client = bench.client();
        client.send(EXPECT);
        if (fullDuplex()) {
            Connection upstream = bench.upstream().accept();
            assertThat(upstream.readRequestHead().field("Expect")).isEqualTo("100-continue");
            client.expectNothingFor(Duration.ofMillis(50));
            upstream.send(head("HTTP/1.1 100 Continue"));
            assertThat(client.readResponse().status()).isEqualTo(100);
            client.send("hello");
            assertThat(new String(upstream.readExactly(5))).isEqualTo("hello");
            upstream.send(Bench.OK);
        } else {
            assertThat(client.readResponse().status()).isEqualTo(100);
            client.send("hello");
            Message request = bench.upstream().accept().answer(Bench.OK);
            assertThat(request.has("Expect")).isFalse();
            assertThat(request.text()).isEqualTo("hello");
        }
        assertThat(client.readResponse().text()).isEqualTo("ok");
    }

    @Test
    @Tag("H11")
    default void aClientThatWaitsMayGetAFinalAnswerInstead(Bench bench) throws IOException {
        if (fullDuplex()) {
            RawClient client = bench.client();
            client.send(EXPECT);
            Connection upstream = bench.upstream().accept();
            upstream.readRequestHead();
            upstream.send(head("HTTP/1.1 401 Unauthorized", "Content-Length: 0"));
            assertThat(client.readResponse().status()).isEqualTo(401);
        } else {
            bench.limit("requestBodyBytes", 4);
            RawClient client = bench.client();
            client.send(EXPECT);
            bench.expectRefusal(client, 413);
        }
    }

    @Test
    @Tag("H11")
    default void aClientThatDoesNotWaitIsServedToo(Bench bench) throws IOException {
        RawClient client = bench.client();
        client.send(EXPECT + "hello");
        Connection upstream = bench.upstream().accept();
        assertThat(upstream.answer(Bench.OK).text()).isEqualTo("hello");
        Message response = client.readResponse();
        if (response.status() == 100) {
            response = client.readResponse();
        }
        assertThat(response.text()).isEqualTo("ok");
    }
}
