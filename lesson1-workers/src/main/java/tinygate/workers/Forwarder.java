package tinygate.workers;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import tinygate.Settings;
import tinygate.http.Ascii;
import tinygate.http.BodyScanner;
import tinygate.http.Framing;
import tinygate.http.HttpViolation;
import tinygate.http.RequestHead;
import tinygate.http.ResponseHead;
import tinygate.proxy.Attempts;
import tinygate.proxy.Attempts.Failure;
import tinygate.proxy.Errors;
import tinygate.proxy.HttpDate;
import tinygate.proxy.Persistence;
import tinygate.proxy.RequestWriter;
import tinygate.proxy.Retry;
import tinygate.upstream.Pool;
import tinygate.upstream.Upstream;

/**
 * The upstream's half of a worker's story: send the request, read the response, send it to the
 * client. If an upstream fails before it has answered, the request may go to another one.
 */
final class Forwarder {
    private static final byte[] CONTINUE = Ascii.bytes("HTTP/1.1 100 Continue\r\n\r\n");

    private final WorkersGate gate;
    private final Settings.Timeouts timeouts;
    private final RequestHead request;
    private final ResponseHead response;
    private final BodyScanner requestBody;
    private final BodyScanner responseBody;
    private final ByteBuffer out;
    private final BodyRelay relay;
    private final UpstreamConnections connections;
    private final HttpDate date;
    private final Attempts attempts;

    private Wire client;
    private int status;
    private Upstream upstream;
    private boolean answerBegun; // whether an interim response has come

    Forwarder(
            WorkersGate gate,
            RequestHead request,
            ByteBuffer in,
            ByteBuffer out,
            Deadline deadline,
            HttpDate date) {
        this.gate = gate;
        this.request = request;
        this.out = out;
        this.date = date;
        attempts = new Attempts(gate.stats());
        timeouts = gate.settings().timeouts();
        int headBytes = gate.rules().headLimits().bytes();
        response = new ResponseHead(gate.rules().headLimits());
        requestBody = new BodyScanner(headBytes, gate.rules().requestBodyBytes());
        responseBody = new BodyScanner(headBytes);
        relay = new BodyRelay(timeouts.transferMillis());
        connections = new UpstreamConnections(in, deadline, timeouts.connectMillis(), gate.stats());
    }

    /**
     * Forwards the request whose head was just parsed, and its response.
     *
     * @return whether the client's connection lives on
     * @throws UpstreamFailure if no upstream gave a response; the client was sent nothing
     * @throws HttpViolation if the request's body is malformed or too large; likewise
     * @throws WireFailure if the client is gone
     */
    boolean forward(Wire client, InetAddress clientAddress, Pool pool)
            throws UpstreamFailure, HttpViolation, WireFailure {
        this.client = client;
        requestBody.begin(request.framing());
        gate.rules()
                .requestWriter()
                .write(request, RequestWriter.clientText(clientAddress), out.clear());
        out.flip();
        if (!attempts.begin(pool, clientAddress)) {
            throw new UpstreamFailure(Failure.OWN, Errors.noUpstream());
        }
        try {
            while (true) {
                Wire kept = takeKept();
                try {
                    return attempt(kept);
                } catch (UpstreamFailure e) {
                    if (!attempts.failed(request, e.failure(), kept != null)) {
                        throw e;
                    }
                }
            }
        } finally {
            attempts.end();
        }
    }

    /** A kept connection; for a request that cannot be sent twice only one that surely lives. */
    private Wire takeKept() {
        return attempts.first()
                ? connections.takeKept(attempts.upstream(), !Retry.repeatable(request))
                : null;
    }

    // tag::attempt[]
    /**
     * Sends the request to one upstream and relays what it answers.
     *
     * @param kept the connection to use, or null for a new one
     */
    private boolean attempt(Wire kept) throws UpstreamFailure, HttpViolation, WireFailure {
        upstream = attempts.upstream();
        Wire server = kept != null ? kept : connect(upstream);
        answerBegun = false;
        boolean reusable = false;
        try {
            try {
                sendRequest(server);
                readResponse(server);
            } catch (WireFailure e) {
                if (e.wire() == client) {
                    throw e;
                }
                throw e.timedOut()
                        ? UpstreamFailure.late(upstream, timeouts.responseMillis())
                        : UpstreamFailure.closed(upstream, answerBegun || server.in.hasRemaining());
            }
            boolean keepClient = relayResponse(server);
            reusable = Persistence.keepUpstream(response, requestRead()) && responseBody.done();
            return keepClient;
        } finally {
            if (reusable) {
                connections.keep(upstream, server);
            } else {
                server.close();
            }
        }
    }

    // end::attempt[]

