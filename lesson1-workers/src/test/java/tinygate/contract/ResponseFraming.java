package tinygate.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static tinygate.contract.Message.head;

import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tinygate.contract.ScriptedUpstream.Connection;

/** Rule H5: where a response ends, and that a truncated one never looks whole. */
interface ResponseFraming extends TestedGate {
    String HEAD = head("HEAD / HTTP/1.1", "Host: a.test");

    /** Response heads whose framing cannot be trusted. */
    enum BadResponse {
        LENGTH_AND_CHUNKED("Content-Length: 5", "Transfer-Encoding: chunked"),
        TWO_DIFFERENT_LENGTHS("Content-Length: 5", "Content-Length: 6"),
        THE_SAME_LENGTH_TWICE("Content-Length: 5", "Content-Length: 5"),
        LENGTHS_IN_A_LIST("Content-Length: 5, 5"),
        SIGNED_LENGTH("Content-Length: +5"),
        NEGATIVE_LENGTH("Content-Length: -5"),
        EMPTY_LENGTH("Content-Length:"),
        HUGE_LENGTH("Content-Length: 9223372036854775808"),
        UNKNOWN_CODING("Transfer-Encoding: x"),
        CHUNKED_TWICE("Transfer-Encoding: chunked, chunked");

        final String bytes;

        BadResponse(String... framing) {
            bytes =
                    head("HTTP/1.1 200 OK", String.join("\r\n", framing))
                            + "5\r\nhello\r\n0\r\n\r\n";
        }
    }

    @ParameterizedTest
    @Tag("H5")
    @EnumSource
    default void framingThatCannotBeTrustedIsAnswered502(BadResponse bad, Bench bench)
            throws IOException {
        Bench.expectOwnAnswer(bench.relayed(bad.bytes), 502);
    }

    @Test
    @Tag("H5")
    default void aBodyWithItsLengthIsRelayedWithItsLength(Bench bench) throws IOException {
        Message response = bench.relayed(head("HTTP/1.1 200 OK", "Content-Length: 5") + "hello");
        assertThat(response.field("Content-Length")).isEqualTo("5");
        assertThat(response.text()).isEqualTo("hello");
    }

    @Test
    @Tag("H5")
    default void aResponseThatComesByteByByteIsTheSame(Bench bench) throws IOException {
        RawClient client = bench.client();
        client.send(Bench.GET);
        Connection upstream = bench.upstream().accept();
        upstream.readRequest();
        upstream.sendByteByByte(
                head("HTTP/1.1 201 Made it", "Content-Length: 5", "X: y") + "hello");
        Message response = client.readResponse();
        assertThat(response.startLine()).isEqualTo("HTTP/1.1 201 Made it");
        assertThat(response.field("X")).isEqualTo("y");
        assertThat(response.text()).isEqualTo("hello");
    }

    @Test
    @Tag("H5")
    default void theResponseToHeadHasALengthButNoBody(Bench bench) throws IOException {
        RawClient client = bench.client();
        Message response =
                bench.relayed(client, HEAD, head("HTTP/1.1 200 OK", "Content-Length: 5"));
        assertThat(response.field("Content-Length")).isEqualTo("5");
        assertThat(bench.relayed(client, Bench.GET, Bench.OK_CLOSE).text()).isEqualTo("ok");
    }

    @Test
    @Tag("H5")
    default void theResponseToHeadMayNameChunksButHasNone(Bench bench) throws IOException {
        RawClient client = bench.client();
        bench.relayed(client, HEAD, head("HTTP/1.1 200 OK", "Transfer-Encoding: chunked"));
        assertThat(bench.relayed(client, Bench.GET, Bench.OK_CLOSE).text()).isEqualTo("ok");
    }

    @ParameterizedTest
    @Tag("H5")
    @ValueSource(strings = {"204 No Content", "304 Not Modified\r\nContent-Length: 5"})
    default void someStatusesNeverHaveABody(String status, Bench bench) throws IOException {
        RawClient client = bench.client();
        Message response = bench.relayed(client, Bench.GET, head("HTTP/1.1 " + status, "X: y"));
        assertThat(response.status()).isEqualTo(Integer.parseInt(status.substring(0, 3)));
        assertThat(response.field("X")).isEqualTo("y");
        assertThat(bench.relayed(client, Bench.GET, Bench.OK_CLOSE).text()).isEqualTo("ok");
    }

    @Test
    @Tag("H5")
    default void aBodyThatEndsWithTheConnectionIsRelayedAndCloses(Bench bench) throws IOException {
        RawClient client = bench.client();
        Message response =
                bench.relayed(client, Bench.GET, head("HTTP/1.1 200 OK", "X: y") + "hello");
        assertThat(response.text()).isEqualTo("hello");
        client.expectClosed();
    }

    @Test
    @Tag("H5")
    default void anHttp10ResponseIsRelayedAsHttp11(Bench bench) throws IOException {
        Message response = bench.relayed(head("HTTP/1.0 200 OK", "X: y") + "hello");
        assertThat(response.startLine()).startsWith("HTTP/1.1 200");
        assertThat(response.text()).isEqualTo("hello");
    }

