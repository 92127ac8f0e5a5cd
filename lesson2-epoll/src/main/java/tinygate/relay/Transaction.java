package tinygate.relay;

import java.nio.ByteBuffer;
import tinygate.Settings;
import tinygate.http.BodyScanner;
import tinygate.http.Framing;
import tinygate.http.HttpViolation;
import tinygate.http.Method;
import tinygate.http.RequestHead;
import tinygate.http.ResponseHead;
import tinygate.proxy.Answer;
import tinygate.proxy.Attempts;
import tinygate.proxy.Attempts.Failure;
import tinygate.proxy.Errors;
import tinygate.proxy.Persistence;
import tinygate.proxy.Rules;
import tinygate.upstream.Pool;

/**
 * One request and its response, on behalf of an {@link Exchange}. Heads and scanners are large and
 * an idle connection needs none, so transactions belong to the loop and are lent to an exchange
 * from the first byte of a request to the last of its response.
 */
final class Transaction {
    private final RelayContext context;
    private final Rules rules;
    private final Settings.Timeouts timeouts;
    private final RequestHead request;
    private final ResponseHead response;
    private final BodyScanner requestBody;
    private final BodyScanner responseBody;
    private final Attempts attempts;
    private final SavedHead savedHead = new SavedHead();

    private Exchange exchange;
    private boolean started; // whether the request's head is complete, or was refused
    private boolean upgrade; // whether the client asks for another protocol
    private boolean kept; // whether the upstream's connection had carried another exchange before
    private boolean requestLost; // whether the upstream takes no more of the request
    private boolean answerBegun; // whether a byte of a response may have come
    private Framing framingForClient = Framing.NONE;
    private boolean keepClient;
    private int status; // what the client was sent, 0 for nothing or only a part

    Transaction(RelayContext context) {
        this.context = context;
        rules = context.rules;
        timeouts = context.settings.timeouts();
        request = new RequestHead(rules.headLimits());
        response = new ResponseHead(rules.headLimits());
        requestBody = new BodyScanner(rules.headLimits().bytes());
        responseBody = new BodyScanner(rules.headLimits().bytes());
        attempts = new Attempts(context.stats);
    }

    void begin(Exchange exchange) {
        this.exchange = exchange;
        request.reset();
        requestBody.begin(Framing.NONE);
        started = false;
        upgrade = false;
        kept = false;
        requestLost = false;
        answerBegun = false;
        framingForClient = Framing.NONE;
        keepClient = false;
        status = 0;
    }

    void end() {
        attempts.end();
        if (started) {
            context.stats.exchangeFinished(status);
        }
        exchange = null;
    }

    /** Whether it still is in this phase; what was just done may have ended it. */
    private boolean in(Phase phase) {
        return exchange != null && exchange.phase() == phase;
    }

    // HEAD: the request's head arrives

    void readRequestHead() {
        try {
            if (exchange.fromClient.parse(request)) {
                start();
                decide();
            } else if (exchange.fromClient.ended()) {
                exchange.abandon();
            }
        } catch (HttpViolation violation) {
            start();
            refuse(violation);
        }
    }

    void overloaded() {
        start();
        answer(Errors.overloaded(), false);
    }

    private void start() {
        started = true;
        context.stats.exchangeStarted();
    }

    private void decide() {
        requestBody.begin(request.framing());
        upgrade = request.asksForUpgrade();
        Pool pool = context.routes.poolFor(request.host());
        Answer own = rules.ownAnswers().answerTo(request);
        if (own == null && pool == null) {
            own = Errors.noRoute(request.host());
        }
        if (own == null && !attempts.begin(pool, exchange.clientAddress)) {
            own = Errors.noUpstream();
        }
        if (own == null) {
            rules.requestWriter().write(request, exchange.clientText, context.scratch.clear());
            savedHead.save(context.scratch.flip());
        }
        exchange.fromClient.skip(request);
        if (own == null) {
            connect();
        } else {
            answer(own, Persistence.endsWithHead(request));
        }
    }

    // CONNECT: the upstream's connection is opened

    private void connect() {
        kept = exchange.driver.connect(attempts.upstream(), attempts.first());
        if (kept) {
            sendRequest();
        } else {
            exchange.enter(Phase.CONNECT, timeouts.connectMillis());
        }
    }

