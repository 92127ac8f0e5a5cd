package tinygate.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.function.Function;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tinygate.Settings.Health;

/** Rule P7: an upstream that fails several times in a row rests for a while. */
interface PassiveHealth extends TestedGate {

    @Test
    @Tag("P7")
    default void anUpstreamThatKeepsFailingRests(Bench bench) throws IOException {
        bench.settings(s -> s.withHealth(new Health(2, 60_000)));
        AnsweringUpstream broken = bench.answering(request -> null);
        bench.upstreams(broken.address(), bench.named("a").address());
        RawClient client = bench.client();
        for (int i = 0; i < 10; i++) {
            assertThat(client.ask(Bench.GET).text()).isEqualTo("a");
        }
        assertThat(broken.requests()).isEqualTo(2);
    }

    /** Each of them begins a response that is valid so far. */
    @Test
    @Tag("P7")
    default void anUpstreamThatBreaksOffItsResponsesRests(Bench bench) throws IOException {
        bench.settings(s -> s.withHealth(new Health(2, 60_000))).timeout("transferMillis", 300);
        String half = Message.head("HTTP/1.1 200 OK", "Content-Length: 10") + "hello";
        bench.upstreams(bench.answering(request -> half).address());
        for (int i = 0; i < 2; i++) {
            RawClient client = bench.client();
            client.send(Bench.GET);
            client.expectTruncated();
        }
        Bench.expectOwnAnswer(bench.client().ask(Bench.GET), 503);
    }

    @Test
    @Tag("P7")
    default void whenAllUpstreamsRestTheAnswerIs503AndKeepsTheConnection(Bench bench)
            throws IOException {
        bench.settings(s -> s.withHealth(new Health(1, 60_000)));
        AnsweringUpstream broken = bench.answering(request -> null);
        bench.upstreams(broken.address());
        RawClient client = bench.client();
        Bench.expectOwnAnswer(client.ask(Bench.GET), 502);
        Bench.expectOwnAnswer(client.ask(Bench.GET), 503);
        Bench.expectOwnAnswer(client.ask(Bench.GET), 503);
        assertThat(broken.requests()).isEqualTo(1);
    }

    @Test
    @Tag("P7")
    default void anUpstreamIsTriedAgainAfterItsRest(Bench bench) throws IOException {
        bench.settings(s -> s.withHealth(new Health(1, 2_000)));
        AnsweringUpstream recovering = bench.answering(new FailsOnce());
        bench.upstreams(recovering.address());
        RawClient client = bench.client();
        assertThat(client.ask(Bench.GET).status()).isEqualTo(502);
        assertThat(client.ask(Bench.GET).status()).isEqualTo(503);
        Awaitility.await("the upstream is tried again")
                .atMost(Duration.ofSeconds(20))
                .until(() -> client.ask(Bench.GET).status() == 200);
    }

    /** Closes the first connection without an answer. */
    final class FailsOnce implements Function<Message, String> {
        private boolean failed;

        @Override
        public synchronized String apply(Message request) {
            boolean now = failed;
            failed = true;
            return now ? Bench.OK : null;
        }
    }

    @Test
    @Tag("P7")
    default void oneSuccessForgivesTheFailuresBefore(Bench bench) throws IOException {
        bench.settings(s -> s.withHealth(new Health(2, 60_000)));
        bench.upstreams(
                bench.answering(r -> r.target().equals("/bad") ? null : Bench.OK).address());
        RawClient client = bench.client();
        String bad = Message.head("POST /bad HTTP/1.1", "Host: a.test", "Content-Length: 0");
        for (int i = 0; i < 4; i++) {
            assertThat(client.ask(bad).status()).isEqualTo(502);
            assertThat(client.ask(Bench.GET).status()).isEqualTo(200);
        }
    }

    @Test
    @Tag("P7")
    default void anErrorThatTheUpstreamAnswersIsNoFailure(Bench bench) throws IOException {
        bench.settings(s -> s.withHealth(new Health(1, 60_000)));
        String error = Message.head("HTTP/1.1 500 Oops", "Content-Length: 0");
        bench.upstreams(bench.answering(request -> error).address());
        RawClient client = bench.client();
        for (int i = 0; i < 3; i++) {
            assertThat(client.ask(Bench.GET).status()).isEqualTo(500);
        }
    }
}