    @ParameterizedTest
    @Tag("H5")
    @ValueSource(
            strings = {
                "Content-Length: 10\r\n\r\nhello",
                "Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n"
            })
    default void aResponseThatIsCutOffNeverLooksWhole(String rest, Bench bench) throws IOException {
        RawClient client = bench.client();
        client.send(Bench.GET);
        Connection upstream = bench.upstream().accept();
        upstream.readRequest();
        upstream.send("HTTP/1.1 200 OK\r\n" + rest);
        upstream.close();
        client.expectTruncated();
    }

    @ParameterizedTest
    @Tag("H5")
    @ValueSource(
            strings = {
                "Content-Length: 10\r\n\r\nhello",
                "Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n"
            })
    default void aResponseThatIsResetNeverLooksWhole(String rest, Bench bench) throws IOException {
        RawClient client = bench.client();
        client.send(Bench.GET);
        Connection upstream = bench.upstream().accept();
        upstream.readRequest();
        upstream.send("HTTP/1.1 200 OK\r\n" + rest);
        client.readThrough("hello");
        upstream.reset();
        assertThat(client.readToEnd()).doesNotContain("0\r\n\r\n");
    }

    @Test
    @Tag("H5")
    default void aBodyThatEndsWithAResetDoesNotLookAsIfItHadEnded(Bench bench) throws IOException {
        RawClient client = bench.client();
        client.send(Bench.GET);
        Connection upstream = bench.upstream().accept();
        upstream.answer(head("HTTP/1.1 200 OK", "X: y") + "hello");
        Message response = client.readResponseHead();
        client.readThrough("hello");
        upstream.reset();
        String rest = client.readToEnd();
        assertThat(response.chunked() ? !rest.endsWith("0\r\n\r\n") : client.wasReset())
                .as("the client can tell that the body is not whole")
                .isTrue();
    }

    /** The kernel tells of a reset once: here to the gate's send, and its receive sees an end. */
    @Test
    @Tag("H5")
    default void aBodyThatEndsWithAResetDuringAnUploadDoesNotLookAsIfItHadEnded(Bench bench)
            throws IOException {
        assumeTrue(fullDuplex(), "a send that fails tells a worker no errno, and so of no reset");
        RawClient client = bench.client();
        long size = 1L << 30;
        client.send(head("POST / HTTP/1.1", "Host: a.test", "Content-Length: " + size));
        Payload.sendUntilStalled(client, size, Duration.ofMillis(200));
        Connection upstream = bench.upstream().accept();
        upstream.send(head("HTTP/1.1 200 OK", "X: y") + "hello");
        client.readThrough("hello");
        upstream.reset();
        client.readToEnd();
        assertThat(client.wasReset()).as("the client can tell that the body is cut").isTrue();
    }

    @Test
    @Tag("H5")
    default void aBodyThatTheEndOfTheGateCutsOffDoesNotLookAsIfItHadEnded(Bench bench)
            throws IOException {
        RawClient client = bench.client();
        client.send(Bench.GET);
        bench.upstream().accept().answer(head("HTTP/1.1 200 OK", "X: y") + "hello");
        Message response = client.readResponseHead();
        client.readThrough("hello");
        bench.gate().close();
        String rest = client.readToEnd();
        assertThat(response.chunked() ? !rest.endsWith("0\r\n\r\n") : client.wasReset())
                .as("the client can tell that the body is not whole")
                .isTrue();
    }

    @Test
    @Tag("H5")
    default void aBodyUntilCloseThatTheClientDoesNotTakeDoesNotLookAsIfItHadEnded(Bench bench)
            throws IOException {
        RawClient client = bench.timeout("transferMillis", 300).client(4_096);
        client.send(head("GET / HTTP/1.0", "Host: a.test"));
        Connection upstream = bench.upstream().accept();
        upstream.answer(head("HTTP/1.1 200 OK", "X: y"));
        // It ends by the gate's closing, since the upstream would wait much longer.
        Payload.sendUntilStalled(upstream, 1L << 30, Wire.PATIENCE);
        upstream.readToEnd();
        client.readToEnd();
        assertThat(client.wasReset()).as("the client can tell that the body is cut").isTrue();
    }

    @Test
    @Tag("H5")
    default void chunksThatAreCutOffDoNotLookWholeToAnHttp10Client(Bench bench) throws IOException {
        RawClient client = bench.client();
        client.send(head("GET / HTTP/1.0", "Host: a.test"));
        Connection upstream = bench.upstream().accept();
        upstream.answer(head("HTTP/1.1 200 OK", "Transfer-Encoding: chunked") + "5\r\nhello\r\n");
        client.readThrough("hello");
        upstream.close();
        client.readToEnd();
        assertThat(client.wasReset()).as("the client can tell that the body is cut").isTrue();
    }

    @ParameterizedTest
    @Tag("H5")
    @ValueSource(
            strings = {
                "SSH-2.0-OpenSSH_9.2\r\n",
                "HTTP/2.0 200 OK\r\n\r\n",
                "HTTP/1.1 2000 OK\r\n\r\n",
                "HTTP/1.1 099 OK\r\n\r\n",
                "HTTP/1.1 OK\r\n\r\n",
                "HTTP/1.1 200 OK\r\nX\0: y\r\n\r\n",
                "HTTP/1.1 200 OK\r\nno colon\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Le"
            })
    default void aResponseThatIsNotHttpIsAnswered502(String garbage, Bench bench)
            throws IOException {
        Bench.expectOwnAnswer(bench.relayed(garbage), 502);
    }
}
