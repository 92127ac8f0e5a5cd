package tinygate.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static tinygate.relay.Stage.get;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A client that is gone takes everything with it, in whatever phase. */
class ClientGoneTest extends OnBothDrivers {

    private void reach(Phase phase) {
        switch (phase) {
            case IDLE -> stage.run();
            case HEAD -> stage.clientSends("GET /");
            case CONNECT -> {
                stage.driver.reach = upstream -> FakeDriver.Reach.HANGS;
                stage.clientSends(get("one"));
            }
            case RESPONSE -> stage.clientSends(get("one"));
            case RELAY -> {
                stage.clientSends(get("one"));
                stage.upstreamSends("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\npart");
            }
            case TUNNEL -> {
                stage.clientSends(
                        "GET / HTTP/1.1\r\nHost: one\r\nConnection: upgrade\r\nUpgrade: x\r\n\r\n");
                stage.upstreamSends("HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\n\r\n");
            }
            case FAREWELL -> stage.clientSends("nonsense\r\n");
            case CLOSED -> {
                stage.clientEnds();
            }
        }
        assertThat(stage.phase()).isEqualTo(phase);
    }

    @ParameterizedTest
    @EnumSource
    void allIsClosedWhenTheClientIsGone(Phase phase) {
        reach(phase);
        stage.clientIsGone();
        assertThat(stage.phase()).isEqualTo(Phase.CLOSED);
        for (Peer upstream : stage.driver.upstreamPeers()) {
            assertThat(upstream.gate()).isIn(Peer.Gate.CLOSED, Peer.Gate.RESET);
        }
        assertThat(stage.stats.answers(2)).as("answers that were not taken").isZero();
    }

    @ParameterizedTest
    @EnumSource(names = {"IDLE", "HEAD", "CLOSED"})
    void aClientThatEndsWithoutARequestIsClosed(Phase phase) {
        reach(phase);
        stage.clientEnds();
        assertThat(stage.client.gate()).isEqualTo(Peer.Gate.CLOSED);
        assertThat(stage.client.got()).isEmpty();
        assertThat(stage.connects()).isZero();
    }

    @Test
    void anExchangeForWhichThereWasNoMemoryCanStillBeClosed() {
        stage.clientSends(get("one"));
        stage.driver.outOfMemory = true;
        assertThatThrownBy(() -> stage.upstreamSends("nonsense\r\n"))
                .isInstanceOf(OutOfMemoryError.class);
        stage.driver.tell(exchange -> exchange.broken(Side.CLIENT));
        assertThat(stage.phase()).isEqualTo(Phase.CLOSED);
    }

    /** Behind a long head there is no room for it in front of a body that comes later. */
    @Test
    void aBodyIsNotLostIfThereIsNoMemoryForTheHeadInFrontOfIt() {
        FakeDriver.Reach[] reach = {FakeDriver.Reach.HANGS};
        stage.driver.reach = upstream -> reach[0];
        String field = "X: " + "x".repeat(Chunk.HEAD_ROOM) + "\r\n";
        stage.clientSends("POST / HTTP/1.1\r\nHost: one\r\nContent-Length: 4\r\n" + field + "\r\n");
        stage.clientSends("body");
        stage.driver.outOfMemory = true;
        reach[0] = FakeDriver.Reach.ACCEPTS;
        assertThatThrownBy(stage::run).isInstanceOf(OutOfMemoryError.class);
        stage.driver.tell(exchange -> exchange.broken(Side.CLIENT));
        assertThat(stage.driver.chunks.lent()).as("chunks that are lent").isZero();
    }

    @Test
    void aClientThatEndsInMidBodyTakesTheRequestWithIt() {
        stage.clientSends("POST / HTTP/1.1\r\nHost: one\r\nContent-Length: 9\r\n\r\npart");
        stage.clientEnds();
        assertThat(stage.upstream().gate()).isEqualTo(Peer.Gate.CLOSED);
        assertThat(stage.client.gate()).isEqualTo(Peer.Gate.CLOSED);
        assertThat(stage.stats.upstreamFailures()).isZero();
    }
}
