package tinygate.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static tinygate.relay.Stage.get;
import static tinygate.relay.Stage.ok;

import org.junit.jupiter.api.Test;

/**
 * Both directions at once: interim responses, early answers, and connections that end by halves.
 */
class DuplexTest extends OnBothDrivers {
    private static final String UPLOAD =
            "POST / HTTP/1.1\r\nHost: one\r\nContent-Length: 10\r\n\r\n";

    @Test
    void expectAndTheInterimResponsesArePassedOn() {
        stage.clientSends(
                "POST / HTTP/1.1\r\nHost: one\r\nExpect: 100-continue\r\nContent-Length: 4\r\n\r\n");
        assertThat(stage.upstream().got()).contains("Expect: 100-continue\r\n");
        stage.upstreamSends("HTTP/1.1 100 Continue\r\n\r\n");
        assertThat(stage.client.got()).startsWith("HTTP/1.1 100 Continue\r\n").endsWith("\r\n\r\n");
        stage.clientSends("body");
        assertThat(stage.upstream().got()).isEqualTo("body");
        stage.upstreamSends("HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n" + ok("done"));
        assertThat(stage.client.got())
                .containsSubsequence("103 Early Hints", "Link: </a>", "200 OK", "done");
        assertThat(stage.phase()).isEqualTo(Phase.IDLE);
    }

    @Test
    void aClientInHttp10IsSentNoInterimResponse() {
        stage.clientSends("GET / HTTP/1.0\r\nHost: one\r\n\r\n");
        stage.upstreamSends("HTTP/1.1 103 Early Hints\r\n\r\n" + ok("done"));
        assertThat(stage.client.got()).startsWith("HTTP/1.1 200 OK").endsWith("done");
    }

    @Test
    void anEarlyAnswerIsRelayedWhileTheUploadGoesOn() {
        stage.clientSends(UPLOAD + "01");
        stage.upstreamSends("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n");
        assertThat(stage.client.got()).contains("Connection: close\r\n").endsWith("2\r\nab\r\n");
        stage.clientSends("23456");
        assertThat(stage.upstream().got()).endsWith("\r\n\r\n0123456");
        stage.clientSends("789");
        stage.upstreamSends("0\r\n\r\n");
        assertThat(stage.client.got()).isEqualTo("0\r\n\r\n");
        assertThat(stage.client.gate()).isEqualTo(Peer.Gate.FINISHED);
    }

    @Test
    void anAnswerThatIsCompleteBeforeTheUploadClosesWithAFarewell() {
        stage.clientSends(UPLOAD + "01");
        stage.upstreamSends("HTTP/1.1 413 Content Too Large\r\nContent-Length: 2\r\n\r\nno");
        assertThat(stage.client.got()).contains("Connection: close\r\n").endsWith("no");
        assertThat(stage.upstream().gate()).isEqualTo(Peer.Gate.CLOSED);
        assertThat(stage.phase()).isEqualTo(Phase.FAREWELL);
        assertThat(stage.client.gate()).isEqualTo(Peer.Gate.FINISHED);
        stage.clientSends("2345");
        assertThat(stage.phase()).isEqualTo(Phase.FAREWELL);
        stage.clientEnds();
        assertThat(stage.client.gate()).isEqualTo(Peer.Gate.CLOSED);
    }

    @Test
    void aClientThatGivesUpItsUploadStillGetsTheAnswerThatHasBegun() {
        stage.clientSends(UPLOAD + "01");
        stage.upstreamSends("HTTP/1.1 413 Content Too Large\r\nContent-Length: 4\r\n\r\nno");
        stage.clientEnds();
        stage.upstreamSends("no");
        assertThat(stage.client.got()).endsWith("nono");
        assertThat(stage.client.gate()).isEqualTo(Peer.Gate.CLOSED);
    }

    @Test
    void anUpstreamThatTakesNoMoreIsStillHeard() {
        stage.clientSends(UPLOAD + "01");
        stage.upstream().goesDeaf();
        stage.clientSends("2345");
        stage.clientSends("67");
        assertThat(stage.phase()).isEqualTo(Phase.RESPONSE);
        stage.upstreamSends("HTTP/1.1 413 Content Too Large\r\nContent-Length: 2\r\n\r\nno");
        assertThat(stage.client.got()).endsWith("no");
        assertThat(stage.phase()).isEqualTo(Phase.FAREWELL);
    }

    @Test
    void aClientThatEndsBehindItsRequestGetsItsAnswer() {
        stage.clientSends(get("one"));
        stage.clientEnds();
        assertThat(stage.client.gate()).isEqualTo(Peer.Gate.OPEN);
        stage.upstreamSends(ok("answer"));
        assertThat(stage.client.got()).endsWith("answer");
        assertThat(stage.client.gate()).isEqualTo(Peer.Gate.CLOSED);
    }

    @Test
    void aClientThatEndsBehindSeveralRequestsGetsAllAnswers() {
        stage.client.sends(get("one").repeat(3));
        stage.clientEnds();
        for (int i = 0; i < 3; i++) {
            stage.upstreamSends(ok("answer " + i));
        }
        assertThat(stage.client.got())
                .containsSubsequence("answer 0", "answer 1", "answer 2")
                .endsWith("answer 2");
        assertThat(stage.client.gate()).isEqualTo(Peer.Gate.CLOSED);
    }

    @Test
    void anAnswerIsNotLostByTheHalfARequestBehindIt() {
        stage.client.takesOnly(10);
        stage.client.sends(get("one") + "GET / HT");
        stage.clientEnds();
        stage.upstreamSends(ok("answer"));
        stage.client.takesOnly(Long.MAX_VALUE);
        stage.run();
        assertThat(stage.client.got()).endsWith("answer");
        assertThat(stage.client.gate()).isEqualTo(Peer.Gate.CLOSED);
    }

    @Test
    void anAnswerIsNotLostByTheHalfABodyBehindIt() {
        stage.client.takesOnly(10);
        stage.client.sends(get("one") + UPLOAD + "01");
        stage.clientEnds();
        stage.upstreamSends(ok("answer"));
        stage.client.takesOnly(Long.MAX_VALUE);
        stage.run();
        assertThat(stage.client.got()).endsWith("answer");
        assertThat(stage.client.gate()).isEqualTo(Peer.Gate.CLOSED);
        assertThat(stage.upstream().gate()).isEqualTo(Peer.Gate.CLOSED);
    }
}
