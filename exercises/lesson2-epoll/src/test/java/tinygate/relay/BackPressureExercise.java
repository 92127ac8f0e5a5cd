package tinygate.relay;

import static tinygate.relay.Stage.get;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import tinygate.kit.Exercise;
import tinygate.kit.Story;

/** Exercise 2.4: a side is read only while the other side takes what comes. */
@Exercise(
        id = "2.4",
        title = "Interest and back-pressure",
        points = 15,
        minutes = 30,
        chapter = "lesson2.html#ex-2-4",
        code = {"tinygate.relay.Pipe", "tinygate.relay.Exchange"},
        hints = {
            """
            What was received from one side and cannot be sent to the other waits in memory; driver.unsent(side) tells
            how much. The only way to have less of it is not to read: the other end's kernel does the rest.""",
            """
            Pipe.drains(): two marks, not one. Reading stops at highWaterBytes, and then goes on only below half of it;
            the field dammed remembers which of the two counts just now.""",
            """
            wantsUpstream(): attached(), the pipe fromUpstream has not ended, and it drains. wantsClient(): the pipe
            fromClient has not ended and drains, and it is empty: what lies there waits for its turn, and more need not
            come. But in the phase HEAD what lies there is half a head, and the other half must come."""
        })
public class BackPressureExercise {
    private static final int LARGE = 1_000_000;
    private static final int HIGH_WATER = 64 * 1024;
    private static final int MOST_READ = 192 * 1024;

    private final Stage stage = new Stage(IoStyle.READINESS);

    @AfterEach
    void nothingIsLeft() {
        stage.client.takesOnly(Long.MAX_VALUE);
        stage.client.resets();
        stage.run();
    }

    private void clientAsksForALargeResponse() {
        stage.clientSends(get("one"));
        stage.upstreamSends("HTTP/1.1 200 OK\r\nContent-Length: " + LARGE + "\r\n\r\n");
        stage.upstreamSends("x".repeat(LARGE));
    }

    private static void expectRead(Story story, String what, int left) {
        int read = LARGE - left;
        story.expect(
                "at least " + HIGH_WATER + " and at most " + MOST_READ + " bytes of the " + what,
                "were read",
                read < HIGH_WATER || read > MOST_READ ? read + " were read" : "were read");
    }

    private void expectOneWishLess(Story story, Runnable end) {
        int before = stage.driver.wishes;
        end.run();
        story.expect(
                "how often the exchange said that it wants no more of a side",
                1,
                stage.driver.wishes - before);
    }

    @Test
    @Order(1)
    void aResponseThatIsTakenGoesThrough(Story story) {
        story.step("a client asks; the upstream answers with %s bytes", LARGE);
        clientAsksForALargeResponse();
        String got = stage.client.got();
        story.expect("the content is complete", got.endsWith("\r\n\r\n" + "x".repeat(LARGE)));
        story.expect("the phase", Phase.IDLE, stage.phase());
    }

    @Test
    @Order(2)
    void aHeadThatComesInPiecesIsReadToItsEnd(Story story) {
        String head = get("one");
        story.step("a client sends %s", head.substring(0, 9));
        stage.clientSends(head.substring(0, 9));
        story.step("and then %s", head.substring(9));
        stage.clientSends(head.substring(9));
        story.expect("how many connections to upstreams were opened", 1, stage.connects());
        stage.upstreamSends(Stage.ok("hello"));
        story.expect("the answer arrives", stage.client.got().endsWith("hello"));
    }

    @Test
    @Order(3)
    void aResponsesHeadThatComesInPiecesIsReadToItsEnd(Story story) {
        String response = Stage.ok("hello");
        story.step("a client asks; the upstream sends %s", response.substring(0, 9));
        stage.clientSends(get("one"));
        stage.upstreamSends(response.substring(0, 9));
        story.step("and then %s", response.substring(9));
        stage.upstreamSends(response.substring(9));
        story.expect("the answer arrives", stage.client.got().endsWith("hello"));
    }

    @Test
    @Order(4)
    void aClientThatDoesNotReadStopsTheReadingOfItsResponse(Story story) {
        story.step("a client asks for %s bytes, and takes none of them", LARGE);
        stage.client.takesOnly(0);
        clientAsksForALargeResponse();
        expectRead(story, "response", stage.upstream().available());
        story.step("the client takes all now");
        stage.client.takesOnly(Long.MAX_VALUE);
        stage.run();
        story.expect("the content is complete", stage.client.got().endsWith("x".repeat(LARGE)));
    }

    @Test
    @Order(5)
    void anUpstreamThatDoesNotReadStopsTheReadingOfTheRequest(Story story) {
        stage.exchangeOnce();
        story.step("a client uploads %s bytes, and the upstream takes none of them", LARGE);
        stage.upstream().takesOnly(0);
        stage.clientSends("PUT / HTTP/1.1\r\nHost: one\r\nContent-Length: " + LARGE + "\r\n\r\n");
        stage.clientSends("x".repeat(LARGE));
        expectRead(story, "request", stage.client.available());
        story.step("the upstream takes all now");
        stage.upstream().takesOnly(Long.MAX_VALUE);
        stage.run();
        story.expect("the content is complete", stage.upstream().got().endsWith("x".repeat(LARGE)));
    }

