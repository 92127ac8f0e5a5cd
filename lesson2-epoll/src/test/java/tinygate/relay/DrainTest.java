package tinygate.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static tinygate.relay.Stage.get;
import static tinygate.relay.Stage.ok;

import org.junit.jupiter.api.Test;

/** A gate that stops: what runs is finished, what is idle closes. */
class DrainTest extends OnBothDrivers {

    @Test
    void anIdleExchangeCloses() {
        stage.exchangeOnce();
        stage.drains();
        assertThat(stage.client.gate()).isEqualTo(Peer.Gate.CLOSED);
    }

    @Test
    void anIdleExchangeClosesOnlyWhenItsAnswerIsTaken() {
        stage.client.takesOnly(5);
        stage.clientSends(get("one"));
        stage.upstreamSends(ok("answer"));
        stage.drains();
        assertThat(stage.client.gate()).isEqualTo(Peer.Gate.OPEN);
        stage.client.takesOnly(Long.MAX_VALUE);
        stage.run();
        assertThat(stage.client.got()).endsWith("answer");
        assertThat(stage.client.gate()).isEqualTo(Peer.Gate.CLOSED);
    }

    @Test
    void aRequestThatHasBegunIsServedAndTheClientIsToldToClose() {
        stage.clientSends("GET / HTTP/1.1\r\n");
        stage.drains();
        stage.clientSends("Host: one\r\n\r\n");
        stage.upstreamSends(ok("last"));
        assertThat(stage.client.got()).contains("Connection: close\r\n").endsWith("last");
        assertThat(stage.client.gate()).isEqualTo(Peer.Gate.FINISHED);
    }

    @Test
    void aRequestThatWaitsForAConnectionIsServed() {
        FakeDriver.Reach[] reach = {FakeDriver.Reach.HANGS};
        stage.driver.reach = upstream -> reach[0];
        stage.clientSends(get("one"));
        stage.drains();
        reach[0] = FakeDriver.Reach.ACCEPTS;
        stage.run();
        stage.upstreamSends(ok("last"));
        assertThat(stage.client.got()).contains("Connection: close\r\n").endsWith("last");
        assertThat(stage.client.gate()).isEqualTo(Peer.Gate.FINISHED);
    }

    @Test
    void aResponseThatRunsIsFinishedAndThenItCloses() {
        stage.clientSends(get("one"));
        stage.upstreamSends("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n1");
        stage.drains();
        assertThat(stage.phase()).isEqualTo(Phase.RELAY);
        stage.upstreamSends("2");
        assertThat(stage.client.got()).endsWith("12");
        assertThat(stage.client.gate()).isEqualTo(Peer.Gate.CLOSED);
    }

    @Test
    void anOwnAnswerCloses() {
        stage.clientSends("GET / HTTP/1.1\r\n");
        stage.drains();
        stage.clientSends("Host: nowhere\r\n\r\n");
        assertThat(stage.client.got()).startsWith("HTTP/1.1 404 ").contains("Connection: close");
        assertThat(stage.client.gate()).isIn(Peer.Gate.CLOSED, Peer.Gate.FINISHED);
    }

    @Test
    void aTunnelGoesOn() {
        stage.clientSends(
                "GET / HTTP/1.1\r\nHost: one\r\nConnection: upgrade\r\nUpgrade: x\r\n\r\n");
        stage.upstreamSends("HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\n\r\n");
        stage.drains();
        stage.clientSends("still");
        assertThat(stage.upstream().got()).endsWith("still");
    }

    @Test
    void aFarewellGoesOn() {
        stage.clientSends("nonsense\r\n");
        stage.drains();
        assertThat(stage.phase()).isEqualTo(Phase.FAREWELL);
    }
}
