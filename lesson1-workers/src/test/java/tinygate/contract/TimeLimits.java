package tinygate.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static tinygate.contract.Message.head;

import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tinygate.contract.ScriptedUpstream.Connection;

/** Rule P4: every wait has a limit, and ends neither early nor never. */
interface TimeLimits extends TestedGate {
    int LIMIT = 300;

    /** Less than this after the start is too early; clocks are read at slightly other moments. */
    Duration EARLIEST = Duration.ofMillis(LIMIT - 10);

    /** For a wait within which somebody else must have acted as well. */
    int LONGER_LIMIT = 1_000;

    Duration PAUSE = Duration.ofMillis(LIMIT / 3);

    /**
     * All of them together are longer than the limit; each is far from it, even if a busy machine
     * stands still for a second or two.
     */
    int DRIBBLE_PAUSES = 17;

    Duration DRIBBLE_PAUSE = Duration.ofMillis(LIMIT / 2);

    int LESS_THAN_A_DRIBBLE = 8 * LIMIT;

    private static Duration since(long start) {
        return Duration.ofNanos(System.nanoTime() - start);
    }

    private static void expectNotEarly(long start) {
        assertThat(since(start)).as("time to the answer").isGreaterThan(EARLIEST);
    }

    @Test
    @Tag("P4")
    default void aHeadThatDoesNotEndIsAnswered408(Bench bench) throws IOException {
        bench.timeout("headMillis", LIMIT).gate();
        long start = System.nanoTime();
        RawClient client = bench.client();
        client.send("GET / HTTP/1.1\r\nHost: a.test\r\n");
        bench.expectRefusal(client, 408);
        expectNotEarly(start);
    }

    @Test
    @Tag("P4")
    default void dribblingDoesNotProlongTheTimeForAHead(Bench bench) throws IOException {
        bench.timeout("headMillis", LIMIT).gate();
        long start = System.nanoTime();
        RawClient client = bench.client();
        client.send("GET / HTTP/1.1\r\nX: ");
        while (!client.hasInput(PAUSE) && since(start).compareTo(Wire.PATIENCE) < 0) {
            client.send("y");
        }
        bench.expectRefusal(client, 408);
        expectNotEarly(start);
    }

    @Test
    @Tag("P4")
    default void theSecondHeadOfAConnectionHasItsOwnTime(Bench bench) throws IOException {
        RawClient client = bench.timeout("headMillis", LIMIT).client();
        bench.relayed(client, Bench.GET, Bench.OK_CLOSE);
        client.expectNothingFor(Duration.ofMillis(LIMIT + 100));
        long start = System.nanoTime();
        client.send("GET ");
        bench.expectRefusal(client, 408);
        expectNotEarly(start);
    }

    @Test
    @Tag("P4")
    default void anIdleConnectionIsClosedWithoutAWord(Bench bench) throws IOException {
        RawClient client = bench.timeout("idleMillis", LIMIT).client();
        long start = System.nanoTime();
        bench.relayed(client, Bench.GET, Bench.OK_CLOSE);
        client.expectClosed();
        expectNotEarly(start);
    }

    @Test
    @Tag("P4")
    default void aNewConnectionWithoutARequestIsClosed(Bench bench) throws IOException {
        bench.timeout("idleMillis", LIMIT).timeout("headMillis", LIMIT).gate();
        long start = System.nanoTime();
        RawClient client = bench.client();
        client.readToEnd();
        expectNotEarly(start);
    }

    @Test
    @Tag("P4")
    default void anUpstreamThatDoesNotAcceptIsAnswered504(Bench bench) throws IOException {
        HangingUpstream hanging = bench.closing(new HangingUpstream());
        bench.timeout("connectMillis", LIMIT).upstreams(hanging.address());
        RawClient client = bench.client();
        long start = System.nanoTime();
        Bench.expectOwnAnswer(client.ask(Bench.GET), 504);
        expectNotEarly(start);
    }

    @Test
    @Tag("P4")
    default void anUpstreamThatDoesNotAcceptIsReplacedByTheNext(Bench bench) throws IOException {
        HangingUpstream hanging = bench.closing(new HangingUpstream());
        bench.timeout("connectMillis", LIMIT)
                .upstreams(hanging.address(), bench.named("a").address());
        RawClient client = bench.client();
        String post = head("POST / HTTP/1.1", "Host: a.test", "Content-Length: 5") + "hello";
        assertThat(client.ask(post).text()).isEqualTo("a");
        assertThat(client.ask(post).text()).isEqualTo("a");
    }

    @Test
    @Tag("P4")
    default void anUpstreamThatDoesNotAnswerIsAnswered504(Bench bench) throws IOException {
        RawClient client = bench.timeout("responseMillis", LONGER_LIMIT).client();
        long start = System.nanoTime();
        client.send(Bench.GET);
        Connection upstream = bench.upstream().accept();
        upstream.readRequest();
        Bench.expectOwnAnswer(client.readResponse(), 504);
        expectNotEarly(start);
        upstream.expectClosed();
        assertThat(bench.relayed(client, Bench.GET, Bench.OK_CLOSE).text()).isEqualTo("ok");
    }

