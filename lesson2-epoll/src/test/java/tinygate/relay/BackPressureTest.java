package tinygate.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static tinygate.relay.Stage.get;

import org.junit.jupiter.api.Test;

/**
 * Memory is bounded whatever the sizes: the fake driver counts chunks and bytes at each step, so
 * these tests only have to push.
 */
class BackPressureTest extends OnBothDrivers {
    private static final int LARGE = 1_000_000;
    private static final int MOST_READ_AHEAD = 192 * 1024;

    @Test
    void aClientThatDoesNotReadStopsTheReadingOfItsResponse() {
        stage.client.takesOnly(0);
        stage.clientSends(get("one"));
        stage.upstreamSends("HTTP/1.1 200 OK\r\nContent-Length: " + LARGE + "\r\n\r\n");
        stage.upstreamSends("x".repeat(LARGE));
        assertThat(stage.upstream().available()).isGreaterThan(LARGE - MOST_READ_AHEAD);
        stage.client.takesOnly(Long.MAX_VALUE);
        stage.run();
        assertThat(stage.client.got()).endsWith("\r\n\r\n" + "x".repeat(LARGE));
        assertThat(stage.phase()).isEqualTo(Phase.IDLE);
    }

    @Test
    void anUpstreamThatDoesNotReadStopsTheReadingOfTheRequest() {
        stage.exchangeOnce();
        stage.upstream().takesOnly(0);
        stage.clientSends("PUT / HTTP/1.1\r\nHost: one\r\nContent-Length: " + LARGE + "\r\n\r\n");
        stage.clientSends("x".repeat(LARGE));
        assertThat(stage.client.available()).isGreaterThan(LARGE - MOST_READ_AHEAD);
        stage.upstream().takesOnly(Long.MAX_VALUE);
        stage.run();
        assertThat(stage.upstream().got()).endsWith("\r\n\r\n" + "x".repeat(LARGE));
    }

    @Test
    void readingThatWasStoppedBeginsAgainWhenHalfOfWhatStoppedItIsSent() {
        stage.client.takesOnly(0);
        stage.clientSends(get("one"));
        stage.upstreamSends("HTTP/1.1 200 OK\r\nContent-Length: " + LARGE + "\r\n\r\n");
        stage.upstreamSends("x".repeat(LARGE));
        int left = stage.upstream().available();
        stage.client.takesOnly(30_000);
        stage.run();
        assertThat(stage.upstream().available()).isEqualTo(left);
        stage.client.takesOnly(20_000);
        stage.run();
        assertThat(stage.upstream().available()).isLessThan(left);
        for (int i = 0; i < 100; i++) {
            stage.client.takesOnly(10_000);
            stage.run();
        }
        assertThat(stage.client.gotAll()).endsWith("\r\n\r\n" + "x".repeat(LARGE));
        int stopsAndStarts = 2 * (LARGE / (32 * 1024) + 1);
        assertThat(stage.driver.wishes).isLessThanOrEqualTo(stopsAndStarts);
    }

    @Test
    void whatWasUnderWayWhenReadingWasStoppedIsTakenInAndSentInItsOrder() {
        stage.client.takesOnly(0);
        stage.clientSends(get("one"));
        stage.driver.chance = Chance.contrary();
        stage.upstreamSends("HTTP/1.1 200 OK\r\nContent-Length: " + LARGE + "\r\n\r\n");
        String content = Stage.pattern(LARGE);
        stage.upstreamSends(content);
        stage.client.takesOnly(Long.MAX_VALUE);
        stage.run();
        assertThat(stage.client.got().endsWith("\r\n\r\n" + content)).isTrue();
        assertThat(stage.phase()).isEqualTo(Phase.IDLE);
        assertThat(stage.driver.chunks.mostLent())
                .isGreaterThan(style == IoStyle.COMPLETION ? 48 : 0);
    }

    @Test
    void aChunkOfWhateverSizeMayWaitWhileTheNextIsRead() {
        int chunkBytes = 200_000;
        stage = new Stage(style, Stage.SETTINGS, chunkBytes);
        stage.client.takesOnly(0);
        stage.clientSends(get("one"));
        stage.upstreamSends("HTTP/1.1 200 OK\r\nContent-Length: " + LARGE + "\r\n\r\n");
        stage.upstreamSends("x".repeat(LARGE));
        assertThat(stage.upstream().available())
                .isBetween(LARGE - 4 * chunkBytes, LARGE - 3 * chunkBytes / 2);
        stage.client.takesOnly(Long.MAX_VALUE);
        stage.run();
        assertThat(stage.client.got()).endsWith("\r\n\r\n" + "x".repeat(LARGE));
    }

