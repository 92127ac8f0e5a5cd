package tinygate.workers;

import static tinygate.contract.Message.head;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import tinygate.Gate;
import tinygate.Settings;
import tinygate.WorkerSettings;
import tinygate.contract.Bench;
import tinygate.contract.Message;
import tinygate.contract.RawClient;
import tinygate.contract.ScriptedUpstream.Connection;
import tinygate.contract.TestedGate;
import tinygate.kit.Exercise;
import tinygate.kit.Story;
import tinygate.observe.Stats;

/** Exercise 1.6: the loop of a worker, and when a connection may carry another request. */
@Exercise(
        id = "1.6",
        title = "The worker's loop",
        points = 15,
        minutes = 35,
        chapter = "lesson1.html#ex-1-6",
        code = "tinygate.workers.Worker",
        seconds = 15,
        hints = {
            """
            exchange(idleMillis) serves one request and says whether another may follow. serve() makes the Wire, keeps
            the client's address, calls exchange() as long as it may, and closes the wire whatever happens; then
            gate.ended() says so to the gate.""",
            """
            respond(): ask gate.rules().ownAnswers() and gate.routes() while the head is still in the buffer, then move
            client.in behind it by request.length(). What is the gate's own goes out by answer(): Errors.noRoute if
            there is no pool. It lives on if nothing of the request is left unread: Persistence.endsWithHead.""",
            """
            All else is forwarder.forward(client, clientAddress, pool); afterwards status and bodyBytes are the
            forwarder's. An UpstreamFailure brings its answer, and the connection lives on if forwarder.requestRead();
            an HttpViolation is a bad request, and it does not. A client that does not expect the close, or is still
            sending, needs client.linger() before it."""
        })
public class WorkerExercise implements TestedGate {
    @Override
    public Gate newGate(Settings settings) {
        return new WorkersGate(settings);
    }

    private static String get(String path) {
        return head("GET " + path + " HTTP/1.1", "Host: a.test");
    }

    /** An upstream that answers with the target and the body that it got. */
    private void echo(Bench bench) throws IOException {
        bench.upstreams(bench.answering(WorkerExercise::echoOf).address());
    }

    private static String echoOf(Message request) {
        String body = request.target() + " " + request.text();
        return head("HTTP/1.1 200 OK", "Content-Length: " + body.length()) + body;
    }

    @Test
    @Order(1)
    void aRequestIsAnswered(Story story, Bench bench) throws IOException {
        echo(bench);
        story.step("a client sends %s", get("/1"));
        Message response = bench.client().ask(get("/1"));
        story.expect("the status", 200, response.status());
        story.expect("the body", "/1 ", response.text());
    }

    @Test
    @Order(2)
    void manyRequestsUseOneConnection(Story story, Bench bench) throws IOException {
        echo(bench);
        RawClient client = bench.client();
        for (int i = 1; i <= 5; i++) {
            story.step("the client sends request %s on the same connection", i);
            story.expect("the body of the answer", "/" + i + " ", client.ask(get("/" + i)).text());
        }
        story.expect("connections", 1L, bench.gate().stats().connectionsAccepted());
    }

    @Test
    @Order(3)
    void pipelinedRequestsAreAnsweredInOrderWithTheirBodies(Story story, Bench bench)
            throws IOException {
        echo(bench);
        String requests =
                get("/1")
                        + head("POST /2 HTTP/1.1", "Host: a.test", "Content-Length: 3")
                        + "abc"
                        + get("/3");
        RawClient client = bench.client();
        story.step("a client sends, all at once, %s", requests);
        client.send(requests);
        story.expect("the first answer", "/1 ", client.readResponse().text());
        story.expect("the second answer", "/2 abc", client.readResponse().text());
        story.expect("the third answer", "/3 ", client.readResponse().text());
    }

    @Test
    @Order(4)
    void aClientThatAsksForCloseIsClosed(Story story, Bench bench) throws IOException {
        echo(bench);
        String request = head("GET /1 HTTP/1.1", "Host: a.test", "Connection: close");
        RawClient client = bench.client();
        story.step("a client sends %s and another request", request);
        client.send(request + get("/2"));
        story.expect("the answer", "/1 ", client.readResponse().text());
        story.step("the connection is closed without an answer to the other");
        client.expectClosed();
    }

    @Test
    @Order(5)
    void anAnswerOfTheGatesOwnKeepsTheConnection(Story story, Bench bench) throws IOException {
        bench.routes(
                Bench.route(
                        "a.test",
                        Settings.Balance.ROUND_ROBIN,
                        bench.answering(WorkerExercise::echoOf).address()));
        RawClient client = bench.client();
        story.step("a client asks for a host that no route serves");
        Message own = client.ask(head("GET / HTTP/1.1", "Host: other.test"));
        story.expect("the status", 404, own.status());
        story.step("the same client asks for one that is served");
        story.expect("the answer", "/1 ", client.ask(get("/1")).text());
    }

    @Test
    @Order(6)
    void anAnswerBeforeTheBodyIsReadEndsTheConnection(Story story, Bench bench) throws IOException {
        bench.routes(
                Bench.route("a.test", Settings.Balance.ROUND_ROBIN, bench.upstream().address()));
        RawClient client = bench.client();
        String body = get("/smuggled");
        story.step("a client posts %s to a host that no route serves", body);
        client.send(
                head("POST / HTTP/1.1", "Host: other.test", "Content-Length: " + body.length())
                        + body);
        Message own = client.readResponse();
        story.expect("the status", 404, own.status());
        story.expect("the field Connection", "close", own.field("Connection"));
        story.step("the body is not taken for a request, and the connection is closed");
        client.expectClosed();
    }

