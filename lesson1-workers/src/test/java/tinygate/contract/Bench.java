package tinygate.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static tinygate.contract.Message.head;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import tinygate.Gate;
import tinygate.HostPort;
import tinygate.Settings;

/**
 * A gate under test with upstreams behind it and clients in front of it; closing the bench closes
 * them all. The gate starts with the first client, so a test can change the settings before.
 */
public final class Bench implements Closeable {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** A plain request. */
    public static final String GET = head("GET / HTTP/1.1", "Host: a.test");

    /** A plain answer that keeps the connection. */
    public static final String OK = head("HTTP/1.1 200 OK", "Content-Length: 2") + "ok";

    /** A plain answer after which the upstream closes. */
    public static final String OK_CLOSE =
            head("HTTP/1.1 200 OK", "Content-Length: 2", "Connection: close") + "ok";

    private final Function<Settings, Gate> gates;
    private final Story story = new Story();
    private final Deque<Closeable> open = new ArrayDeque<>();
    private UnaryOperator<Settings> change = settings -> settings;
    private List<Settings.Route> routes;
    private ScriptedUpstream upstream;
    private Gate gate;
    private int upstreams;
    private int clients;

    public Bench(Function<Settings, Gate> gates) {
        this.gates = gates;
    }

    // What a test sets up before the gate starts.

    /** Changes the settings that the gate will be made of. */
    public Bench settings(UnaryOperator<Settings> also) {
        UnaryOperator<Settings> before = change;
        change = settings -> also.apply(before.apply(settings));
        return this;
    }

    /** Sets one of {@link Settings.Timeouts}. */
    public Bench timeout(String name, int millis) {
        return settings(s -> s.withTimeouts(with(s.timeouts(), name, millis)));
    }

    /** Sets one of {@link Settings.Limits}. */
    public Bench limit(String name, int limit) {
        return settings(s -> s.withLimits(with(s.limits(), name, limit)));
    }

    @SuppressWarnings("unchecked")
    static <R extends Record> R with(R settings, String name, int value) {
        ObjectNode tree = JSON.valueToTree(settings);
        return (R) JSON.convertValue(tree.put(name, value), settings.getClass());
    }

    /** Sets the routes; without this call every host is served by {@link #upstream}. */
    public Bench routes(Settings.Route... all) {
        routes = List.of(all);
        return this;
    }

    /** Sets one route for every host, which serves it from these upstreams in turn. */
    public Bench upstreams(HostPort... addresses) {
        return routes(route("*", Settings.Balance.ROUND_ROBIN, addresses));
    }

    /** A route to upstreams of equal weight. */
    public static Settings.Route route(
            String host, Settings.Balance balance, HostPort... addresses) {
        return new Settings.Route(
                host,
                balance,
                Arrays.stream(addresses)
                        .map(address -> new Settings.UpstreamServer(address, 1))
                        .toList());
    }

    // Who takes part.

    /** The upstream that serves every host unless the test says otherwise. */
    public ScriptedUpstream upstream() throws IOException {
        if (upstream == null) {
            upstream = newUpstream();
        }
        return upstream;
    }

    /** One more upstream. */
    public ScriptedUpstream newUpstream() throws IOException {
        return closing(new ScriptedUpstream("upstream " + ++upstreams, story));
    }

    /** One more upstream, which answers every request by itself. */
    public AnsweringUpstream answering(Function<Message, String> answer) throws IOException {
        return closing(new AnsweringUpstream(newUpstream(), answer));
    }

    /** An upstream that answers every request with its name and closes no connection. */
    public AnsweringUpstream named(String name) throws IOException {
        String head = head("HTTP/1.1 200 OK", "Content-Length: " + name.length());
        return answering(r -> r.startLine().startsWith("HEAD ") ? head : head + name);
    }

    /** The gate, started if it was not. */
    public Gate gate() throws IOException {
        if (gate == null) {
            if (routes == null) {
                upstreams(upstream().address());
            }
            gate = gates.apply(change.apply(Settings.loopback(routes)));
            closing(gate::close);
            gate.start();
        }
        return gate;
    }

