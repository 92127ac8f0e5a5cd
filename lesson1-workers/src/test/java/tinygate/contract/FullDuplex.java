package tinygate.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static tinygate.contract.Message.head;

import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tinygate.contract.ScriptedUpstream.Connection;

/** Rule H12: an upstream may answer before it has the whole request. */
interface FullDuplex extends TestedGate {

    @Test
    @Tag("H12")
    default void anAnswerDuringAnUploadReachesTheClient(Bench bench) throws IOException {
        RawClient client = bench.client();
        client.send(head("POST / HTTP/1.1", "Host: a.test", "Content-Length: 10") + "hello");
        Connection upstream = bench.upstream().accept();
        upstream.readRequestHead();
        upstream.readThrough("hello");
        upstream.send(head("HTTP/1.1 413 Too Large", "Content-Length: 3") + "big");
        if (!fullDuplex()) {
            client.expectNothingFor(Duration.ofMillis(50));
            client.send("world");
        }
        Message response = client.readResponse();
        assertThat(response.status()).isEqualTo(413);
        assertThat(response.text()).isEqualTo("big");
    }

    @Test
    @Tag("H12")
    default void anUpstreamThatAnswersAndClosesDuringAnUploadIsRelayed(Bench bench)
            throws IOException {
        RawClient client = bench.client();
        client.send(head("POST / HTTP/1.1", "Host: a.test", "Content-Length: 10") + "hello");
        Connection upstream = bench.upstream().accept();
        upstream.readRequestHead();
        upstream.readThrough("hello");
        upstream.send(
                head("HTTP/1.1 413 Too Large", "Content-Length: 3", "Connection: close") + "big");
        upstream.close();
        if (!fullDuplex()) {
            client.send("world");
        }
        assertThat(client.readResponse().status())
                .isIn(fullDuplex() ? new Object[] {413} : new Object[] {413, 502});
    }

    @Test
    @Tag("H12")
    default void bothDirectionsFlowAtTheSameTime(Bench bench) throws IOException {
        RawClient client = bench.client();
        client.send(head("POST / HTTP/1.1", "Host: a.test", "Transfer-Encoding: chunked"));
        if (!fullDuplex()) {
            client.send("4\r\nping\r\n0\r\n\r\n");
            bench.upstream().accept().answer(Bench.OK);
            assertThat(client.readResponse().text()).isEqualTo("ok");
            return;
        }
        Connection upstream = bench.upstream().accept();
        upstream.readRequestHead();
        upstream.send(head("HTTP/1.1 200 OK", "Transfer-Encoding: chunked"));
        client.readResponseHead();
        for (int i = 0; i < 10; i++) {
            client.send("4\r\nping\r\n");
            assertThat(upstream.readThrough("ping\r\n")).isEqualTo("4\r\nping\r\n");
            upstream.send("4\r\npong\r\n");
            assertThat(client.readThrough("pong\r\n")).isEqualTo("4\r\npong\r\n");
        }
        client.send("0\r\n\r\n");
        upstream.readThrough("0\r\n\r\n");
        upstream.send("0\r\n\r\n");
        client.readThrough("0\r\n\r\n");
    }
}
