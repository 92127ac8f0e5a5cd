package tinygate.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static tinygate.relay.FakeDriver.Reach.HANGS;
import static tinygate.relay.Stage.TIMEOUTS;
import static tinygate.relay.Stage.get;
import static tinygate.relay.Stage.ok;

import org.junit.jupiter.api.Test;

/** Every wait ends at its time, and not a nanosecond before. */
class TimeoutTest extends OnBothDrivers {
    private static final String UPLOAD =
            "POST / HTTP/1.1\r\nHost: one\r\nContent-Length: 10\r\n\r\n";
    private static final String EXPECT =
            UPLOAD.replace("Content-", "Expect: 100-continue\r\nContent-");
    private static final String CHUNKED =
            "POST / HTTP/1.1\r\nHost: one\r\nTransfer-Encoding: chunked\r\n\r\n";

    @Test
    void aNewConnectionThatSaysNothingIsClosedInSilence() {
        stage.almostPassesMillis(TIMEOUTS.headMillis());
        assertThat(stage.phase()).isEqualTo(Phase.IDLE);
        stage.passes(1);
        assertThat(stage.client.gate()).isEqualTo(Peer.Gate.CLOSED);
        assertThat(stage.client.got()).isEmpty();
    }

    @Test
    void aHeadThatComesTooSlowlyIs408HoweverManyBytesCome() {
        stage.clientSends("G");
        for (int i = 0; i < 10; i++) {
            stage.passesMillis(TIMEOUTS.headMillis() / 11);
            stage.clientSends("E");
        }
        stage.almostPassesMillis(TIMEOUTS.headMillis() / 11);
        assertThat(stage.phase()).isEqualTo(Phase.HEAD);
        stage.passes(1);
        assertThat(stage.client.got()).startsWith("HTTP/1.1 408 ").contains("1100 ms", "close");
        assertThat(stage.phase()).isEqualTo(Phase.FAREWELL);
        assertThat(stage.stats.answers(4)).isEqualTo(1);
    }

    @Test
    void anIdleConnectionIsClosedInSilence() {
        stage.exchangeOnce();
        stage.almostPassesMillis(TIMEOUTS.idleMillis());
        assertThat(stage.phase()).isEqualTo(Phase.IDLE);
        stage.passes(1);
        assertThat(stage.client.gate()).isEqualTo(Peer.Gate.CLOSED);
        assertThat(stage.client.got()).isEmpty();
    }

    @Test
    void theIdleTimeBeginsWhenTheClientHasTakenItsAnswer() {
        stage.client.takesOnly(0);
        stage.clientSends(get("one"));
        stage.upstreamSends(ok("x".repeat(10_000)));
        for (int i = 0; i < 8; i++) {
            stage.passesMillis(TIMEOUTS.transferMillis() - 1);
            stage.client.takesOnly(1_000);
            stage.run();
        }
        assertThat(stage.client.gate()).isEqualTo(Peer.Gate.OPEN);
        stage.client.takesOnly(Long.MAX_VALUE);
        stage.run();
        assertThat(stage.client.got()).endsWith("xxx");
        stage.almostPassesMillis(TIMEOUTS.idleMillis());
        assertThat(stage.client.gate()).isEqualTo(Peer.Gate.OPEN);
        stage.passes(1);
        assertThat(stage.client.gate()).isEqualTo(Peer.Gate.CLOSED);
    }

    @Test
    void aConnectThatHangsIs504() {
        stage.driver.reach = upstream -> HANGS;
        stage.clientSends(get("one"));
        stage.almostPassesMillis(TIMEOUTS.connectMillis());
        assertThat(stage.phase()).isEqualTo(Phase.CONNECT);
        stage.passes(1);
        assertThat(stage.client.got()).startsWith("HTTP/1.1 504 ").contains("330 ms");
        assertThat(stage.upstream().gate()).isEqualTo(Peer.Gate.CLOSED);
        assertThat(stage.phase()).isEqualTo(Phase.IDLE);
    }

    @Test
    void aConnectThatHangsIsTriedElsewhereWithItsFullTime() {
        stage.driver.reach = upstream -> HANGS;
        stage.clientSends(get("two"));
        stage.passesMillis(TIMEOUTS.connectMillis());
        assertThat(stage.connects()).isEqualTo(2);
        stage.almostPassesMillis(TIMEOUTS.connectMillis());
        assertThat(stage.phase()).isEqualTo(Phase.CONNECT);
        stage.passes(1);
        assertThat(stage.client.got()).startsWith("HTTP/1.1 504 ");
        assertThat(stage.connects()).isEqualTo(2);
    }

    @Test
    void aResponseThatDoesNotComeIs504AndNotAskedForAgain() {
        stage.clientSends(get("two"));
        stage.almostPassesMillis(TIMEOUTS.responseMillis());
        assertThat(stage.phase()).isEqualTo(Phase.RESPONSE);
        stage.passes(1);
        assertThat(stage.client.got()).startsWith("HTTP/1.1 504 ").contains("4400 ms");
        assertThat(stage.upstream().gate()).isEqualTo(Peer.Gate.CLOSED);
        assertThat(stage.connects()).isEqualTo(1);
        assertThat(stage.stats.upstreamFailures()).isEqualTo(1);
    }

