package tinygate.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static tinygate.relay.Stage.get;
import static tinygate.relay.Stage.ok;

import org.junit.jupiter.api.Test;

/** Connections to upstreams that serve one exchange after another, until one has grown stale. */
class KeptUpstreamTest extends OnBothDrivers {

    @Test
    void aKeptConnectionThatHasEndedIsReplacedByANewOneToTheSameUpstream() {
        stage.exchangeOnce();
        stage.upstream().ends();
        stage.clientSends(get("one"));
        assertThat(stage.connects()).isEqualTo(2);
        assertThat(stage.upstream().got()).startsWith("GET / ");
        stage.upstreamSends(ok("fresh"));
        assertThat(stage.client.got()).endsWith("fresh");
        assertThat(stage.stats.upstreamFailures()).isZero();
    }

    @Test
    void aKeptConnectionThatTakesNothingIsReplacedAndTheRequestIsSentAgain() {
        stage.exchangeOnce();
        stage.upstream().goesDeaf();
        stage.clientSends(get("one"));
        stage.upstreamEnds();
        assertThat(stage.connects()).isEqualTo(2);
        assertThat(stage.upstream().got()).startsWith("GET / ");
        stage.upstreamSends(ok("fresh"));
        assertThat(stage.client.got()).endsWith("fresh");
    }

    @Test
    void aKeptConnectionThatIsKnownToHaveEndedIsNotUsedAndTheRequestNotSentTwice() {
        stage.exchangeOnce();
        stage.upstream().ends();
        stage.driver.chance = Chance.contrary();
        stage.clientSends(get("one"));
        assertThat(stage.connects()).isEqualTo(2);
        assertThat(stage.upstream(0).got()).isEmpty();
        stage.upstreamSends(ok("fresh"));
        assertThat(stage.client.got()).endsWith("fresh");
        assertThat(stage.stats.retries()).isZero();
    }

    @Test
    void aKeptConnectionThatIsChosenLateIsNoNewOne() {
        stage.exchangeOnce();
        stage.driver.choosesLate = true;
        stage.clientSends(get("one"));
        assertThat(stage.connects()).isEqualTo(1);
        assertThat(stage.stats.upstreamConnects()).isEqualTo(1);
        stage.upstreamEnds();
        assertThat(stage.connects()).as("connections, since that one was stale").isEqualTo(2);
        assertThat(stage.stats.upstreamFailures()).isZero();
    }

    @Test
    void aKeptConnectionOnWhichBytesHaveComeIsNotUsed() {
        stage.exchangeOnce();
        stage.upstream().sends(ok("stray"));
        stage.driver.chance = Chance.contrary();
        stage.clientSends(get("one"));
        assertThat(stage.upstream(0).gate()).isEqualTo(Peer.Gate.RESET);
        stage.upstreamSends(ok("fresh"));
        assertThat(stage.client.got()).doesNotContain("stray").endsWith("fresh");
    }

    @Test
    void garbageThatWasUnderWayOnAKeptConnectionIs502() {
        stage.exchangeOnce();
        stage.upstream().sends("stray bytes\r\n\r\n");
        stage.clientSends(get("one"));
        assertThat(stage.connects()).isEqualTo(1);
        assertThat(stage.client.got()).startsWith("HTTP/1.1 502 ");
        assertThat(stage.upstream().gate()).isEqualTo(Peer.Gate.CLOSED);
    }

    @Test
    void aKeptConnectionThatWasResetIsReplaced() {
        stage.exchangeOnce();
        stage.upstream().resets();
        stage.clientSends(get("one"));
        assertThat(stage.connects()).isEqualTo(2);
        stage.upstreamSends(ok("fresh"));
        assertThat(stage.client.got()).endsWith("fresh");
    }

    @Test
    void bytesBehindTheResponseGoNowhereAndCloseTheUpstream() {
        stage.clientSends(get("one") + get("one"));
        stage.upstreamSends(ok("first") + "HTTP/1.1 200 OK\r\nX: smuggled\r\n\r\n");
        assertThat(stage.client.got()).endsWith("first");
        assertThat(stage.connects()).isEqualTo(2);
        stage.upstreamSends(ok("second"));
        assertThat(stage.client.got()).doesNotContain("smuggled").endsWith("second");
    }

    @Test
    void anUpstreamThatClosesBehindItsResponseIsReplacedForTheNext() {
        stage.clientSends(get("one"));
        stage.upstream().sends(ok("first"));
        stage.upstreamEnds();
        stage.clientSends(get("one"));
        stage.upstreamSends(ok("second"));
        assertThat(stage.client.got()).containsSubsequence("first", "second");
        assertThat(stage.connects()).isEqualTo(2);
    }
}
