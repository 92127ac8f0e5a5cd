package tinygate.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static tinygate.relay.Stage.get;

import org.junit.jupiter.api.Test;

/**
 * Whose fault it is when a response is not completed; an upstream that is blamed too often rests.
 */
class BlameTest extends OnBothDrivers {

    @Test
    void theClientsOwnFaultsAreNotBlamedOnTheUpstream() {
        stage.clientSends("POST / HTTP/1.1\r\nHost: one\r\nTransfer-Encoding: chunked\r\n\r\n");
        stage.upstreamSends("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n1");
        stage.clientSends("no chunk");
        assertThat(stage.phase()).isEqualTo(Phase.FAREWELL);
        assertThat(stage.stats.upstreamFailures()).isZero();
    }

    @Test
    void aClientThatTakesNothingIsNotBlamedOnTheUpstream() {
        stage.client.takesOnly(10);
        stage.clientSends(get("one"));
        stage.upstreamSends("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\npart");
        stage.passesMillis(Stage.TIMEOUTS.transferMillis());
        assertThat(stage.phase()).isIn(Phase.FAREWELL, Phase.CLOSED);
        assertThat(stage.stats.upstreamFailures()).isZero();
    }

    @Test
    void aClientThatTakesNoInterimResponseIsNotBlamedOnTheUpstream() {
        stage.client.takesOnly(0);
        stage.clientSends(get("one"));
        stage.upstreamSends("HTTP/1.1 102 Processing\r\n\r\n".repeat(4_000));
        stage.passesMillis(Stage.TIMEOUTS.responseMillis());
        assertThat(stage.phase()).isIn(Phase.FAREWELL, Phase.CLOSED);
        assertThat(stage.stats.upstreamFailures()).isZero();
    }

    @Test
    void anUpstreamThatTiresOfAClientThatStallsItsUploadIsNotBlamed() {
        stage.clientSends("POST / HTTP/1.1\r\nHost: one\r\nContent-Length: 9\r\n\r\npart");
        stage.upstreamEnds();
        assertThat(stage.client.got()).startsWith("HTTP/1.1 502 ");
        assertThat(stage.stats.upstreamFailures()).isZero();
    }

    @Test
    void anUpstreamThatHasTheWholeRequestAndEndsIsToBlame() {
        stage.clientSends("POST / HTTP/1.1\r\nHost: one\r\nContent-Length: 4\r\n\r\npart");
        stage.upstreamEnds();
        assertThat(stage.client.got()).startsWith("HTTP/1.1 502 ");
        assertThat(stage.stats.upstreamFailures()).isEqualTo(1);
    }

    private void answersEarly() {
        stage.clientSends("POST / HTTP/1.1\r\nHost: one\r\nContent-Length: 9\r\n\r\npart");
        stage.upstreamSends("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf");
    }

    private void isBrokenOffWithFailures(int count) {
        assertThat(stage.client.got()).endsWith("\r\n\r\nhalf");
        assertThat(stage.upstream().gate()).isEqualTo(Peer.Gate.CLOSED);
        assertThat(stage.stats.upstreamFailures()).isEqualTo(count);
    }

    @Test
    void aClientThatStallsItsUploadIsNotBlamedOnTheUpstreamThatWaitsForIt() {
        answersEarly();
        stage.passesMillis(Stage.TIMEOUTS.transferMillis());
        isBrokenOffWithFailures(0);
    }

    @Test
    void aClientThatEndsInMidUploadIsNotBlamedOnTheUpstreamThatWaitsForIt() {
        answersEarly();
        stage.clientEnds();
        stage.passesMillis(Stage.TIMEOUTS.transferMillis());
        isBrokenOffWithFailures(0);
    }

    @Test
    void anUpstreamThatEndsWithoutTheRestOfTheRequestIsNotBlamed() {
        answersEarly();
        stage.clientEnds();
        stage.upstreamEnds();
        isBrokenOffWithFailures(0);
    }

    @Test
    void anUpstreamThatTakesNoMoreOfTheUploadAndStallsIsToBlame() {
        answersEarly();
        stage.upstream().goesDeaf();
        stage.clientSends("y");
        stage.passesMillis(Stage.TIMEOUTS.transferMillis());
        isBrokenOffWithFailures(1);
    }

    @Test
    void anUpstreamThatHasTheWholeRequestAndStallsIsToBlame() {
        answersEarly();
        stage.clientSends("whole");
        stage.passesMillis(Stage.TIMEOUTS.transferMillis());
        isBrokenOffWithFailures(1);
    }
}