    private Wire connect(Upstream upstream) throws UpstreamFailure {
        try {
            return connections.connect(upstream);
        } catch (WireFailure e) {
            throw new UpstreamFailure(
                    Failure.NOT_SENT,
                    e.timedOut()
                            ? Errors.connectTimedOut(upstream, timeouts.connectMillis())
                            : Errors.cannotConnect(upstream));
        } catch (IOException e) {
            throw new UpstreamFailure(Failure.OWN, Errors.ranOut());
        }
    }

    /**
     * Sends all of the request before the response is looked at: one thread cannot do both. An
     * upstream that answers early and stops reading is noticed only when the sending fails.
     */
    private void sendRequest(Wire server) throws UpstreamFailure, HttpViolation, WireFailure {
        out.rewind();
        if (request.expectsContinue() && !requestBody.done() && !client.in.hasRemaining()) {
            client.send(ByteBuffer.wrap(CONTINUE), timeouts.transferMillis());
        }
        try {
            if (!relay.relay(out, client, requestBody, server, false)) {
                throw new WireFailure(client, false, null); // it closed in mid request
            }
        } catch (WireFailure e) {
            if (e.wire() == client && e.timedOut()) {
                throw Errors.bodyTimedOut(timeouts.transferMillis());
            }
            if (e.wire() == server && e.timedOut()) {
                throw UpstreamFailure.late(upstream, timeouts.transferMillis());
            }
            if (e.wire() == client || request.framing().empty()) {
                throw e;
            }
            // The upstream has closed: perhaps it has said why (413, say).
        }
    }

    /** Reads up to the end of the final response's head; interim responses are passed on. */
    private void readResponse(Wire server) throws UpstreamFailure, WireFailure {
        long atNanos = Wire.after(timeouts.responseMillis());
        do {
            response.reset(request.method());
            try {
                while (!response.parse(server.in)) {
                    if (!server.receive(Deadline.Wait.READ, atNanos)) {
                        throw new WireFailure(server, false, null);
                    }
                }
            } catch (HttpViolation e) {
                throw new UpstreamFailure(Failure.NOT_REPEATABLE, Errors.badResponse(upstream, e));
            }
            if (response.status() == 101) {
                throw new UpstreamFailure(Failure.NOT_REPEATABLE, Errors.unaskedUpgrade(upstream));
            }
            if (response.interim()) {
                relayInterim(server);
            }
        } while (response.interim());
    }

    /** Passes on an interim response; one in HTTP/1.0 knows none (RFC 9110, section 15.2). */
    private void relayInterim(Wire server) throws WireFailure {
        answerBegun = true; // no retry from here on; so the request in the buffer may go
        if (request.minorVersion() > 0 && response.status() != 100) {
            gate.rules().responseWriter().write(response, Framing.NONE, true, "", out.clear());
            client.send(out.flip(), timeouts.transferMillis());
        }
        server.in.position(server.in.position() + response.length());
    }

    /**
     * Sends the client the response whose head was just read.
     *
     * @return whether the client's connection lives on
     */
    private boolean relayResponse(Wire server) throws UpstreamFailure, WireFailure {
        Framing framing = Persistence.framingForClient(request, response);
        boolean keepClient =
                Persistence.keepClient(request, response, requestRead()) && !gate.draining();
        String now = date.at(System.currentTimeMillis());
        gate.rules().responseWriter().write(response, framing, keepClient, now, out.clear());
        out.flip();
        server.in.position(server.in.position() + response.length());
        responseBody.begin(response.framing());
        boolean contentOnly = framing != response.framing();
        boolean untilClose = framing.kind() == Framing.Kind.UNTIL_CLOSE;
        if (untilClose) {
            client.closesWithReset(true);
        }
        boolean whole = false;
        try {
            whole = relay.relay(out, server, responseBody, client, contentOnly);
        } catch (HttpViolation e) {
            if (out.position() == 0) { // not even the head was sent: there is still time to say so
                client.closesWithReset(false);
                throw new UpstreamFailure(Failure.NOT_REPEATABLE, Errors.badResponse(upstream, e));
            }
        } catch (WireFailure e) {
            if (e.wire() == client) {
                throw e;
            }
        }
        if (!whole) {
            attempts.blame();
            client.close(); // in mid response, so that nobody takes it for the whole
            return false;
        }
        attempts.succeeded();
        if (untilClose) {
            client.closesWithReset(false);
        }
        status = response.status();
        return keepClient;
    }

    /** Whether the request's body was read to its end, so that a new request may follow it. */
    boolean requestRead() {
        return requestBody.done();
    }

    /** Forgets the last exchange. */
    void reset() {
        status = 0;
        upstream = null;
    }

    /** The status of the response that the client was sent whole, or 0. */
    int status() {
        return status;
    }

    /** How many bytes of content that response had. */
    long bodyBytes() {
        return responseBody.contentBytes();
    }

    /** Which upstream was asked last, or null. */
    String upstream() {
        return upstream == null ? null : upstream.toString();
    }

    void close() {
        connections.close();
    }
}
