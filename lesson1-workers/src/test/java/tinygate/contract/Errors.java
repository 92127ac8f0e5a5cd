package tinygate.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static tinygate.contract.Message.head;

import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tinygate.HostPort;
import tinygate.Settings.Balance;
import tinygate.contract.ScriptedUpstream.Connection;

/** Rules H14 and H15: clients that half-close, and the gate's own answers. */
interface Errors extends TestedGate {

    @Test
    @Tag("H14")
    default void aClientThatHalfClosesAfterItsRequestGetsItsAnswer(Bench bench) throws IOException {
        RawClient client = bench.client();
        client.send(Bench.GET);
        client.shutdownOutput();
        bench.upstream().accept().answer(Bench.OK);
        assertThat(client.readResponse().text()).isEqualTo("ok");
        client.expectClosed();
    }

    @Test
    @Tag("H14")
    default void aClientThatHalfClosesWhileTheUpstreamWorksGetsItsAnswer(Bench bench)
            throws IOException {
        RawClient client = bench.client();
        client.send(head("POST / HTTP/1.1", "Host: a.test", "Content-Length: 5") + "hello");
        Connection upstream = bench.upstream().accept();
        upstream.readRequest();
        client.shutdownOutput();
        upstream.send(Bench.OK);
        assertThat(client.readResponse().text()).isEqualTo("ok");
        client.expectClosed();
    }

    @Test
    @Tag("H14")
    default void pipelinedRequestsBeforeAHalfCloseAreAnswered(Bench bench) throws IOException {
        bench.upstreams(bench.named("a").address());
        RawClient client = bench.client();
        client.send(Bench.GET + Bench.GET);
        client.shutdownOutput();
        assertThat(client.readResponse().text()).isEqualTo("a");
        assertThat(client.readResponse().text()).isEqualTo("a");
        client.expectClosed();
    }

    @Test
    @Tag("H14")
    default void aClientThatHalfClosesInMidHeadIsClosed(Bench bench) throws IOException {
        RawClient client = bench.client();
        client.send("GET / HTTP/1.1\r\nHost:");
        client.shutdownOutput();
        assertThat(client.readToEnd())
                .satisfiesAnyOf(
                        text -> assertThat(text).isEmpty(),
                        text -> assertThat(text).startsWith("HTTP/1.1 400 "));
        bench.upstream().expectNoConnection(Duration.ZERO);
    }

    @Test
    @Tag("H15")
    default void noRouteIsAnswered404AndKeepsTheConnection(Bench bench) throws IOException {
        bench.routes(Bench.route("a.test", Balance.ROUND_ROBIN, bench.upstream().address()));
        RawClient client = bench.client();
        Bench.expectOwnAnswer(client.ask(head("GET / HTTP/1.1", "Host: b.test")), 404);
        assertThat(bench.relayed(client, Bench.GET, Bench.OK_CLOSE).text()).isEqualTo("ok");
    }

    @Test
    @Tag("H15")
    default void theBodyOfARefusedRequestIsNeverTakenForARequest(Bench bench) throws IOException {
        bench.routes(Bench.route("a.test", Balance.ROUND_ROBIN, bench.upstream().address()));
        RawClient client = bench.client();
        client.send(
                head("POST / HTTP/1.1", "Host: b.test", "Content-Length: " + Bench.GET.length())
                        + Bench.GET);
        client.shutdownOutput();
        Bench.expectOwnAnswer(client.readResponse(), 404);
        client.expectClosed();
        bench.upstream().expectNoConnection(Duration.ZERO);
    }

    @Test
    @Tag("H15")
    default void anAnswerToAnUnreadBodyIsNotFollowedByAReset(Bench bench) throws IOException {
        RawClient client = bench.limit("requestBodyBytes", 5).client();
        client.send(head("POST / HTTP/1.1", "Host: a.test", "Content-Length: 500000"));
        client.send("x".repeat(500_000));
        bench.expectRefusal(client, 413);
        // A reset can destroy the answer on its way (RFC 9112, section 9.6).
        assertThat(client.wasReset()).as("reset instead of closed").isFalse();
    }

    @Test
    @Tag("H15")
    default void anErrorAnswerToHeadHasNoBody(Bench bench) throws IOException {
        bench.routes(Bench.route("a.test", Balance.ROUND_ROBIN, bench.upstream().address()));
        RawClient client = bench.client();
        client.send(head("HEAD / HTTP/1.1", "Host: b.test"));
        assertThat(client.readResponse("HEAD").status()).isEqualTo(404);
        assertThat(bench.relayed(client, Bench.GET, Bench.OK_CLOSE).text()).isEqualTo("ok");
    }

    @Test
    @Tag("H15")
    default void anUpstreamThatRefusesIsAnswered502AndKeepsTheConnection(Bench bench)
            throws IOException {
        ScriptedUpstream gone = bench.newUpstream();
        HostPort address = gone.address();
        gone.refuse();
        bench.routes(
                Bench.route("a.test", Balance.ROUND_ROBIN, bench.upstream().address()),
                Bench.route("b.test", Balance.ROUND_ROBIN, address));
        RawClient client = bench.client();
        Bench.expectOwnAnswer(client.ask(head("GET / HTTP/1.1", "Host: b.test")), 502);
        assertThat(bench.relayed(client, Bench.GET, Bench.OK_CLOSE).text()).isEqualTo("ok");
    }

    @Test
    @Tag("H15")
    default void anUpstreamThatClosesWithoutAnAnswerIsAnswered502(Bench bench) throws IOException {
        RawClient client = bench.client();
        client.send(head("POST / HTTP/1.1", "Host: a.test", "Content-Length: 0"));
        Connection upstream = bench.upstream().accept();
        upstream.readRequest();
        upstream.close();
        Bench.expectOwnAnswer(client.readResponse(), 502);
        assertThat(bench.relayed(client, Bench.GET, Bench.OK_CLOSE).text()).isEqualTo("ok");
    }
}