    @Test
    void aResponsesHeadThatDribblesIs504() {
        stage.clientSends(get("one"));
        for (int i = 0; i < 10; i++) {
            stage.upstreamSends("HTTP/1.1 200".substring(i, i + 1));
            stage.passesMillis(TIMEOUTS.responseMillis() / 11);
        }
        stage.almostPassesMillis(TIMEOUTS.responseMillis() / 11);
        assertThat(stage.phase()).isEqualTo(Phase.RESPONSE);
        stage.passes(1);
        assertThat(stage.client.got()).startsWith("HTTP/1.1 504 ");
    }

    @Test
    void theResponsesTimeBeginsWhenTheRequestIsSent() {
        stage.clientSends(UPLOAD);
        for (int i = 0; i < 10; i++) {
            stage.almostPassesMillis(TIMEOUTS.transferMillis());
            stage.clientSends("x");
        }
        stage.almostPassesMillis(TIMEOUTS.responseMillis());
        assertThat(stage.phase()).isEqualTo(Phase.RESPONSE);
        stage.passes(1);
        assertThat(stage.client.got()).startsWith("HTTP/1.1 504 ");
    }

    @Test
    void aRequestInThePipelineDoesNotProlongTheWaitForTheResponse() {
        stage.clientSends(get("one"));
        stage.passesMillis(TIMEOUTS.responseMillis() / 2);
        stage.clientSends(get("one"));
        stage.almostPassesMillis(TIMEOUTS.responseMillis() / 2);
        assertThat(stage.client.got()).isEmpty();
        stage.passes(1);
        assertThat(stage.client.got()).startsWith("HTTP/1.1 504 ");
    }

    @Test
    void aBodyThatStopsComingIs408() {
        stage.clientSends(UPLOAD + "x");
        stage.almostPassesMillis(TIMEOUTS.transferMillis());
        assertThat(stage.phase()).isEqualTo(Phase.RESPONSE);
        stage.passes(1);
        assertThat(stage.client.got()).startsWith("HTTP/1.1 408 ").contains("550 ms", "close");
        assertThat(stage.upstream().gate()).isEqualTo(Peer.Gate.CLOSED);
        assertThat(stage.stats.upstreamFailures()).isZero();
    }

    @Test
    void anUpstreamThatDoesNotSayContinueToAClientThatWaitsForItIs504() {
        stage.clientSends(EXPECT);
        stage.almostPassesMillis(TIMEOUTS.transferMillis());
        assertThat(stage.phase()).isEqualTo(Phase.RESPONSE);
        stage.passes(1);
        assertThat(stage.client.got()).startsWith("HTTP/1.1 504 ").contains("550 ms", "close");
        assertThat(stage.stats.upstreamFailures()).isEqualTo(1);
    }

    @Test
    void aClientThatWasToldToContinueAndDoesNotIs408() {
        stage.clientSends(EXPECT);
        stage.upstreamSends("HTTP/1.1 100 Continue\r\n\r\n");
        stage.client.got();
        stage.passesMillis(TIMEOUTS.transferMillis());
        assertThat(stage.client.got()).startsWith("HTTP/1.1 408 ");
    }

    @Test
    void aClientThatDidNotWaitToContinueAndStopsIs408() {
        stage.clientSends(EXPECT + "x");
        stage.passesMillis(TIMEOUTS.transferMillis());
        assertThat(stage.client.got()).startsWith("HTTP/1.1 408 ");
    }

    @Test
    void aClientThatDidNotWaitToContinueWithItsFirstChunkAndStopsIs408() {
        stage.clientSends(CHUNKED.replace("Transfer-", "Expect: 100-continue\r\nTransfer-"));
        stage.clientSends("5\r\n");
        stage.passesMillis(TIMEOUTS.transferMillis());
        assertThat(stage.client.got()).startsWith("HTTP/1.1 408 ");
        assertThat(stage.stats.upstreamFailures()).isZero();
    }

    @Test
    void aClientWhoseExpectIsNotForwardedIsToBlameForTheWait() {
        stage.clientSends(EXPECT.replace("Expect:", "Connection: expect\r\nExpect:"));
        assertThat(stage.upstream().got()).doesNotContain("Expect");
        stage.passesMillis(TIMEOUTS.transferMillis());
        assertThat(stage.client.got()).startsWith("HTTP/1.1 408 ");
        assertThat(stage.stats.upstreamFailures()).isZero();
    }

    @Test
    void anUpstreamThatTakesNothingOfTheBodyIs504() {
        stage.exchangeOnce();
        stage.upstream().takesOnly(5);
        stage.clientSends(UPLOAD + "x");
        stage.almostPassesMillis(TIMEOUTS.transferMillis());
        assertThat(stage.phase()).isEqualTo(Phase.RESPONSE);
        stage.passes(1);
        assertThat(stage.client.got()).startsWith("HTTP/1.1 504 ");
    }

