package tinygate.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static tinygate.contract.Message.head;

import java.io.IOException;
import java.time.Duration;
import java.util.Random;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tinygate.contract.ScriptedUpstream.Connection;

/** What a gate survives: after each of these it serves as before, and holds nothing back. */
interface Survival extends TestedGate {
    String POST =
            head("POST / HTTP/1.1", "Host: a.test", "Transfer-Encoding: chunked")
                    + "5\r\nhello\r\n0\r\n\r\n";
    String ANSWER =
            head("HTTP/1.1 200 OK", "Transfer-Encoding: chunked") + "5\r\nhello\r\n0\r\n\r\n";

    private static void expectServing(Bench bench) throws IOException {
        RawClient client = bench.client();
        assertThat(client.ask(Bench.GET).text()).isEqualTo("a");
        client.close();
    }

    @ParameterizedTest
    @Tag("survival")
    @ValueSource(longs = {1, 2, 3, 4})
    default void randomBytesFromClients(long seed, Bench bench) throws IOException {
        bench.upstreams(bench.named("a").address());
        Random random = new Random(seed);
        String pieces = POST + Bench.GET;
        for (int i = 0; i < 100; i++) {
            byte[] bytes = new byte[random.nextInt(300)];
            random.nextBytes(bytes);
            RawClient client = bench.client();
            // The first bytes of a good request get the rest past the first check.
            client.send(pieces.substring(0, random.nextInt(pieces.length())));
            client.send(bytes);
            client.shutdownOutput();
            client.readToEnd();
            client.close();
        }
        expectServing(bench);
    }

    @ParameterizedTest
    @Tag("survival")
    @ValueSource(longs = {1, 2})
    default void randomBytesFromAnUpstream(long seed, Bench bench) throws IOException {
        bench.settings(s -> s.withHealth(Retries.TIRELESS));
        Random random = new Random(seed);
        for (int i = 0; i < 50; i++) {
            byte[] bytes = new byte[random.nextInt(300)];
            random.nextBytes(bytes);
            RawClient client = bench.client();
            client.send(head("POST / HTTP/1.0", "Host: a.test", "Content-Length: 0"));
            Connection upstream = bench.upstream().accept();
            upstream.readRequest();
            upstream.send(ANSWER.substring(0, random.nextInt(ANSWER.length())));
            upstream.send(bytes);
            upstream.close();
            client.readToEnd();
            client.close();
        }
        assertThat(bench.relayed(Bench.OK_CLOSE).text()).isEqualTo("ok");
    }

    @Test
    @Tag("survival")
    default void aClientThatResetsAtAnyPointOfItsRequest(Bench bench) throws IOException {
        bench.upstreams(bench.named("a").address());
        bench.settings(s -> s.withHealth(Retries.TIRELESS));
        for (int end = 0; end <= POST.length(); end++) {
            RawClient client = bench.client();
            client.send(POST.substring(0, end));
            client.reset();
        }
        expectServing(bench);
        expectNothingRuns(bench);
    }

    @Test
    @Tag("survival")
    default void aClientThatResetsAtAnyPointOfItsResponse(Bench bench) throws IOException {
        for (int end = 1; end <= ANSWER.length(); end += 5) {
            RawClient client = bench.client();
            client.send(Bench.GET);
            Connection upstream = bench.upstream().accept();
            upstream.answer(ANSWER.substring(0, end));
            client.reset();
            upstream.send(ANSWER.substring(end));
            upstream.close();
        }
        assertThat(bench.relayed(Bench.OK_CLOSE).text()).isEqualTo("ok");
        expectNothingRuns(bench);
    }

    @Test
    @Tag("survival")
    default void anUpstreamThatResetsAtAnyPointOfItsResponse(Bench bench) throws IOException {
        bench.settings(s -> s.withHealth(Retries.TIRELESS));
        for (int end = 0; end < ANSWER.length(); end += 3) {
            RawClient client = bench.client();
            client.send(head("POST / HTTP/1.1", "Host: a.test", "Content-Length: 0"));
            Connection upstream = bench.upstream().accept();
            upstream.readRequest();
            upstream.send(ANSWER.substring(0, end));
            upstream.reset();
            client.shutdownOutput();
            assertThat(client.readToEnd()).doesNotContain("hello\r\n0\r\n\r\n");
            client.close();
        }
        assertThat(bench.relayed(Bench.OK_CLOSE).text()).isEqualTo("ok");
        expectNothingRuns(bench);
    }

    @Test
    @Tag("survival")
    default void anUpstreamThatDribbles(Bench bench) throws IOException {
        RawClient client = bench.client();
        client.send(Bench.GET);
        Connection upstream = bench.upstream().accept();
        upstream.readRequest();
        upstream.sendByteByByte(ANSWER);
        assertThat(client.readResponse().text()).isEqualTo("hello");
    }

    @Test
    @Tag("survival")
    default void connectionsComeAndGoAndLeaveNothing(Bench bench) throws IOException {
        bench.upstreams(bench.answering(request -> Bench.OK_CLOSE).address());
        comeAndGo(bench, 50);
        awaitQuiet(bench);
        Resources before = Resources.now();
        comeAndGo(bench, 500);
        awaitQuiet(bench);
        before.awaitAgain(0);
    }

    private static void comeAndGo(Bench bench, int times) throws IOException {
        for (int i = 0; i < times; i++) {
            RawClient client = bench.client();
            if (i % 2 == 0) {
                assertThat(client.ask(Bench.GET).text()).isEqualTo("ok");
            }
            if (i % 3 == 0) {
                client.reset();
            } else {
                client.close();
            }
        }
    }

    private static void awaitQuiet(Bench bench) {
        Awaitility.await("no connection is open")
                .atMost(Wire.PATIENCE)
                .until(() -> bench.gate().stats().connectionsActive() == 0);
    }

    private static void expectNothingRuns(Bench bench) {
        Awaitility.await("no exchange is running")
                .atMost(Duration.ofSeconds(10))
                .until(() -> bench.gate().stats().exchangesRunning() == 0);
    }
}
