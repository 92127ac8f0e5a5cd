package tinygate.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static tinygate.relay.Stage.get;
import static tinygate.relay.Stage.ok;

import org.junit.jupiter.api.Test;

/** Requests and responses that go through as they should. */
class ForwardingTest extends OnBothDrivers {

    @Test
    void aRequestGoesToTheUpstreamAndItsResponseToTheClient() {
        stage.clientSends("GET /path?query HTTP/1.1\r\nHost: one\r\nAccept: */*\r\n\r\n");
        assertThat(stage.phase()).isEqualTo(Phase.RESPONSE);
        assertThat(stage.upstream().got())
                .startsWith("GET /path?query HTTP/1.1\r\nHost: one\r\nAccept: */*\r\n")
                .contains("Via: 1.1 tinygate\r\n", "X-Forwarded-For: 127.0.0.1\r\n")
                .endsWith("\r\n\r\n");

        stage.upstreamSends(ok("content"));
        assertThat(stage.client.got())
                .startsWith("HTTP/1.1 200 OK\r\n")
                .contains("Date: Sun, 06 Nov 1994 08:49:37 GMT\r\n", "Connection: keep-alive\r\n")
                .endsWith("Content-Length: 7\r\nConnection: keep-alive\r\n\r\ncontent");
        assertThat(stage.phase()).isEqualTo(Phase.IDLE);
        assertThat(stage.stats.answers(2)).isEqualTo(1);
    }

    @Test
    void bothConnectionsCarryTheNextRequest() {
        for (int i = 0; i < 5; i++) {
            stage.clientSends(get("one"));
            assertThat(stage.upstream().got()).startsWith("GET / ");
            stage.upstreamSends(ok("number " + i));
            assertThat(stage.client.got()).endsWith("number " + i);
        }
        assertThat(stage.connects()).isEqualTo(1);
        assertThat(stage.client.gate()).isEqualTo(Peer.Gate.OPEN);
    }

    @Test
    void pipelinedRequestsAreSentOneAfterTheOtherAndAnsweredInOrder() {
        stage.clientSends(get("one").repeat(3));
        for (int i = 0; i < 3; i++) {
            assertThat(stage.upstream().got()).startsWith("GET / ").hasSizeLessThan(300);
            stage.upstreamSends(ok("answer " + i));
            assertThat(stage.client.got()).endsWith("answer " + i);
        }
        assertThat(stage.connects()).isEqualTo(1);
    }

    @Test
    void anOwnAnswerWaitsForTheOneBeforeIt() {
        stage.clientSends(get("one") + get("nowhere") + get("one"));
        assertThat(stage.client.got()).isEmpty();
        stage.upstreamSends(ok("first"));
        assertThat(stage.client.got())
                .containsSubsequence("200 OK", "first", "404 Not Found", "no route");
        stage.upstreamSends(ok("third"));
        assertThat(stage.client.got()).endsWith("third");
    }

    @Test
    void aBodyOfKnownLengthIsRelayedAsItComes() {
        stage.clientSends("POST / HTTP/1.1\r\nHost: one\r\nContent-Length: 10\r\n\r\n01234");
        assertThat(stage.upstream().got()).contains("Content-Length: 10\r\n").endsWith("01234");
        stage.clientSends("56789" + get("one"));
        assertThat(stage.upstream().got()).isEqualTo("56789");
        stage.upstreamSends(ok("thanks"));
        assertThat(stage.client.got()).endsWith("thanks");
        assertThat(stage.upstream().got()).startsWith("GET / ");
    }