    @Test
    void anUpstreamThatTakesNoMoreOfTheBodyIsGivenTheResponsesTime() {
        stage.clientSends(UPLOAD + "01");
        stage.upstream().goesDeaf();
        stage.clientSends("23");
        stage.passesMillis(TIMEOUTS.responseMillis() / 2);
        stage.clientSends("45");
        stage.almostPassesMillis(TIMEOUTS.responseMillis() / 2);
        assertThat(stage.phase()).isEqualTo(Phase.RESPONSE);
        stage.passes(1);
        assertThat(stage.client.got()).startsWith("HTTP/1.1 504 ").contains("4400 ms");
        assertThat(stage.stats.upstreamFailures()).isEqualTo(1);
    }

    @Test
    void aResponseThatStopsComingIsBrokenOff() {
        stage.clientSends(get("one"));
        stage.upstreamSends("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n1");
        stage.almostPassesMillis(TIMEOUTS.transferMillis());
        stage.upstreamSends("2");
        stage.almostPassesMillis(TIMEOUTS.transferMillis());
        assertThat(stage.phase()).isEqualTo(Phase.RELAY);
        stage.passes(1);
        assertThat(stage.client.got()).endsWith("\r\n\r\n12");
        assertThat(stage.client.gate()).isEqualTo(Peer.Gate.FINISHED);
        assertThat(stage.upstream().gate()).isEqualTo(Peer.Gate.CLOSED);
        assertThat(stage.stats.upstreamFailures()).isEqualTo(1);
    }

    @Test
    void aClientThatTakesNoMoreOfTheResponseIsClosed() {
        stage.client.takesOnly(0);
        stage.clientSends(get("one"));
        stage.upstreamSends("HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n");
        stage.upstreamSends("x".repeat(900_000));
        for (int i = 0; i < 10; i++) {
            stage.almostPassesMillis(TIMEOUTS.transferMillis());
            stage.client.takesOnly(1);
            stage.run();
        }
        assertThat(stage.phase()).isEqualTo(Phase.RELAY);
        stage.passesMillis(2 * TIMEOUTS.transferMillis());
        assertThat(stage.phase()).isEqualTo(Phase.CLOSED);
    }

    @Test
    void aFarewellLastsASecondWhateverTheClientSends() {
        stage.clientSends("nonsense\r\n");
        assertThat(stage.phase()).isEqualTo(Phase.FAREWELL);
        for (int i = 0; i < 10; i++) {
            stage.clientSends("more");
            stage.passesMillis(i < 9 ? 100 : 99);
        }
        assertThat(stage.phase()).isEqualTo(Phase.FAREWELL);
        stage.passesMillis(1);
        assertThat(stage.phase()).isEqualTo(Phase.CLOSED);
    }

    @Test
    void aBodyUntilCloseThatIsNotTakenToItsEndIsReset() {
        stage.client.takesOnly(50);
        stage.clientSends(get("one"));
        stage.upstreamSends("HTTP/1.1 200 OK\r\n\r\n" + "x".repeat(1_000));
        stage.upstreamEnds();
        assertThat(stage.phase()).isEqualTo(Phase.FAREWELL);
        stage.passesMillis(TIMEOUTS.transferMillis());
        assertThat(stage.client.gate()).isEqualTo(Peer.Gate.RESET);
    }

    @Test
    void anAnswerInPlaceOfABodyUntilCloseIsNotReset() {
        stage.clientSends("GET / HTTP/1.0\r\nHost: one\r\nConnection: keep-alive\r\n\r\n");
        stage.upstreamSends("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nno chunk\r\n");
        assertThat(stage.client.got()).startsWith("HTTP/1.1 502 ");
        assertThat(stage.phase()).isEqualTo(Phase.IDLE);
        stage.passesMillis(TIMEOUTS.idleMillis());
        assertThat(stage.client.gate()).isIn(Peer.Gate.FINISHED, Peer.Gate.CLOSED);
    }

    @Test
    void aBodyUntilCloseThatIsTakenToItsEndIsClosed() {
        stage.client.takesOnly(50);
        stage.clientSends(get("one"));
        stage.upstreamSends("HTTP/1.1 200 OK\r\n\r\n" + "x".repeat(1_000));
        stage.upstreamEnds();
        stage.client.takesOnly(Long.MAX_VALUE);
        stage.run();
        assertThat(stage.client.got()).endsWith("x");
        stage.passesMillis(TIMEOUTS.transferMillis());
        assertThat(stage.client.gate()).isIn(Peer.Gate.FINISHED, Peer.Gate.CLOSED);
    }

    @Test
    void aFarewellWaitsForTheClientToTakeItsAnswer() {
        stage.client.takesOnly(0);
        stage.clientSends("nonsense\r\n");
        for (int i = 0; i < 10; i++) {
            stage.almostPassesMillis(TIMEOUTS.transferMillis());
            stage.client.takesOnly(1);
            stage.run();
        }
        assertThat(stage.client.got()).isEqualTo("HTTP/1.1 4");
        stage.almostPassesMillis(TIMEOUTS.transferMillis());
        assertThat(stage.phase()).isEqualTo(Phase.FAREWELL);
        stage.passes(1);
        assertThat(stage.phase()).isEqualTo(Phase.CLOSED);
    }
}