    @Test
    @Order(6)
    void readingGoesOnBelowHalfOfTheMarkAndNotBefore(Story story) {
        story.step("a client asks for %s bytes, and takes none of them", LARGE);
        stage.client.takesOnly(0);
        clientAsksForALargeResponse();
        int left = stage.upstream().available();
        story.step("it takes 30000 bytes; more than half of %s are unsent", HIGH_WATER);
        stage.client.takesOnly(30_000);
        stage.run();
        story.expect("what the upstream still has to send", left, stage.upstream().available());
        story.step("it takes 20000 more: less than half are unsent");
        stage.client.takesOnly(20_000);
        stage.run();
        story.expect("reading goes on", stage.upstream().available() < left);
        story.step("it takes the rest, 10000 bytes at a time");
        for (int i = 0; i < 100; i++) {
            stage.client.takesOnly(10_000);
            stage.run();
        }
        story.expect("the content is complete", stage.client.got().endsWith("x".repeat(LARGE)));
        int most = 2 * (LARGE / (HIGH_WATER / 2) + 1);
        int wishes = stage.driver.wishes;
        story.expect(
                "reading was stopped and begun at most " + most + " times",
                "yes",
                wishes > most ? "no, " + wishes + " times" : "yes");
    }

    @Test
    @Order(7)
    void aPipelineOfRequestsWaitsAtTheClient(Story story) {
        String requests = get("one").repeat(LARGE / get("one").length());
        story.step("a client sends %s bytes of requests; the upstream is slow", requests.length());
        stage.clientSends(requests);
        int read = requests.length() - stage.client.available();
        story.expect(
                "how much of them was read while the first is not answered",
                "at most " + MOST_READ,
                read <= MOST_READ ? "at most " + MOST_READ : String.valueOf(read));
        story.step("the upstream answers twice");
        stage.upstreamSends(Stage.ok("one"));
        stage.upstreamSends(Stage.ok("two"));
        story.expect("the second answer arrives", stage.client.got().endsWith("two"));
    }

    @Test
    @Order(8)
    void ownAnswersThatNobodyTakesStopTheReadingToo(Story story) {
        story.step(
                "a client sends 2000 requests for a host that no route serves, and takes nothing");
        stage.client.takesOnly(0);
        stage.clientSends(get("nowhere").repeat(2_000));
        story.expect("some requests are left unread", stage.client.available() > 0);
        story.step("it takes the answers");
        stage.client.takesOnly(Long.MAX_VALUE);
        stage.run();
        story.expect(
                "how many answers it got",
                2_000,
                stage.client.got().split("404 Not Found\r\n", -1).length - 1);
    }

    @Test
    @Order(9)
    void afterItsEndASideIsNotWantedAnyMore(Story story) {
        story.step("a client asks; the upstream is slow");
        stage.clientSends(get("one"));
        story.step("the client ends its sending side; it still wants its answer");
        expectOneWishLess(story, stage::clientEnds);
        stage.upstreamSends(Stage.ok("hello"));
        story.expect("the answer arrives", stage.client.got().endsWith("hello"));
    }

    private void openTunnel() {
        stage.clientSends(
                "GET / HTTP/1.1\r\nHost: one\r\nConnection: upgrade\r\nUpgrade: x\r\n\r\n");
        stage.upstreamSends("HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\n\r\n");
    }

    @Test
    @Order(10)
    void afterItsEndAnUpstreamIsNotWantedAnyMoreEither(Story story) {
        openTunnel();
        story.step("a tunnel; the upstream ends its sending side, and still wants to receive");
        expectOneWishLess(story, stage::upstreamEnds);
        stage.clientSends("hello");
        story.expect("what the client sends arrives", stage.upstream().got().endsWith("hello"));
    }

    @Test
    @Order(11)
    void aTunnelIsBoundedInBothDirections(Story story) {
        openTunnel();
        story.step("a tunnel; both sides send %s bytes and take none", LARGE);
        stage.client.takesOnly(0);
        stage.upstream().takesOnly(0);
        stage.client.sends("x".repeat(LARGE));
        stage.upstreamSends("y".repeat(LARGE));
        expectRead(story, "client's bytes", stage.client.available());
        expectRead(story, "upstream's bytes", stage.upstream().available());
        stage.client.takesOnly(Long.MAX_VALUE);
        stage.upstream().takesOnly(Long.MAX_VALUE);
        stage.run();
        story.expect("the client got all", stage.client.got().endsWith("y".repeat(LARGE)));
        story.expect("the upstream got all", stage.upstream().got().endsWith("x".repeat(LARGE)));
    }
}