    void unreachable(boolean forWantOfDescriptor) {
        if (forWantOfDescriptor) {
            attemptFailed(Failure.OWN, Errors.noDescriptor());
        } else {
            attemptFailed(Failure.NOT_SENT, Errors.cannotConnect(attempts.upstream()));
        }
    }

    // RESPONSE: the request is sent, the response's head arrives

    void sendRequest() {
        response.reset(request.method());
        exchange.enter(Phase.RESPONSE, responseMillis());
        relayRequest(savedHead.restore(context.scratch));
    }

    /** How long to wait for a response, or while the request still flows, for its next byte. */
    int responseMillis() {
        return requestFlows() ? timeouts.transferMillis() : timeouts.responseMillis();
    }

    private boolean requestFlows() {
        return !requestBody.done() || exchange.driver.unsent(Side.UPSTREAM) > 0;
    }

    void awaitResponse() {
        relayRequest(context.noHead());
        if (in(Phase.RESPONSE)) {
            readResponseHead();
        }
    }

    private void relayRequest(ByteBuffer head) {
        Pipe pipe = exchange.fromClient;
        try {
            if (requestLost) {
                pipe.discard(requestBody);
            } else {
                pipe.relay(head, requestBody, false);
            }
            rules.ownAnswers().checkSize(requestBody);
        } catch (HttpViolation violation) {
            if (exchange.phase() == Phase.RESPONSE) {
                refuse(violation);
            } else {
                breakOff();
            }
            return;
        }
        if (pipe.ended() && !requestBody.done()) {
            exchange.abandon(); // the request will never be whole
        }
    }

    private void readResponseHead() {
        try {
            while (in(Phase.RESPONSE) && exchange.fromUpstream.parse(response)) {
                if (response.status() == 101) {
                    switchProtocols();
                } else if (response.interim()) {
                    relayInterim();
                } else {
                    relayHead();
                }
            }
        } catch (HttpViolation violation) {
            badResponse(violation);
        }
        if (in(Phase.RESPONSE) && exchange.fromUpstream.ended()) {
            upstreamBroke();
        }
    }

    private void relayInterim() {
        if (request.minorVersion() > 0) {
            rules.responseWriter().write(response, Framing.NONE, true, "", context.scratch.clear());
            context.scratch.flip();
            sendToClient();
            answerBegun = true;
        }
        exchange.fromUpstream.skip(response);
        response.reset(request.method());
    }

    private void relayHead() {
        attempts.succeeded();
        framingForClient = Persistence.framingForClient(request, response);
        keepClient =
                Persistence.keepClient(request, response, requestBody.done())
                        && !context.draining();
        responseBody.begin(response.framing());
        writeResponse();
        exchange.fromUpstream.skip(response);
        try {
            relayResponse(context.scratch);
            exchange.enter(Phase.RELAY, timeouts.transferMillis());
        } catch (HttpViolation violation) {
            if (context.scratch.position() == 0) { // not even the head was sent
                badResponse(violation);
            } else {
                exchange.enter(Phase.RELAY, timeouts.transferMillis());
                breakOff();
            }
        }
    }

    private void writeResponse() {
        status = response.status();
        rules.responseWriter()
                .write(
                        response,
                        framingForClient,
                        keepClient,
                        context.date(),
                        context.scratch.clear());
        context.scratch.flip();
    }

    // RELAY: both bodies flow

    void relayBodies() {
        relayRequest(context.noHead());
        if (!in(Phase.RELAY)) {
            return;
        }
        try {
            relayResponse(context.noHead());
        } catch (HttpViolation violation) {
            breakOff();
            return;
        }
        Pipe pipe = exchange.fromUpstream;
        if (responseBody.done() || pipe.ended() && responseBody.doneAtClose()) {
            finish();
        } else if (pipe.ended()) {
            breakOff();
        }
    }

    private void relayResponse(ByteBuffer head) throws HttpViolation {
        boolean contentOnly = framingForClient != response.framing();
        exchange.fromUpstream.relay(head, responseBody, contentOnly);
    }

    private void finish() {
        Pipe pipe = exchange.fromUpstream;
        boolean quiet =
                pipe.isEmpty() && !pipe.ended() && exchange.driver.unsent(Side.UPSTREAM) == 0;
        if (quiet && Persistence.keepUpstream(response, requestBody.done() && !requestLost)) {
            pipe.reset();
            exchange.driver.keepUpstream();
        } else {
            closeUpstream();
        }
        exchange.transactionEnded(keepClient, requestBody.done());
    }

    // TUNNEL: bytes flow both ways, unread