    @Test
    @Order(7)
    void whatFollowsAConnectIsNoRequest(Story story, Bench bench) throws IOException {
        echo(bench);
        String connect = head("CONNECT b.test:443 HTTP/1.1", "Host: b.test:443");
        RawClient client = bench.client();
        story.step("a client asks for a tunnel by %s, and sends into it %s", connect, get("/2"));
        client.send(connect + get("/2"));
        Message own = client.readResponse();
        story.expect("the status", 501, own.status());
        story.expect("the field Connection", "close", own.field("Connection"));
        story.step("the connection is closed without an answer to what follows");
        client.expectClosed();
    }

    /** A close with unread bytes is a reset, which can destroy the answer on its way. */
    @Test
    @Order(8)
    void aConnectionThatEndsWhileTheClientSendsIsNotReset(Story story, Bench bench)
            throws IOException {
        RawClient client = bench.client();
        story.step("a client sends %s", get("/1"));
        client.send(get("/1"));
        Connection upstream = bench.upstream().accept();
        upstream.readRequest();
        story.step("before the answer has come it sends another request");
        client.send(get("/2"));
        story.step("the upstream answers without a length and closes, so the gate must close too");
        upstream.send(head("HTTP/1.1 200 OK") + "ok");
        upstream.close();
        story.expect("the answer", "ok", client.readResponse().text());
        client.expectClosed();
        story.expect("the connection ended by a reset", false, client.wasReset());
    }

    @Test
    @Order(9)
    void aFailedUpstreamDoesNotEndTheConnection(Story story, Bench bench) throws IOException {
        RawClient client = bench.client();
        story.step("a client sends a POST; the upstream reads it and closes without an answer");
        client.send(head("POST / HTTP/1.1", "Host: a.test", "Content-Length: 3") + "abc");
        Connection upstream = bench.upstream().accept();
        upstream.readRequest();
        upstream.close();
        story.expect("the status", 502, client.readResponse().status());
        story.step("the same client sends another request, and the upstream answers that");
        client.send(get("/2"));
        bench.upstream().accept().answer(Bench.OK);
        story.expect("the answer", "ok", client.readResponse().text());
    }

    @Test
    @Order(10)
    void aMalformedBodyIsAnswered400AndEndsTheConnection(Story story, Bench bench)
            throws IOException {
        RawClient client = bench.client();
        story.step("a client sends a chunked body whose first size is no number");
        client.send(
                head("POST / HTTP/1.1", "Host: a.test", "Transfer-Encoding: chunked") + "x\r\n");
        story.expect("the status", 400, client.readResponse().status());
        client.expectClosed();
    }

    @Test
    @Order(11)
    void anIdleConnectionIsClosedInItsTime(Story story, Bench bench) throws IOException {
        bench.timeout("idleMillis", 300);
        echo(bench);
        RawClient client = bench.client();
        client.ask(get("/1"));
        story.step("the idle time is 300 ms; a client has its answer and sends nothing more");
        client.expectClosed();
    }

    @Test
    @Order(12)
    void theFirstRequestMustBeginInTheTimeForAHead(Story story, Bench bench) throws IOException {
        bench.timeout("headMillis", 300);
        RawClient client = bench.client();
        story.step("the time for a head is 300 ms; a client connects and sends nothing");
        client.readToEnd();
    }

    @Test
    @Order(13)
    void aWorkerOutlivesItsClientsAndTheGateCountsThem(Story story, Bench bench)
            throws IOException {
        bench.settings(s -> s.withWorkers(new WorkerSettings(1, false)));
        echo(bench);
        for (int i = 1; i <= 3; i++) {
            story.step("client %s of the only worker is answered, and closes", i);
            RawClient client = bench.client();
            story.expect("the answer", "/1 ", client.ask(get("/1")).text());
            client.close();
        }
        story.step("one more client breaks off in the middle of a head");
        RawClient broken = bench.client();
        broken.send("GET / HT");
        broken.reset();
        story.step("the gate knows that all four are gone");
        expectNoConnection(story, bench);
    }

    private static void expectNoConnection(Story story, Bench bench) throws IOException {
        Stats stats = bench.gate().stats();
        try {
            Awaitility.await()
                    .atMost(Duration.ofSeconds(5))
                    .until(() -> stats.connectionsActive() == 0);
        } catch (ConditionTimeoutException e) {
            // How many there are says more.
        }
        story.expect("connections that the gate counts as open", 0L, stats.connectionsActive());
    }

    @Test
    @Order(14)
    void aConnectionThatEndsByABugIsClosedAndCountedToo(Story story, Bench bench)
            throws IOException {
        WorkersGate gate = (WorkersGate) bench.gate();
        SocketChannel channel = bench.closing(SocketChannel.open());
        story.step("a worker serves a channel that was never connected: that must go wrong");
        gate.stats().connectionAccepted();
        try {
            new Worker(gate).serve(channel);
        } catch (RuntimeException e) {
            // Whether its caller hears of it is not the question here.
        }
        story.expect("the channel is open", false, channel.isOpen());
        expectNoConnection(story, bench);
    }
}
