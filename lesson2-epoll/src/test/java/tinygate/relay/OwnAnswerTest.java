package tinygate.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static tinygate.relay.Stage.get;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the gate answers itself: limits, refusals, and whether the connection lives on. */
class OwnAnswerTest extends OnBothDrivers {

    private void isRefused(String status) {
        assertThat(stage.client.got())
                .startsWith("HTTP/1.1 " + status)
                .contains("Connection: close\r\n")
                .containsOnlyOnce("HTTP/1.1 " + status.substring(0, 3));
        assertThat(stage.phase()).isEqualTo(Phase.FAREWELL);
        assertThat(stage.client.gate()).isEqualTo(Peer.Gate.FINISHED);
        stage.clientSends(get("one"));
        assertThat(stage.client.got()).isEmpty();
        stage.clientEnds();
        assertThat(stage.client.gate()).isEqualTo(Peer.Gate.CLOSED);
    }

    @Test
    void aHostThatNoRouteServesIs404AndTheClientIsKept() {
        stage.clientSends(get("nowhere"));
        assertThat(stage.client.got()).startsWith("HTTP/1.1 404 ").contains("keep-alive");
        assertThat(stage.phase()).isEqualTo(Phase.IDLE);
    }

    @Test
    void a404ToARequestWithABodyCloses() {
        stage.clientSends("POST / HTTP/1.1\r\nHost: nowhere\r\nContent-Length: 9\r\n\r\npart");
        isRefused("404");
    }

    @Test
    void aConnectionThatIsOneTooManyIs503AndClosed() {
        stage.driver.tell(Exchange::refuse);
        stage.run();
        isRefused("503");
    }

    @Test
    void connectIs501() {
        stage.clientSends("CONNECT one:443 HTTP/1.1\r\nHost: one:443\r\n\r\n");
        assertThat(stage.client.got()).startsWith("HTTP/1.1 501 ");
        assertThat(stage.connects()).isZero();
    }

    @Test
    void optionsWithNoForwardsLeftIsAnsweredHere() {
        stage.clientSends("OPTIONS * HTTP/1.1\r\nHost: one\r\nMax-Forwards: 0\r\n\r\n");
        assertThat(stage.client.got()).startsWith("HTTP/1.1 200 ").contains("Allow: GET");
        assertThat(stage.phase()).isEqualTo(Phase.IDLE);
        stage.clientSends("OPTIONS * HTTP/1.1\r\nHost: one\r\nMax-Forwards: 2\r\n\r\n");
        assertThat(stage.upstream().got()).contains("Max-Forwards: 1\r\n");
    }

    @Test
    void traceWithNoForwardsLeftEchoesTheLargestHeadThatIsAccepted() {
        StringBuilder head =
                new StringBuilder("TRACE / HTTP/1.1\r\nHost: one\r\nMax-Forwards: 0\r\n");
        for (int i = 0; i < 16; i++) {
            head.append("X-").append(i).append(": ").append("x".repeat(230)).append("\r\n");
        }
        stage.clientSends(head + "\r\n");
        assertThat(stage.client.got()).startsWith("HTTP/1.1 200 ").endsWith(head + "\r\n");
        assertThat(stage.phase()).isEqualTo(Phase.IDLE);
    }

    @Test
    void anAnswerToHeadHasNoContent() {
        stage.clientSends("HEAD / HTTP/1.1\r\nHost: nowhere\r\n\r\n");
        assertThat(stage.client.got()).startsWith("HTTP/1.1 404 ").endsWith("\r\n\r\n");
        assertThat(stage.phase()).isEqualTo(Phase.IDLE);
    }

    @Test
    void aLengthBeyondTheLimitIs413BeforeAnythingIsForwarded() {
        stage.clientSends("POST / HTTP/1.1\r\nHost: one\r\nContent-Length: 1000001\r\n\r\n");
        assertThat(stage.connects()).isZero();
        isRefused("413");
    }

    @Test
    void chunksBeyondTheLimitAre413WhenTheyAre() {
        stage.clientSends("POST / HTTP/1.1\r\nHost: one\r\nTransfer-Encoding: chunked\r\n\r\n");
        stage.clientSends("f4240\r\n" + "x".repeat(1_000_000) + "\r\n");
        assertThat(stage.client.got()).isEmpty();
        stage.upstream().got();
        stage.clientSends("1\r\nx\r\n0\r\n\r\n");
        assertThat(stage.upstream().gate()).isEqualTo(Peer.Gate.CLOSED);
        assertThat(stage.upstream().got()).isEmpty();
        assertThat(stage.stats.upstreamFailures()).isZero();
        isRefused("413");
    }

    @Test
    void aHeadBeyondTheLimitIs431() {
        stage.clientSends("GET / HTTP/1.1\r\nHost: one\r\nX: " + "x".repeat(5_000));
        isRefused("431");
    }

    @Test
    void moreFieldsThanTheLimitAre431() {
        stage.clientSends("GET / HTTP/1.1\r\nHost: one\r\n" + "X: y\r\n".repeat(20) + "\r\n");
        isRefused("431");
    }

    @Test
    void aTargetBeyondTheLimitIs414() {
        stage.clientSends("GET /" + "x".repeat(1_024) + " HTTP/1.1\r\nHost: one\r\n\r\n");
        isRefused("414");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                "Content-Length: 4\r\nContent-Length: 5\r\n\r\nabcd",
                "Content-Length: +4\r\n\r\nabcd",
                "Content-Length: 4, 4\r\n\r\nabcd",
                "Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n",
                "Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n",
                "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                "X: a\nContent-Length: 4\r\n\r\nabcd",
                "X: a\r\n Content-Length: 4\r\n\r\nabcd",
                "Host: two\r\n\r\n"
            })
    void whatTwoServersMayReadInTwoWaysReachesNone(String fields) {
        stage.clientSends("POST / HTTP/1.1\r\nHost: one\r\n" + fields + get("one"));
        assertThat(stage.connects()).isZero();
        assertThat(stage.client.got())
                .matches("(?s)HTTP/1.1 (400|501) .*Connection: close\r\n.*")
                .doesNotContain("200");
        assertThat(stage.phase()).isEqualTo(Phase.FAREWELL);
    }

    @ParameterizedTest
    @ValueSource(strings = {"5\r\nhelloX", "5\nhello", "-1\r\n", "1000000000000000\r\n", "\r\n"})
    void aBadChunkEndsTheConnectionsOnBothSides(String chunk) {
        stage.clientSends("POST / HTTP/1.1\r\nHost: one\r\nTransfer-Encoding: chunked\r\n\r\n");
        stage.clientSends(chunk + get("one"));
        assertThat(stage.upstream().gate()).isEqualTo(Peer.Gate.CLOSED);
        assertThat(stage.upstream().got()).doesNotContain("GET");
        assertThat(stage.stats.upstreamFailures()).isZero();
        isRefused("400");
    }

    @Test
    void theFirstRequestOfABadPipelineIsStillAnswered() {
        stage.clientSends(get("one") + "nonsense\r\n\r\n");
        stage.upstreamSends(Stage.ok("fine"));
        assertThat(stage.client.got()).containsSubsequence("200 OK", "fine", "400 Bad Request");
    }
}
