package tinygate.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static tinygate.contract.Message.head;

import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tinygate.contract.Message.Field;
import tinygate.contract.ScriptedUpstream.Connection;

/** Rule H6: chunked bodies are relayed as a stream, and broken ones are never made whole. */
interface ChunkedBodies extends TestedGate {
    String POST = head("POST / HTTP/1.1", "Host: a.test", "Transfer-Encoding: chunked");
    String CHUNKED_OK = head("HTTP/1.1 200 OK", "Transfer-Encoding: chunked");

    /** Chunked bodies that break the syntax; what follows would be a request to a lenient gate. */
    enum BadChunks {
        LETTER_OUTSIDE_HEXADECIMAL("5g\r\nhello\r\n"),
        NO_SIZE("\r\nhello\r\n"),
        PREFIX_0X("0x5\r\nhello\r\n"),
        PLUS("+5\r\nhello\r\n"),
        MINUS("-5\r\nhello\r\n"),
        SPACE_BEFORE_THE_SIZE(" 5\r\nhello\r\n"),
        SIZE_OF_TWO_TO_THE_63("8000000000000000\r\nhello\r\n"),
        SIZE_OF_TWO_TO_THE_64_AND_5("10000000000000005\r\nhello\r\n"),
        BARE_LF_AFTER_THE_SIZE("5\nhello\r\n"),
        BARE_CR_AFTER_THE_SIZE("5\rhello\r\n"),
        BARE_LF_IN_AN_EXTENSION("5;a=b\nhello\r\n"),
        DATA_LONGER_THAN_ITS_SIZE("4\r\nhello\r\n"),
        NO_CR_LF_AFTER_THE_DATA("5\r\nhello0\r\n"),
        BARE_LF_AFTER_THE_DATA("5\r\nhello\n0\r\n"),
        TRAILER_WITHOUT_A_COLON("0\r\nnothing\r\n"),
        TRAILER_WITH_A_SPACE_BEFORE_THE_COLON("0\r\nX : y\r\n"),
        BARE_LF_AFTER_A_TRAILER("0\r\nX: y\n\r\n");

        final String bytes;

        BadChunks(String bytes) {
            this.bytes = bytes + "\r\n0\r\n\r\n";
        }
    }

    @ParameterizedTest
    @Tag("H6")
    @EnumSource
    default void brokenChunksInARequestAreAnswered400(BadChunks bad, Bench bench)
            throws IOException {
        RawClient whole = bench.client();
        whole.send(POST + bad.bytes);
        expectRefusedRequest(whole, bench);
        RawClient slow = bench.client();
        slow.sendByteByByte(POST + bad.bytes);
        expectRefusedRequest(slow, bench);
    }

    private void expectRefusedRequest(RawClient client, Bench bench) throws IOException {
        bench.expectRefusal(client, 400);
        client.close();
        // The head may have been forwarded before the body proved to be broken.
        Connection upstream = bench.upstream().accept(Duration.ZERO);
        if (upstream != null) {
            assertThat(upstream.readToEnd()).doesNotEndWith("0\r\n\r\n");
            upstream.close();
        }
    }

    @ParameterizedTest
    @Tag("H6")
    @EnumSource
    default void brokenChunksInAResponseNeverLookWhole(BadChunks bad, Bench bench)
            throws IOException {
        for (boolean slow : new boolean[] {false, true}) {
            RawClient client = bench.client();
            client.send(head("GET / HTTP/1.1", "Host: a.test", "Connection: close"));
            Connection upstream = bench.upstream().accept();
            upstream.readRequest();
            if (slow) {
                upstream.sendByteByByte(CHUNKED_OK + bad.bytes);
            } else {
                upstream.send(CHUNKED_OK + bad.bytes);
            }
            String received = client.readToEnd();
            assertThat(received.startsWith("HTTP/1.1 502") || !received.endsWith("0\r\n\r\n"))
                    .as("502, or a response without a valid end: %s", received)
                    .isTrue();
            client.close();
            upstream.close();
        }
    }

    @Test
    @Tag("H6")
    default void aRequestsChunksAreForwardedAsTheyCome(Bench bench) throws IOException {
        RawClient client = bench.client();
        client.send(POST + "5\r\nhello\r\n");
        Connection upstream = bench.upstream().accept();
        upstream.readRequestHead();
        assertThat(upstream.readThrough("hello\r\n")).isEqualTo("5\r\nhello\r\n");
        client.send("3\r\nyou\r\n0\r\n\r\n");
        assertThat(upstream.readThrough("0\r\n\r\n")).contains("you");
        upstream.send(Bench.OK);
        assertThat(client.readResponse().status()).isEqualTo(200);
    }

    @Test
    @Tag("H6")
    default void aResponsesChunksAreRelayedAsTheyCome(Bench bench) throws IOException {
        RawClient client = bench.client();
        client.send(Bench.GET);
        Connection upstream = bench.upstream().accept();
        upstream.answer(CHUNKED_OK + "5\r\nhello\r\n");
        assertThat(client.readResponseHead().field("Transfer-Encoding")).isEqualTo("chunked");
        assertThat(client.readThrough("hello\r\n")).isEqualTo("5\r\nhello\r\n");
        upstream.send("3\r\nyou\r\n0\r\n\r\n");
        assertThat(client.readThrough("0\r\n\r\n")).contains("you");
        client.send(Bench.GET);
        upstream.answer(Bench.OK);
        assertThat(client.readResponse().text()).isEqualTo("ok");
    }

    @Test
    @Tag("H6")
    default void extensionsAreToleratedAndTrailersForwardedInARequest(Bench bench)
            throws IOException {
        Message forwarded =
                bench.forwarded(
                        POST
                                + "5;a=b;c=\"d;e\"\r\nhello\r\n"
                                + "003 ;x\r\nyou\r\n000;z\r\nX-End: here\r\n\r\n");
        assertThat(forwarded.text()).isEqualTo("helloyou");
        assertThat(forwarded.trailers()).containsExactly(new Field("X-End", "here"));
    }

    @Test
    @Tag("H6")
    default void extensionsAreToleratedAndTrailersRelayedInAResponse(Bench bench)
            throws IOException {
        Message response =
                bench.relayed(CHUNKED_OK + "A;a=b\r\nhello, you\r\n0\r\nX-End: here\r\n\r\n");
        assertThat(response.text()).isEqualTo("hello, you");
        assertThat(response.trailers()).containsExactly(new Field("X-End", "here"));
    }

    @Test
    @Tag("H6")
    default void chunksThatComeByteByByteAreTheSame(Bench bench) throws IOException {
        RawClient client = bench.client();
        client.sendByteByByte(POST + "5\r\nhello\r\na;x\r\n, my world\r\n0\r\nX-End: here\r\n\r\n");
        Message received = bench.upstream().accept().answer(Bench.OK);
        assertThat(received.text()).isEqualTo("hello, my world");
        assertThat(received.trailers()).containsExactly(new Field("X-End", "here"));
        assertThat(client.readResponse().status()).isEqualTo(200);
    }
}
