package tinygate.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static tinygate.contract.Message.head;

import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tinygate.HostPort;
import tinygate.Settings.Health;
import tinygate.contract.ScriptedUpstream.Connection;

/**
 * Rule P3, second part: at most one retry, only of what may be repeated, only before the first byte
 * of a response, on another upstream.
 */
interface Retries extends TestedGate {
    /** No upstream rests, however often it fails. */
    Health TIRELESS = new Health(1_000_000, 1);

    Duration A_MOMENT = Duration.ofMillis(20);

    private static HostPort refusing(Bench bench) throws IOException {
        ScriptedUpstream upstream = bench.newUpstream();
        HostPort address = upstream.address();
        upstream.refuse();
        return address;
    }

    private static AnsweringUpstream closing(Bench bench) throws IOException {
        return bench.answering(request -> null);
    }

    @ParameterizedTest
    @Tag("P3")
    @ValueSource(strings = {"GET", "HEAD", "OPTIONS", "PUT", "DELETE"})
    default void anIdempotentRequestIsSentToAnotherUpstream(String method, Bench bench)
            throws IOException {
        bench.settings(s -> s.withHealth(TIRELESS));
        AnsweringUpstream broken = closing(bench);
        bench.upstreams(broken.address(), bench.named("a").address());
        RawClient client = bench.client();
        for (int i = 0; i < 4; i++) {
            client.send(head(method + " / HTTP/1.1", "Host: a.test"));
            assertThat(client.readResponse(method).status()).isEqualTo(200);
        }
        assertThat(broken.requests()).isPositive();
        assertThat(bench.gate().stats().retries()).isEqualTo(broken.requests());
    }

    @ParameterizedTest
    @Tag("P3")
    @ValueSource(strings = {"POST", "PATCH", "get", "UNKNOWN"})
    default void anotherMethodIsNeverSentTwice(String method, Bench bench) throws IOException {
        bench.settings(s -> s.withHealth(TIRELESS));
        AnsweringUpstream broken = closing(bench);
        AnsweringUpstream whole = bench.named("a");
        bench.upstreams(broken.address(), whole.address());
        RawClient client = bench.client();
        for (int i = 0; i < 4; i++) {
            client.ask(head(method + " / HTTP/1.1", "Host: a.test", "Content-Length: 0"));
        }
        assertThat(broken.requests()).isEqualTo(2);
        assertThat(whole.requests()).isEqualTo(2);
    }

    @Test
    @Tag("P3")
    default void aRequestIsRetriedOnceAtMost(Bench bench) throws IOException {
        bench.settings(s -> s.withHealth(TIRELESS));
        AnsweringUpstream a = closing(bench);
        AnsweringUpstream b = closing(bench);
        AnsweringUpstream c = closing(bench);
        bench.upstreams(a.address(), b.address(), c.address());
        Bench.expectOwnAnswer(bench.client().ask(Bench.GET), 502);
        assertThat(a.requests() + b.requests() + c.requests()).isEqualTo(2);
    }

    @Test
    @Tag("P3")
    default void nothingIsRetriedAfterTheFirstByteOfAResponse(Bench bench) throws IOException {
        expectNoRetryAfter("H", bench);
    }

    @Test
    @Tag("P3")
    default void nothingIsRetriedAfterAnInterimResponse(Bench bench) throws IOException {
        expectNoRetryAfter(InterimResponses.HINTS, bench, 103);
    }

    /** An upstream closes after these bytes: the client gets these responses, and then 502. */
    private static void expectNoRetryAfter(String beginning, Bench bench, int... interim)
            throws IOException {
        ScriptedUpstream other = bench.newUpstream();
        bench.upstreams(bench.upstream().address(), other.address());
        RawClient client = bench.client();
        client.send(Bench.GET);
        ScriptedUpstream chosen = bench.upstream();
        ScriptedUpstream spare = other;
        Connection connection = chosen.accept(A_MOMENT);
        // Which upstream comes first is the gate's choice; the test's time limit ends the loop.
        while (connection == null) {
            ScriptedUpstream last = chosen;
            chosen = spare;
            spare = last;
            connection = chosen.accept(A_MOMENT);
        }
        connection.readRequest();
        connection.send(beginning);
        connection.close();
        for (int status : interim) {
            assertThat(client.readResponse().status()).isEqualTo(status);
        }
        Bench.expectOwnAnswer(client.readResponse(), 502);
        spare.expectNoConnection(Duration.ZERO);
    }

    @Test
    @Tag("P3")
    default void aRequestWithABodyIsNotRetried(Bench bench) throws IOException {
        bench.settings(s -> s.withHealth(TIRELESS));
        AnsweringUpstream broken = closing(bench);
        AnsweringUpstream whole = bench.named("a");
        bench.upstreams(broken.address(), whole.address());
        RawClient client = bench.client();
        for (int i = 0; i < 4; i++) {
            client.ask(head("PUT / HTTP/1.1", "Host: a.test", "Content-Length: 5") + "hello");
        }
        assertThat(whole.requests()).isEqualTo(2);
    }

    @Test
    @Tag("P3")
    default void aRefusedConnectionGoesToTheNextUpstreamForEveryMethod(Bench bench)
            throws IOException {
        bench.settings(s -> s.withHealth(TIRELESS));
        bench.upstreams(refusing(bench), bench.named("a").address());
        RawClient client = bench.client();
        for (int i = 0; i < 4; i++) {
            String request = head("POST / HTTP/1.1", "Host: a.test", "Content-Length: 5");
            assertThat(client.ask(request + "hello").text()).isEqualTo("a");
        }
    }

    @Test
    @Tag("P3")
    default void refusedByAllIsAnswered502(Bench bench) throws IOException {
        bench.upstreams(refusing(bench), refusing(bench));
        Bench.expectOwnAnswer(bench.client().ask(Bench.GET), 502);
    }
}