    private void switchProtocols() {
        if (!upgrade) {
            attemptFailed(Failure.ANSWERED, Errors.unaskedUpgrade(attempts.upstream()));
            return;
        }
        attempts.succeeded();
        writeResponse();
        sendToClient();
        exchange.fromUpstream.skip(response);
        exchange.enter(Phase.TUNNEL, timeouts.tunnelIdleMillis());
    }

    /** Each side's end is passed on to the other, so that both may end in their own time. */
    void tunnel() {
        Driver driver = exchange.driver;
        exchange.fromClient.relayRaw();
        exchange.fromUpstream.relayRaw();
        if (exchange.fromClient.ended()) {
            driver.finish(Side.UPSTREAM);
        }
        if (exchange.fromUpstream.ended()) {
            driver.finish(Side.CLIENT);
        }
        if (exchange.fromClient.ended()
                && exchange.fromUpstream.ended()
                && driver.unsent(Side.CLIENT) == 0
                && driver.unsent(Side.UPSTREAM) == 0) {
            exchange.abandon();
        }
    }

    // When something goes wrong

    void timedOut() {
        switch (exchange.phase()) {
            case HEAD -> {
                start();
                refuse(Errors.headTimedOut(timeouts.headMillis()));
            }
            case CONNECT ->
                    attemptFailed(
                            Failure.NOT_SENT,
                            Errors.connectTimedOut(attempts.upstream(), timeouts.connectMillis()));
            case RESPONSE -> {
                if (!requestBody.done() && exchange.driver.unsent(Side.UPSTREAM) == 0) {
                    refuse(Errors.bodyTimedOut(timeouts.transferMillis()));
                } else {
                    attemptFailed(
                            Failure.ANSWERED,
                            Errors.responseTimedOut(attempts.upstream(), responseMillis()));
                }
            }
            default -> breakOff();
        }
    }

    /** The upstream's connection ended or broke before the response was complete. */
    void upstreamBroke() {
        if (exchange.phase() == Phase.RESPONSE) {
            boolean begun = answerBegun || !exchange.fromUpstream.isEmpty();
            attemptFailed(
                    begun ? Failure.ANSWERED : Failure.NOT_ANSWERED,
                    Errors.noResponse(attempts.upstream()));
        } else {
            breakOff();
        }
    }

    /** It may have closed because it has answered already (413, say): that can still be read. */
    void upstreamTakesNoMore() {
        requestLost = true;
    }

    private void badResponse(HttpViolation violation) {
        attemptFailed(Failure.ANSWERED, Errors.badResponse(attempts.upstream(), violation));
    }

    /**
     * An attempt failed before the client was sent any final response.
     *
     * @param answer what the client is told if there is no further attempt
     */
    private void attemptFailed(Failure failure, Answer answer) {
        closeUpstream();
        if (attempts.failed(request, failure, kept)) {
            connect();
        } else {
            answer(answer, requestBody.done());
        }
    }

    /** The client broke a rule or a limit; what it sends from now on cannot be understood. */
    private void refuse(HttpViolation violation) {
        if (exchange.attached()) {
            closeUpstream();
        }
        answer(Errors.badRequest(violation), false);
    }

    /**
     * Answers the client itself.
     *
     * @param requestDone whether the client's next byte begins a new request
     */
    private void answer(Answer answer, boolean requestDone) {
        boolean keep = requestDone && request.keepAlive() && !context.draining();
        boolean forHead = request.method() == Method.HEAD;
        answer.write(context.scratch.clear(), keep, forHead, context.date());
        context.scratch.flip();
        sendToClient();
        status = answer.status();
        exchange.transactionEnded(keep, requestDone);
    }

    /** Ends a response in its middle, so that the client cannot take it for the whole. */
    private void breakOff() {
        attempts.blame();
        status = 0;
        closeUpstream();
        if (framingForClient.kind() == Framing.Kind.UNTIL_CLOSE) {
            exchange.driver.abort(Side.CLIENT);
            exchange.abandon();
        } else {
            exchange.transactionEnded(false, requestBody.done());
        }
    }

    private void closeUpstream() {
        exchange.fromUpstream.reset();
        exchange.driver.close(Side.UPSTREAM);
    }

    private void sendToClient() {
        Chunk chunk = exchange.driver.newChunk();
        chunk.append(context.scratch);
        exchange.driver.send(Side.CLIENT, chunk);
    }
}