    /** A new client that is connected to the gate. */
    public RawClient client() throws IOException {
        return client(null, 0);
    }

    /** A new client that connects from this address of the loopback network. */
    public RawClient clientFrom(String address) throws IOException {
        return client(InetAddress.getByName(address), 0);
    }

    /** A new client whose kernel buffers at most about so many bytes. */
    public RawClient client(int receiveBuffer) throws IOException {
        return client(null, receiveBuffer);
    }

    private RawClient client(InetAddress from, int receiveBuffer) throws IOException {
        return closing(
                RawClient.connect(
                        "client " + ++clients, from, gate().address(), receiveBuffer, story));
    }

    /** A new client that is connected to a gate in another process. */
    RawClient clientOf(InetSocketAddress other) throws IOException {
        return closing(RawClient.connect("client " + ++clients, null, other, 0, story));
    }

    /** The gate's URL with this path. */
    public String url(String path) throws IOException {
        return "http://127.0.0.1:" + gate().address().getPort() + path;
    }

    /** Has something closed with the bench, before what was made before it. */
    public <T extends Closeable> T closing(T resource) {
        open.push(resource);
        return resource;
    }

    Story story() {
        return story;
    }

    // Whole exchanges, for tests that look at one message only.

    /** Sends a request by a new client and tells what reached the upstream, which answers 200. */
    public Message forwarded(String request) throws IOException {
        RawClient client = client();
        client.send(request);
        ScriptedUpstream.Connection connection = upstream().accept();
        Message received = connection.answer(OK_CLOSE);
        connection.close();
        assertThat(client.readResponse().status()).isEqualTo(200);
        client.close();
        return received;
    }

    /** Has the upstream answer a plain request with these bytes and tells what the client got. */
    public Message relayed(String response) throws IOException {
        RawClient client = client();
        Message received = relayed(client, GET, response);
        client.close();
        return received;
    }

    /** The same for this client and request; the upstream closes after the response. */
    public Message relayed(RawClient client, String request, String response) throws IOException {
        client.send(request);
        ScriptedUpstream.Connection connection = upstream().accept();
        connection.answer(response);
        connection.close();
        return client.readResponse(request.substring(0, request.indexOf(' ')));
    }

    /** Expects the gate to refuse what this client has sent, and to close. */
    public void expectRefusal(RawClient client, int status) throws IOException {
        Message answer = client.readResponse();
        expectOwnAnswer(answer, status);
        assertThat(answer.field("Connection")).as("Connection").isEqualToIgnoringCase("close");
        client.expectClosed();
    }

    /** Sends bytes by a new client: the gate must refuse them, close and forward nothing. */
    public void expectRefused(String request, int status) throws IOException {
        RawClient client = client();
        client.send(request);
        expectRefusal(client, status);
        client.close();
        upstream().expectNoConnection(Duration.ZERO);
    }

    /** The same, once sent whole and once byte by byte. */
    public void expectRefusedHoweverSent(String request, int status) throws IOException {
        expectRefused(request, status);
        RawClient client = client();
        client.sendByteByByte(request);
        expectRefusal(client, status);
        client.close();
        upstream().expectNoConnection(Duration.ZERO);
    }

    /** Checks an answer of the gate's own: a short body with its length (rule H15). */
    public static void expectOwnAnswer(Message answer, int status) {
        assertThat(answer.status()).as("status").isEqualTo(status);
        assertThat(answer.field("Content-Length")).as("Content-Length").isNotNull();
        assertThat(answer.body()).as("body").hasSizeBetween(1, 1_000);
    }

    @Override
    public void close() throws IOException {
        try {
            if (!open.isEmpty()) {
                open.pop().close();
            }
        } finally {
            // What fails to close keeps nothing else open.
            if (!open.isEmpty()) {
                close();
            }
        }
    }
}
