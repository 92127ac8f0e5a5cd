package tinygate.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static tinygate.relay.Stage.ok;

import org.junit.jupiter.api.Test;

/** Upgrade: the connections become a tunnel, in which nothing is read and nothing is lost. */
class TunnelTest extends OnBothDrivers {
    private static final String UPGRADE =
            "GET /chat HTTP/1.1\r\nHost: one\r\nConnection: upgrade\r\nUpgrade: websocket\r\n\r\n";
    private static final String SWITCHING =
            "HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\nUpgrade: websocket\r\n\r\n";

    private void open() {
        stage.clientSends(UPGRADE);
        assertThat(stage.upstream().got())
                .contains("Upgrade: websocket\r\n", "Connection: upgrade\r\n");
        stage.upstreamSends(SWITCHING);
        assertThat(stage.client.got())
                .startsWith("HTTP/1.1 101 ")
                .contains("Upgrade: websocket\r\n", "Connection: upgrade\r\n")
                .endsWith("\r\n\r\n");
        assertThat(stage.phase()).isEqualTo(Phase.TUNNEL);
    }

    @Test
    void bytesFlowBothWaysUnread() {
        open();
        stage.clientSends("\0\1GET / HTTP/1.1\r\n\r\n");
        assertThat(stage.upstream().got()).isEqualTo("\0\1GET / HTTP/1.1\r\n\r\n");
        stage.upstreamSends("HTTP/9 what?");
        assertThat(stage.client.got()).isEqualTo("HTTP/9 what?");
    }

    @Test
    void bytesRightBehindTheHeadsAreTheFirstOfTheTunnel() {
        stage.clientSends(UPGRADE + "early client");
        assertThat(stage.upstream().got()).endsWith("\r\n\r\n");
        stage.upstreamSends(SWITCHING + "early upstream");
        assertThat(stage.client.got()).endsWith("\r\n\r\nearly upstream");
        assertThat(stage.upstream().got()).isEqualTo("early client");
    }

    @Test
    void theClientsEndIsPassedOnAndTheUpstreamGoesOn() {
        open();
        stage.client.sends("last words");
        stage.clientEnds();
        assertThat(stage.upstream().got()).isEqualTo("last words");
        assertThat(stage.upstream().gate()).isEqualTo(Peer.Gate.FINISHED);
        stage.upstreamSends("answer");
        assertThat(stage.client.got()).isEqualTo("answer");
        stage.upstreamEnds();
        assertThat(stage.phase()).isEqualTo(Phase.CLOSED);
    }

    @Test
    void theUpstreamsEndIsPassedOnAndTheClientGoesOn() {
        open();
        stage.upstream().sends("last words");
        stage.upstreamEnds();
        assertThat(stage.client.got()).isEqualTo("last words");
        assertThat(stage.client.gate()).isEqualTo(Peer.Gate.FINISHED);
        stage.clientSends("answer");
        assertThat(stage.upstream().got()).isEqualTo("answer");
        stage.clientEnds();
        assertThat(stage.phase()).isEqualTo(Phase.CLOSED);
    }

    @Test
    void nothingIsLostWhenBothEndBeforeAllIsTaken() {
        open();
        stage.client.takesOnly(0);
        stage.upstream().takesOnly(3);
        stage.client.sends("from client");
        stage.client.ends();
        stage.upstream().sends("from upstream");
        stage.upstreamEnds();
        assertThat(stage.phase()).isEqualTo(Phase.TUNNEL);
        stage.client.takesOnly(Long.MAX_VALUE);
        stage.run();
        stage.upstream().takesOnly(Long.MAX_VALUE);
        stage.run();
        assertThat(stage.client.got()).isEqualTo("from upstream");
        assertThat(stage.upstream().got()).isEqualTo("from client");
        assertThat(stage.phase()).isEqualTo(Phase.CLOSED);
    }

    @Test
    void anUpstreamThatHasSaidAllAndTakesNoMoreIsHeardToItsEnd() {
        open();
        stage.client.takesOnly(4);
        stage.upstream().sends("last words");
        stage.upstreamEnds();
        stage.upstream().goesDeaf();
        stage.clientSends("too late");
        stage.client.takesOnly(Long.MAX_VALUE);
        stage.run();
        assertThat(stage.client.got()).isEqualTo("last words");
    }

    @Test
    void whatAnUpstreamSentBeforeItBrokeStillReachesTheClient() {
        open();
        stage.client.takesOnly(4);
        stage.upstream().sends("last words");
        stage.run();
        stage.upstreamBreaks();
        stage.client.takesOnly(Long.MAX_VALUE);
        stage.run();
        assertThat(stage.client.got()).isEqualTo("last words");
        assertThat(stage.client.gate()).isEqualTo(Peer.Gate.FINISHED);
    }

    @Test
    void aRefusedUpgradeIsAnAnswerLikeAnyOther() {
        stage.clientSends(UPGRADE);
        stage.upstreamSends(ok("no"));
        assertThat(stage.client.got()).endsWith("no");
        assertThat(stage.phase()).isEqualTo(Phase.IDLE);
    }

    @Test
    void aSwitchThatNobodyAskedForIs502() {
        stage.clientSends(Stage.get("one"));
        stage.upstreamSends(SWITCHING + "surprise");
        assertThat(stage.client.got())
                .startsWith("HTTP/1.1 502 ")
                .contains("nobody had asked")
                .doesNotContain("surprise");
        assertThat(stage.upstream().gate()).isEqualTo(Peer.Gate.CLOSED);
        assertThat(stage.phase()).isEqualTo(Phase.IDLE);
    }

    @Test
    void aTunnelThatIsIdleForTooLongIsClosed() {
        open();
        stage.almostPassesMillis(Stage.TIMEOUTS.tunnelIdleMillis());
        stage.clientSends("a byte in time");
        stage.almostPassesMillis(Stage.TIMEOUTS.tunnelIdleMillis());
        assertThat(stage.phase()).isEqualTo(Phase.TUNNEL);
        stage.passes(1);
        assertThat(stage.phase()).isEqualTo(Phase.CLOSED);
    }
}
