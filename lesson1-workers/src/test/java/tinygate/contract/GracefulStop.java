package tinygate.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static tinygate.contract.Message.head;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tinygate.contract.ScriptedUpstream.Connection;

/** Rule P8: a gate that stops lets running exchanges finish. */
interface GracefulStop extends TestedGate {

    private static FutureTask<Boolean> drain(Bench bench, Duration limit) throws IOException {
        Callable<Boolean> drain = () -> bench.gate().drain(limit);
        FutureTask<Boolean> task = new FutureTask<>(drain);
        bench.gate();
        new Thread(task, "drain").start();
        return task;
    }

    @Test
    @Tag("P8")
    default void aRunningExchangeFinishesAndSaysClose(Bench bench) throws Exception {
        RawClient client = bench.client();
        RawClient idle = bench.client();
        bench.relayed(idle, Bench.GET, Bench.OK_CLOSE);
        client.send(Bench.GET);
        Connection upstream = bench.upstream().accept();
        upstream.readRequest();
        FutureTask<Boolean> drained = drain(bench, Duration.ofSeconds(5));
        idle.expectClosed();
        assertThat(drained).isNotDone();
        upstream.send(Bench.OK);
        Message response = client.readResponse();
        assertThat(response.text()).isEqualTo("ok");
        assertThat(response.field("Connection")).isEqualToIgnoringCase("close");
        client.expectClosed();
        assertThat(drained.get()).as("every exchange finished").isTrue();
    }

    @Test
    @Tag("P8")
    default void aBodyOnItsWayIsRelayedToItsEnd(Bench bench) throws Exception {
        RawClient client = bench.client();
        client.send(Bench.GET);
        Connection upstream = bench.upstream().accept();
        upstream.answer(head("HTTP/1.1 200 OK", "Content-Length: 10") + "hello");
        client.readThrough("hello");
        FutureTask<Boolean> drained = drain(bench, Duration.ofSeconds(5));
        awaitRefusal(bench);
        upstream.send("world");
        assertThat(client.readToEnd()).isEqualTo("world");
        assertThat(drained.get()).isTrue();
    }

    @Test
    @Tag("P8")
    default void newConnectionsAreNotServed(Bench bench) throws Exception {
        bench.client().send(Bench.GET);
        Connection upstream = bench.upstream().accept();
        upstream.readRequest();
        FutureTask<Boolean> drained = drain(bench, Duration.ofSeconds(5));
        awaitRefusal(bench);
        upstream.send(Bench.OK);
        assertThat(drained.get()).isTrue();
    }

    @Test
    @Tag("P8")
    default void whatIsNotFinishedAtTheLimitIsClosed(Bench bench) throws Exception {
        RawClient client = bench.client();
        client.send(Bench.GET);
        Connection upstream = bench.upstream().accept();
        upstream.readRequest();
        long start = System.nanoTime();
        assertThat(bench.gate().drain(Duration.ofMillis(300))).as("every one finished").isFalse();
        assertThat(Duration.ofNanos(System.nanoTime() - start))
                .isBetween(Duration.ofMillis(290), Duration.ofSeconds(3));
        assertThat(client.readToEnd()).doesNotContain("200");
        upstream.expectClosed();
    }

    @Test
    @Tag("P8")
    default void aGateWithoutWorkStopsAtOnce(Bench bench) throws Exception {
        bench.client();
        // This one is surely waiting for a second request, or about to: it was promised one.
        bench.relayed(bench.client(), Bench.GET, Bench.OK_CLOSE);
        assertThat(bench.gate().drain(Duration.ofSeconds(5)))
                .as("all connections ended without waiting for the limit of 5 s")
                .isTrue();
        assertThatThrownBy(bench::client).isInstanceOf(IOException.class);
    }

    @Test
    @Tag("P8")
    default void closingEndsRunningExchangesAndMayBeRepeated(Bench bench) throws Exception {
        RawClient client = bench.client();
        client.send(Bench.GET);
        Connection upstream = bench.upstream().accept();
        upstream.readRequest();
        bench.gate().close();
        bench.gate().close();
        client.expectClosed();
        upstream.expectClosed();
        assertThatThrownBy(bench::client).isInstanceOf(IOException.class);
    }

    @Test
    @Tag("P8")
    default void closingWaitsForNobodyWhoReadsNothing(Bench bench) throws Exception {
        RawClient downloader = bench.client(16 * 1024);
        downloader.send(Bench.GET);
        Connection sender = bench.upstream().accept();
        sender.answer(head("HTTP/1.1 200 OK", "Content-Length: " + BackPressure.SIZE));
        Payload.sendUntilStalled(sender, BackPressure.SIZE, BackPressure.STALL);
        RawClient uploader = bench.client();
        uploader.send(
                head("POST / HTTP/1.1", "Host: a.test", "Content-Length: " + BackPressure.SIZE));
        Payload.sendUntilStalled(uploader, BackPressure.SIZE, BackPressure.STALL);
        long start = System.nanoTime();
        bench.gate().close();
        assertThat(Duration.ofNanos(System.nanoTime() - start))
                .as("the time that closing took")
                .isLessThan(Duration.ofSeconds(3));
        sender.expectClosed();
        uploader.expectClosed();
    }

    /** Waits until a new connection is refused, or is accepted by the kernel and then closed. */
    private static void awaitRefusal(Bench bench) {
        Awaitility.await("new connections are refused")
                .atMost(Wire.PATIENCE)
                .until(
                        () -> {
                            try (RawClient late = bench.client()) {
                                return late.hasInput(Duration.ofMillis(100))
                                        && late.readToEnd().isEmpty();
                            } catch (IOException refused) {
                                return true;
                            }
                        });
    }
}