    @Test
    @Tag("P4")
    default void anUpstreamThatTakesNoMoreOfTheRequestIsAnswered504(Bench bench)
            throws IOException {
        RawClient client =
                bench.timeout("transferMillis", LONGER_LIMIT)
                        .timeout("responseMillis", 60_000)
                        .client();
        long size = 1L << 30;
        client.send(head("POST / HTTP/1.1", "Host: a.test", "Content-Length: " + size));
        Connection upstream = bench.upstream().accept();
        // It ends by the gate's answer, since the client would wait much longer.
        Payload.sendUntilStalled(client, size, Wire.PATIENCE);
        Message answer = client.readResponse();
        Bench.expectOwnAnswer(answer, 504);
        assertThat(answer.text()).contains("did not respond in " + LONGER_LIMIT + " ms");
        upstream.readToEnd();
    }

    @Test
    @Tag("P4")
    default void dribblingDoesNotProlongTheTimeForAResponseHead(Bench bench) throws IOException {
        RawClient client = bench.timeout("responseMillis", LIMIT).client();
        long start = System.nanoTime();
        client.send(Bench.GET);
        Connection upstream = bench.upstream().accept();
        upstream.answer("HTTP/1.1 200 OK\r\nX: ");
        while (!client.hasInput(PAUSE) && since(start).compareTo(Wire.PATIENCE) < 0) {
            upstream.send("y");
        }
        Bench.expectOwnAnswer(client.readResponse(), 504);
        expectNotEarly(start);
    }

    @Test
    @Tag("P4")
    default void aResponseBodyThatStallsIsCutOff(Bench bench) throws IOException {
        RawClient client = bench.timeout("transferMillis", LIMIT).client();
        client.send(Bench.GET);
        Connection upstream = bench.upstream().accept();
        long start = System.nanoTime();
        upstream.answer(head("HTTP/1.1 200 OK", "Content-Length: 10") + "hello");
        client.expectTruncated();
        expectNotEarly(start);
        upstream.expectClosed();
    }

    @Test
    @Tag("P4")
    default void aRequestBodyThatStallsEndsTheConnection(Bench bench) throws IOException {
        RawClient client = bench.timeout("transferMillis", LIMIT).client();
        long start = System.nanoTime();
        client.send(head("POST / HTTP/1.1", "Host: a.test", "Content-Length: 10") + "hello");
        String answer = client.readToEnd();
        expectNotEarly(start);
        assertThat(answer)
                .satisfiesAnyOf(
                        text -> assertThat(text).isEmpty(),
                        text -> assertThat(text).startsWith("HTTP/1.1 408 "));
        Connection upstream = bench.upstream().accept(Duration.ZERO);
        if (upstream != null) {
            upstream.readToEnd();
        }
    }

    @Test
    @Tag("P4")
    default void aClientThatDoesNotReadIsClosed(Bench bench) throws IOException {
        RawClient client = bench.timeout("transferMillis", LIMIT).client(4_096);
        client.send(Bench.GET);
        Connection upstream = bench.upstream().accept();
        long most = 1L << 30;
        upstream.answer(head("HTTP/1.1 200 OK", "Content-Length: " + most));
        // It ends by the gate's closing, since the upstream would wait much longer.
        Payload.sendUntilStalled(upstream, most, Wire.PATIENCE);
        upstream.readToEnd();
    }

    @ParameterizedTest
    @Tag("P4")
    @ValueSource(booleans = {false, true})
    default void aBodyThatKeepsComingIsNotCutOff(boolean upload, Bench bench) throws IOException {
        RawClient client =
                bench.timeout("transferMillis", LESS_THAN_A_DRIBBLE)
                        .timeout("headMillis", LESS_THAN_A_DRIBBLE)
                        .timeout("responseMillis", LESS_THAN_A_DRIBBLE)
                        .client();
        String length = "Content-Length: " + (1 + DRIBBLE_PAUSES);
        client.send(upload ? head("POST / HTTP/1.1", "Host: a.test", length) + "0" : Bench.GET);
        Connection upstream = bench.upstream().accept();
        upstream.readRequestHead();
        if (upload) {
            upstream.readThrough("0");
            dribble(client, upstream);
            upstream.send(Bench.OK);
        } else {
            upstream.send(head("HTTP/1.1 200 OK", length) + "0");
            client.readResponseHead();
            client.readThrough("0");
            dribble(upstream, client);
            client.send(Bench.GET);
            upstream.answer(Bench.OK);
        }
        assertThat(client.readResponse().text()).isEqualTo("ok");
    }

    /** Byte by byte, each awaited at the other end: no pause reaches the limit, the whole does. */
    static void dribble(Wire from, Wire to) throws IOException {
        for (int i = 0; i < DRIBBLE_PAUSES; i++) {
            from.expectNothingFor(DRIBBLE_PAUSE);
            String letter = String.valueOf((char) ('a' + i));
            from.send(letter);
            to.readThrough(letter);
        }
    }
}