    @Test
    void aResponseThatDribblesToAClientThatDoesNotReadTakesNoMoreThanOneThatRushes() {
        stage.client.takesOnly(0);
        stage.clientSends(get("one"));
        stage.upstreamSends("HTTP/1.1 200 OK\r\nContent-Length: " + LARGE + "\r\n\r\n");
        for (int i = 0; i < 2_000; i++) {
            stage.upstreamSends("x");
        }
        assertThat(stage.driver.chunks.mostLent()).isLessThan(10);
        stage.client.takesOnly(Long.MAX_VALUE);
        stage.run();
        assertThat(stage.client.got()).endsWith("x".repeat(2_000));
    }

    @Test
    void aPipelineOfOwnAnswersToAClientThatDoesNotReadIsBounded() {
        stage.client.takesOnly(0);
        stage.clientSends(get("nowhere").repeat(2_000));
        assertThat(stage.client.available()).isGreaterThan(0);
        stage.client.takesOnly(Long.MAX_VALUE);
        stage.run();
        assertThat(stage.client.got().split("404 Not Found\r\n", -1)).hasSize(2_001);
    }

    @Test
    void interimResponsesThatNobodyTakesStopTheReading() {
        String interim = "HTTP/1.1 102 Processing\r\n\r\n";
        stage.client.takesOnly(0);
        stage.clientSends(get("one"));
        stage.upstreamSends(interim.repeat(LARGE / interim.length()));
        assertThat(stage.upstream().available()).isGreaterThan(0);
        stage.client.takesOnly(Long.MAX_VALUE);
        stage.run();
        stage.upstreamSends(Stage.ok("last"));
        assertThat(stage.client.got().split(" 102 Processing\r\n", -1))
                .hasSize(LARGE / interim.length() + 1);
        assertThat(stage.phase()).isEqualTo(Phase.IDLE);
    }

    @Test
    void anUpstreamIsNotReadWhileItsClientHasNotTakenTheAnswerBefore() {
        stage.client.takesOnly(0);
        for (int i = 0; i < 3; i++) {
            stage.client.sends(get("one"));
        }
        for (int i = 0; i < 3; i++) {
            stage.run();
            stage.upstreamSends(Stage.ok("x".repeat(60_000)));
        }
        assertThat(stage.connects()).isEqualTo(1);
        assertThat(stage.upstream().got().split("GET /", -1)).hasSize(3);
        stage.client.takesOnly(Long.MAX_VALUE);
        stage.run();
        stage.upstreamSends(Stage.ok("last"));
        assertThat(stage.client.got()).hasSizeGreaterThan(120_000).endsWith("last");
    }

    @Test
    void aFarewellThrowsAwayWithoutEnd() {
        stage.clientSends("POST / HTTP/1.1\r\nHost: one\r\nContent-Length: 2000000\r\n\r\n");
        stage.clientSends("x".repeat(LARGE));
        assertThat(stage.phase()).isEqualTo(Phase.FAREWELL);
        assertThat(stage.client.available()).isZero();
    }

    @Test
    void aTunnelIsBoundedInBothDirections() {
        stage.clientSends(
                "GET / HTTP/1.1\r\nHost: one\r\nConnection: upgrade\r\nUpgrade: x\r\n\r\n");
        stage.upstreamSends("HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\n\r\n");
        stage.client.got();
        stage.upstream().got();
        stage.client.takesOnly(0);
        stage.upstream().takesOnly(0);
        stage.client.sends("x".repeat(LARGE));
        stage.upstreamSends("y".repeat(LARGE));
        assertThat(stage.client.available()).isGreaterThan(LARGE - MOST_READ_AHEAD);
        assertThat(stage.upstream().available()).isGreaterThan(LARGE - MOST_READ_AHEAD);
        stage.client.takesOnly(Long.MAX_VALUE);
        stage.upstream().takesOnly(Long.MAX_VALUE);
        stage.run();
        assertThat(stage.client.got()).isEqualTo("y".repeat(LARGE));
        assertThat(stage.upstream().got()).isEqualTo("x".repeat(LARGE));
    }
}
