package tinygate.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static tinygate.relay.FakeDriver.Reach.REFUSES;
import static tinygate.relay.Stage.get;
import static tinygate.relay.Stage.ok;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Upstreams that refuse, die or lie; and what is tried again. */
class UpstreamFailureTest extends OnBothDrivers {
    private static final String POST =
            "POST / HTTP/1.1\r\nHost: two\r\nContent-Length: 4\r\n\r\nbody";

    @Test
    void anUpstreamThatRefusesIs502AndTheClientIsKept() {
        stage.driver.reach = upstream -> REFUSES;
        stage.clientSends(get("one"));
        assertThat(stage.client.got())
                .startsWith("HTTP/1.1 502 ")
                .contains("does not accept connections", "Connection: keep-alive\r\n");
        assertThat(stage.phase()).isEqualTo(Phase.IDLE);
        assertThat(stage.stats.upstreamFailures()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET / HTTP/1.1\r\nHost: two\r\n\r\n", POST})
    void whatWasNotSentGoesToTheOtherUpstream(String request) {
        int[] calls = new int[1];
        stage.driver.reach = upstream -> calls[0]++ == 0 ? REFUSES : FakeDriver.Reach.ACCEPTS;
        stage.clientSends(request);
        assertThat(stage.connects()).isEqualTo(2);
        assertThat(stage.upstream(0).upstream).isNotSameAs(stage.upstream(1).upstream);
        stage.upstreamSends(ok("second"));
        assertThat(stage.client.got()).endsWith("second");
        assertThat(stage.stats.retries()).isEqualTo(1);
    }

    @Test
    void aGateWithoutDescriptorsBlamesAndTriesNoUpstream() {
        stage.driver.reach = upstream -> FakeDriver.Reach.LACKS_DESCRIPTOR;
        stage.clientSends(get("two"));
        assertThat(stage.client.got()).startsWith("HTTP/1.1 503 ").contains("descriptor");
        assertThat(stage.connects()).isEqualTo(1);
        assertThat(stage.stats.upstreamFailures()).isZero();
    }

    @Test
    void thereIsNoThirdAttempt() {
        stage.driver.reach = upstream -> REFUSES;
        stage.clientSends(get("two"));
        assertThat(stage.connects()).isEqualTo(2);
        assertThat(stage.client.got()).startsWith("HTTP/1.1 502 ");
    }

    @Test
    void aGetWhoseConnectionBreaksIsSentToTheOtherUpstream() {
        stage.clientSends(get("two"));
        stage.upstreamBreaks();
        assertThat(stage.connects()).isEqualTo(2);
        assertThat(stage.upstream(0).upstream).isNotSameAs(stage.upstream(1).upstream);
        assertThat(stage.upstream().got()).startsWith("GET / ");
        stage.upstreamEnds();
        assertThat(stage.connects()).isEqualTo(2);
        assertThat(stage.client.got()).startsWith("HTTP/1.1 502 ").contains("without a response");
    }

    @Test
    void aPostWhoseConnectionBreaksIsNotSentAgain() {
        stage.clientSends(POST);
        stage.upstreamBreaks();
        assertThat(stage.connects()).isEqualTo(1);
        assertThat(stage.client.got()).startsWith("HTTP/1.1 502 ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"H", "HTTP/1.1 200 OK\r\nContent-Le"})
    void anUpstreamThatDiesInsideTheHeadIs502AndNotTriedAgain(String part) {
        stage.clientSends(get("two"));
        stage.upstreamSends(part);
        stage.upstreamEnds();
        assertThat(stage.connects()).isEqualTo(1);
        assertThat(stage.client.got()).startsWith("HTTP/1.1 502 ");
        assertThat(stage.phase()).isEqualTo(Phase.IDLE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"HTTP/1.0", "HTTP/1.1"})
    void anUpstreamThatDiesBehindAnInterimResponseIsNotTriedAgain(String version) {
        stage.clientSends("GET / " + version + "\r\nHost: two\r\n\r\n");
        stage.upstreamSends("HTTP/1.1 103 Early Hints\r\n\r\n");
        stage.client.got();
        stage.upstreamEnds();
        assertThat(stage.connects()).isEqualTo(1);
        assertThat(stage.client.got()).startsWith("HTTP/1.1 502 ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\n"
            })
    void anUpstreamThatDiesInMidBodyEndsTheClientsConnectionWithoutAValidEnd(String response) {
        stage.clientSends(get("one"));
        stage.upstreamSends(response);
        stage.upstreamEnds();
        assertThat(stage.client.got())
                .contains("half")
                .doesNotContain("0\r\n\r\n0", "HTTP/1.1 502");
        assertThat(stage.client.gate()).isEqualTo(Peer.Gate.FINISHED);
        assertThat(stage.stats.answers(0)).as("answers that were not whole").isEqualTo(1);
        assertThat(stage.stats.upstreamFailures()).isEqualTo(1);
    }

    @Test
    void aBodyUntilCloseThatBreaksResetsTheClientsConnection() {
        stage.clientSends(get("one"));
        stage.upstreamSends("HTTP/1.1 200 OK\r\n\r\nhalf");
        stage.upstreamBreaks();
        assertThat(stage.client.gate()).isEqualTo(Peer.Gate.RESET);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aBodyUntilCloseIsWholeOnlyIfItsEndCameBeforeTheReset(boolean ended) {
        stage.clientSends("POST / HTTP/1.1\r\nHost: one\r\nContent-Length: 9\r\n\r\npart");
        stage.upstreamSends("HTTP/1.1 200 OK\r\n\r\nhalf");
        stage.upstream().sends("rest");
        if (ended) {
            stage.upstream().ends();
        }
        stage.upstream().resetsWhoSends();
        stage.clientSends("more");
        assertThat(stage.client.got()).endsWith("halfrest");
        assertThat(stage.client.gate()).isEqualTo(ended ? Peer.Gate.FINISHED : Peer.Gate.RESET);
    }

    @Test
    void aChunkedBodyThatBreaksForAClientInHttp10ResetsItsConnection() {
        stage.clientSends("GET / HTTP/1.0\r\nHost: one\r\n\r\n");
        stage.upstreamSends("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\n");
        stage.upstreamEnds();
        assertThat(stage.client.gate()).isEqualTo(Peer.Gate.RESET);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SSH-2.0-OpenSSH_9.2\r\n",
                "HTTP/1.1 999 What\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nxyz"
            })
    void garbageIs502AndNotTriedAgain(String garbage) {
        stage.clientSends(get("two"));
        stage.upstreamSends(garbage);
        assertThat(stage.connects()).isEqualTo(1);
        assertThat(stage.client.got())
                .startsWith("HTTP/1.1 502 ")
                .contains("no valid response", "Connection: keep-alive\r\n");
        assertThat(stage.upstream().gate()).isEqualTo(Peer.Gate.CLOSED);
        assertThat(stage.phase()).isEqualTo(Phase.IDLE);
    }

    @Test
    void aHeadBeyondTheLimitIs502() {
        stage.clientSends(get("one"));
        stage.upstreamSends("HTTP/1.1 200 OK\r\nX: " + "x".repeat(5_000) + "\r\n\r\n");
        assertThat(stage.client.got()).startsWith("HTTP/1.1 502 ").contains("4096 bytes");
    }

    @Test
    void aBadChunkInMidBodyBreaksTheResponseOff() {
        stage.clientSends(get("one"));
        stage.upstreamSends("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n");
        stage.upstreamSends("xyz");
        assertThat(stage.client.got()).endsWith("1\r\na\r\n");
        assertThat(stage.client.gate()).isEqualTo(Peer.Gate.FINISHED);
    }

    @Test
    void upstreamsThatFailTooOftenRestAndTheAnswerIs503() {
        stage.driver.reach = upstream -> REFUSES;
        for (int i = 0; i < 3; i++) {
            stage.clientSends(get("one"));
        }
        assertThat(stage.client.got()).doesNotContain("503");
        stage.clientSends(get("one"));
        assertThat(stage.client.got()).startsWith("HTTP/1.1 503 ").contains("keep-alive");
        assertThat(stage.phase()).isEqualTo(Phase.IDLE);
    }
}