    @Test
    void aChunkedBodyIsRelayedWithItsExtensionsAndTrailers() {
        String body = "5;a=b\r\nhello\r\n0\r\nTrailer: value\r\n\r\n";
        stage.clientSends("POST / HTTP/1.1\r\nHost: one\r\nTransfer-Encoding: chunked\r\n\r\n");
        stage.clientSends(body + get("one"));
        assertThat(stage.upstream().got())
                .contains("Transfer-Encoding: chunked\r\n")
                .endsWith("\r\n\r\n" + body);
        stage.upstreamSends("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + body);
        assertThat(stage.client.got())
                .contains("Transfer-Encoding: chunked\r\n")
                .endsWith("\r\n\r\n" + body);
        assertThat(stage.upstream().got()).startsWith("GET / ");
    }

    @Test
    void aBodyUntilCloseIsRelayedAndCloses() {
        stage.clientSends(get("one"));
        stage.upstreamSends("HTTP/1.1 200 OK\r\n\r\nsome");
        assertThat(stage.client.got()).contains("Connection: close\r\n").endsWith("some");
        stage.upstreamSends(" more");
        assertThat(stage.client.gate()).isEqualTo(Peer.Gate.OPEN);
        stage.upstreamEnds();
        assertThat(stage.client.got()).isEqualTo(" more");
        assertThat(stage.client.gate()).isEqualTo(Peer.Gate.FINISHED);
    }

    @Test
    void responsesWithoutABodyEndWithTheirHeads() {
        stage.clientSends(
                "HEAD / HTTP/1.1\r\nHost: one\r\n\r\n" + get("one") + get("one") + get("one"));
        stage.upstreamSends("HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n");
        assertThat(stage.client.got()).contains("Content-Length: 99\r\n").endsWith("\r\n\r\n");
        stage.upstreamSends("HTTP/1.1 204 No Content\r\n\r\n");
        assertThat(stage.client.got()).startsWith("HTTP/1.1 204").endsWith("\r\n\r\n");
        stage.upstreamSends("HTTP/1.1 304 Not Modified\r\nContent-Length: 9\r\n\r\n");
        assertThat(stage.client.got()).startsWith("HTTP/1.1 304").endsWith("\r\n\r\n");
        stage.upstreamSends(ok("body"));
        assertThat(stage.client.got()).endsWith("body");
        assertThat(stage.connects()).isEqualTo(1);
    }

    @Test
    void aClientInHttp10GetsTheContentWithoutChunksAndTheClose() {
        stage.clientSends("GET / HTTP/1.0\r\nHost: one\r\n\r\n");
        stage.upstreamSends("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5;x\r\nhe");
        stage.upstreamSends("llo\r\n6\r\n world\r\n0\r\n");
        stage.upstreamSends("A: b\r\n\r\n");
        assertThat(stage.client.got())
                .doesNotContain("Transfer-Encoding")
                .contains("Connection: close\r\n")
                .endsWith("\r\n\r\nhello world");
        assertThat(stage.client.gate()).isEqualTo(Peer.Gate.CLOSED);
    }

    @Test
    void bytesBehindTheLastChunkMakeNoEmptySend() {
        stage.clientSends("GET / HTTP/1.0\r\nHost: one\r\n\r\n");
        stage.upstreamSends("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nx\r\n");
        stage.upstreamSends("0\r\n\r\nEXTRA");
        assertThat(stage.client.got()).endsWith("\r\n\r\nx");
        assertThat(stage.upstream().gate()).isEqualTo(Peer.Gate.CLOSED);
    }

    @Test
    void aClientInHttp10ThatAskedToBeKeptIsKept() {
        stage.clientSends("GET / HTTP/1.0\r\nHost: one\r\nConnection: keep-alive\r\n\r\n");
        stage.upstreamSends(ok("x"));
        assertThat(stage.client.got()).contains("Connection: keep-alive\r\n");
        assertThat(stage.phase()).isEqualTo(Phase.IDLE);
    }

    @Test
    void aClientThatAskedForTheCloseGetsIt() {
        stage.clientSends("GET / HTTP/1.1\r\nHost: one\r\nConnection: close\r\n\r\n");
        stage.upstreamSends(ok("x"));
        assertThat(stage.client.got()).contains("Connection: close\r\n").endsWith("x");
        assertThat(stage.client.gate()).isEqualTo(Peer.Gate.CLOSED);
    }

    @Test
    void anUpstreamThatAsksForTheCloseIsClosedAndTheClientIsKept() {
        stage.clientSends(get("one"));
        stage.upstreamSends("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 1\r\n\r\nx");
        assertThat(stage.client.got()).contains("Connection: keep-alive\r\n").endsWith("x");
        assertThat(stage.upstream().gate()).isEqualTo(Peer.Gate.CLOSED);
        stage.clientSends(get("one"));
        assertThat(stage.connects()).isEqualTo(2);
    }

    @Test
    void aHeadInManyPiecesBehindALargeBodyFindsRoom() {
        int length = 3 * RelayContext.leastChunkBytes(stage.settings()) - 57;
        stage.clientSends("POST / HTTP/1.1\r\nHost: one\r\nContent-Length: " + length + "\r\n\r\n");
        stage.client.sends("x".repeat(length) + "GET /" + "y".repeat(1_000));
        stage.run();
        stage.upstreamSends(ok("stored"));
        stage.upstream().got();
        for (int i = 0; i < 3; i++) {
            stage.clientSends(
                    i == 0 ? " HTTP/1.1\r\nHost: one\r\n" : "X: " + "z".repeat(900) + "\r\n");
        }
        stage.clientSends("\r\n");
        assertThat(stage.upstream().got())
                .startsWith("GET /yyy")
                .contains("X: zzz")
                .hasSizeGreaterThan(2_800);
    }

    @Test
    void aHeadThatGrowsBeyondTheHeadRoomIsSentInFrontOfItsBody() {
        String via = "a".repeat(1_500);
        stage.clientSends("GET / HTTP/1.1\r\nHost: one\r\n\r\n");
        stage.upstreamSends("HTTP/1.1 200 OK\r\nVia: " + via + "\r\nContent-Length: 4\r\n\r\nbody");
        assertThat(stage.client.got())
                .contains("Via: " + via + ", 1.1 tinygate")
                .endsWith("\r\n\r\nbody");
        String forwardedFor = "1.2.3.4, ".repeat(150) + "5.6.7.8";
        stage.clientSends(
                "POST / HTTP/1.1\r\nHost: "
                        + "one"
                        + "\r\nX-Forwarded-For: "
                        + forwardedFor
                        + "\r\nContent-Length: 4\r\n\r\nbody");
        assertThat(stage.upstream().got())
                .contains(forwardedFor + ", 127.0.0.1")
                .endsWith("\r\n\r\nbody");
    }
}
