package tinygate.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static tinygate.contract.Message.head;

import java.io.IOException;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tinygate.WorkerSettings;
import tinygate.contract.ScriptedUpstream.Connection;

/** Rule P5: what the gate accepts is limited, and beyond it there is a clear answer. */
interface SizeLimits extends TestedGate {

    @Test
    @Tag("P5")
    default void aHeadThatIsTooLargeIsAnswered431(Bench bench) throws IOException {
        bench.limit("headBytes", 1_000);
        bench.expectRefusedHoweverSent(
                head("GET / HTTP/1.1", "Host: a.test", "X: " + "x".repeat(2_000)), 431);
    }

    @Test
    @Tag("P5")
    default void aHeadIsRefusedBeforeItsEndHasCome(Bench bench) throws IOException {
        bench.limit("headBytes", 1_000);
        bench.expectRefused("GET / HTTP/1.1\r\nX: " + "x".repeat(2_000), 431);
    }

    @Test
    @Tag("P5")
    default void tooManyFieldsAreAnswered431(Bench bench) throws IOException {
        bench.limit("headFields", 10);
        bench.expectRefused(
                head("GET / HTTP/1.1", "Host: a.test")
                        .replace("\r\n\r\n", "\r\nX: y".repeat(10) + "\r\n\r\n"),
                431);
        assertThat(bench.forwarded(Bench.GET).startLine()).isEqualTo("GET / HTTP/1.1");
    }

    @Test
    @Tag("P5")
    default void aTargetThatIsTooLongIsAnswered414(Bench bench) throws IOException {
        bench.limit("targetBytes", 100);
        String target = "/" + "x".repeat(99);
        assertThat(bench.forwarded(head("GET " + target + " HTTP/1.1", "Host: a.test")).target())
                .isEqualTo(target);
        bench.expectRefusedHoweverSent(head("GET " + target + "x HTTP/1.1", "Host: a.test"), 414);
    }

    @Test
    @Tag("P5")
    default void aLengthOverTheLimitIsAnswered413AtOnce(Bench bench) throws IOException {
        bench.limit("requestBodyBytes", 5);
        bench.expectRefused(head("POST / HTTP/1.1", "Host: a.test", "Content-Length: 6"), 413);
    }

    @Test
    @Tag("P5")
    default void aBodyOfTheLimitIsServed(Bench bench) throws IOException {
        bench.limit("requestBodyBytes", 5);
        Message fixed =
                bench.forwarded(
                        head("POST / HTTP/1.1", "Host: a.test", "Content-Length: 5") + "hello");
        assertThat(fixed.text()).isEqualTo("hello");
        Message chunked =
                bench.forwarded(
                        head("POST / HTTP/1.1", "Host: a.test", "Transfer-Encoding: chunked")
                                + "5\r\nhello\r\n0\r\n\r\n");
        assertThat(chunked.text()).isEqualTo("hello");
    }

    @Test
    @Tag("P5")
    default void chunksOverTheLimitAreAnswered413WhenTheyExceedIt(Bench bench) throws IOException {
        assertThat(forwardedOfRefused("5\r\nhello\r\n1\r\n!", bench)).doesNotEndWith("!");
    }

    @Test
    @Tag("P5")
    default void aWholeBodyOverTheLimitIsNotForwarded(Bench bench) throws IOException {
        assertThat(forwardedOfRefused("6\r\nhello!\r\n0\r\n\r\n", bench)).doesNotContain("hello!");
    }

    /** What the upstream gets of chunks that are answered 413, with a limit of five bytes. */
    private static String forwardedOfRefused(String chunks, Bench bench) throws IOException {
        bench.limit("requestBodyBytes", 5);
        RawClient client = bench.client();
        client.send(head("POST / HTTP/1.1", "Host: a.test", "Transfer-Encoding: chunked") + chunks);
        bench.expectRefusal(client, 413);
        Connection upstream = bench.upstream().accept(Duration.ZERO);
        return upstream == null ? "" : upstream.readToEnd();
    }

    @Test
    @Tag("P5")
    default void aResponseHeadThatIsTooLargeIsAnswered502(Bench bench) throws IOException {
        bench.limit("headBytes", 1_000);
        String response = head("HTTP/1.1 200 OK", "Content-Length: 0", "X: " + "x".repeat(2_000));
        Bench.expectOwnAnswer(bench.relayed(response), 502);
    }

    @Test
    @Tag("P5")
    default void aConnectionOverTheLimitIsAnswered503(Bench bench) throws IOException {
        bench.upstreams(bench.named("a").address());
        bench.limit("connections", 2);
        RawClient first = bench.client();
        RawClient second = bench.client();
        assertThat(first.ask(Bench.GET).text()).isEqualTo("a");
        assertThat(second.ask(Bench.GET).text()).isEqualTo("a");
        RawClient third = bench.client();
        bench.expectRefusal(third, 503);
        assertThat(bench.gate().stats().connectionsRefused()).isEqualTo(1);
        first.close();
        expectServedAgain(bench);
        assertThat(second.ask(Bench.GET).text()).isEqualTo("a");
    }

    @Test
    @Tag("P5")
    default void aConnectionThatNoWorkerAndNoQueueTakesIsAnswered503(Bench bench)
            throws IOException {
        Assumptions.assumeTrue(queuesForWorkers(), "this gate has no queue for workers");
        bench.settings(s -> s.withWorkers(new WorkerSettings(1, false))).limit("pending", 1);
        bench.upstreams(bench.named("a").address());
        RawClient served = bench.client();
        assertThat(served.ask(Bench.GET).text()).isEqualTo("a");
        RawClient waiting = bench.client();
        waiting.send(Bench.GET);
        RawClient refused = bench.client();
        bench.expectRefusal(refused, 503);
        served.close();
        assertThat(waiting.readResponse().text()).isEqualTo("a");
    }

    private static void expectServedAgain(Bench bench) {
        Awaitility.await("a connection is served again")
                .atMost(Wire.PATIENCE)
                .until(
                        () -> {
                            RawClient client = bench.client();
                            client.send(Bench.GET);
                            int status = client.readResponse().status();
                            client.close();
                            return status == 200;
                        });
    }
}
