package tinygate.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static tinygate.contract.Message.head;

import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tinygate.Settings.Balance;
import tinygate.contract.ScriptedUpstream.Connection;

/** Rule P3, first part: connections to upstreams are kept, and never trusted blindly. */
interface UpstreamConnections extends TestedGate {
    String POST = head("POST / HTTP/1.1", "Host: a.test", "Content-Length: 5") + "hello";

    @Test
    @Tag("P3")
    default void aConnectionIsKeptForTheNextRequest(Bench bench) throws IOException {
        AnsweringUpstream upstream = bench.named("a");
        bench.upstreams(upstream.address());
        RawClient client = bench.client();
        for (int i = 0; i < 10; i++) {
            client.ask(Bench.GET);
            client.ask(POST);
        }
        assertThat(upstream.requests()).isEqualTo(20);
        assertThat(upstream.connections()).isEqualTo(1);
    }

    @Test
    @Tag("P3")
    default void aConnectionThatTheUpstreamWillCloseIsNotUsedAgain(Bench bench) throws IOException {
        RawClient client = bench.client();
        client.send(Bench.GET);
        Connection first = bench.upstream().accept();
        first.answer(Bench.OK_CLOSE);
        client.readResponse();
        client.send(Bench.GET);
        bench.upstream().accept().answer(Bench.OK);
        assertThat(client.readResponse().text()).isEqualTo("ok");
        first.expectClosed();
    }

    @ParameterizedTest
    @Tag("P3")
    @ValueSource(strings = {"GET", "POST"})
    default void aKeptConnectionThatWasClosedMeanwhileIsReplaced(String method, Bench bench)
            throws IOException {
        RawClient client = bench.client();
        client.send(Bench.GET);
        Connection first = bench.upstream().accept();
        first.answer(Bench.OK);
        client.readResponse();
        first.close();
        client.send(method.equals("GET") ? Bench.GET : POST);
        bench.upstream().accept().answer(Bench.OK);
        assertThat(client.readResponse().text()).isEqualTo("ok");
    }

    @Test
    @Tag("P3")
    default void aKeptConnectionThatWasResetMeanwhileIsReplaced(Bench bench) throws IOException {
        RawClient client = bench.client();
        client.send(Bench.GET);
        Connection first = bench.upstream().accept();
        first.answer(Bench.OK);
        client.readResponse();
        first.reset();
        client.send(Bench.GET);
        bench.upstream().accept().answer(Bench.OK);
        assertThat(client.readResponse().text()).isEqualTo("ok");
    }

    @Test
    @Tag("P3")
    default void aKeptConnectionThatClosesOnAnIdempotentRequestIsReplacedOnce(Bench bench)
            throws IOException {
        RawClient client = bench.client();
        client.send(Bench.GET);
        Connection first = bench.upstream().accept();
        first.answer(Bench.OK);
        client.readResponse();
        client.send(Bench.GET);
        first.readRequest();
        first.close();
        Connection second = bench.upstream().accept();
        second.readRequest();
        second.close();
        Bench.expectOwnAnswer(client.readResponse(), 502);
        bench.upstream().expectNoConnection(Duration.ZERO);
    }

    @Test
    @Tag("P3")
    default void aPostThatMayHaveBeenServedIsNotSentAgain(Bench bench) throws IOException {
        RawClient client = bench.client();
        client.send(Bench.GET);
        Connection first = bench.upstream().accept();
        first.answer(Bench.OK);
        client.readResponse();
        client.send(POST);
        first.readRequest();
        first.close();
        assertThat(client.readResponse().status()).isEqualTo(502);
        bench.upstream().expectNoConnection(Duration.ZERO);
    }

    @Test
    @Tag("P3")
    default void bytesBehindAResponseAreNeverTakenForTheNextOne(Bench bench) throws IOException {
        RawClient client = bench.client();
        client.send(Bench.GET);
        Connection first = bench.upstream().accept();
        first.answer(Bench.OK + head("HTTP/1.1 200 OK", "Content-Length: 6") + "forged");
        assertThat(client.readResponse().text()).isEqualTo("ok");
        client.send(Bench.GET);
        bench.upstream().accept().answer(Bench.OK);
        assertThat(client.readResponse().text()).isEqualTo("ok");
        assertThat(first.readToEnd()).as("a second request on the first connection").isEmpty();
    }

    @Test
    @Tag("P3")
    default void bytesBehindAResponseAreNeverTakenForAnotherUpstreams(Bench bench)
            throws IOException {
        bench.routes(
                Bench.route("a.test", Balance.ROUND_ROBIN, bench.named("a").address()),
                Bench.route("b.test", Balance.ROUND_ROBIN, bench.upstream().address()));
        RawClient client = bench.client();
        assertThat(client.ask(Bench.GET).text()).isEqualTo("a");
        client.send(head("HEAD / HTTP/1.1", "Host: b.test"));
        String forged = head("HTTP/1.1 200 OK", "Content-Length: 6") + "forged";
        bench.upstream().accept().answer(head("HTTP/1.1 200 OK", "Content-Length: 99") + forged);
        assertThat(client.readResponse("HEAD").field("Content-Length")).isEqualTo("99");
        assertThat(client.ask(Bench.GET).text()).isEqualTo("a");
    }

    @Test
    @Tag("P3")
    default void bytesThatNobodyAskedForAreNeverTakenForAResponse(Bench bench) throws IOException {
        RawClient client = bench.client();
        client.send(Bench.GET);
        Connection first = bench.upstream().accept();
        first.answer(Bench.OK);
        assertThat(client.readResponse().text()).isEqualTo("ok");
        first.send(head("HTTP/1.1 200 OK", "Content-Length: 6") + "forged");
        client.expectNothingFor(Duration.ofMillis(20));
        client.send(Bench.GET);
        bench.upstream().accept().answer(Bench.OK);
        assertThat(client.readResponse().text()).isEqualTo("ok");
    }

    @Test
    @Tag("P3")
    default void aConnectionWhoseResponseWasNotReadWholeIsNotUsedAgain(Bench bench)
            throws IOException {
        RawClient client = bench.client();
        client.send(Bench.GET);
        Connection first = bench.upstream().accept();
        long size = 1L << 30;
        first.answer(head("HTTP/1.1 200 OK", "Content-Length: " + size));
        client.readThrough("\r\n\r\n");
        client.reset();
        // A gate that blocks notices when it writes; this ends by the gate's closing.
        Payload.sendUntilStalled(first, size, Wire.PATIENCE);
        assertThat(first.readToEnd()).as("a second request on the first connection").isEmpty();
        assertThat(bench.relayed(Bench.OK_CLOSE).text()).isEqualTo("ok");
    }
}
