package tinygate.relay;

import java.nio.ByteBuffer;
import tinygate.Settings;
import tinygate.http.BodyScanner;
import tinygate.http.Framing;
import tinygate.http.HttpViolation;
import tinygate.http.Method;
import tinygate.http.RequestHead;
import tinygate.observe.AccessLog;
import tinygate.proxy.Answer;
import tinygate.proxy.Attempts;
import tinygate.proxy.Attempts.Failure;
import tinygate.proxy.Errors;
import tinygate.proxy.Persistence;
import tinygate.proxy.Rules;
import tinygate.upstream.Pool;
import tinygate.upstream.Upstream;

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
    private final ResponseRelay response;
    private final BodyScanner requestBody;
    private final Attempts attempts;
    private final SavedHead savedHead = new SavedHead();

    private Exchange exchange;
    private boolean started; // whether the request's head is complete, or was refused
    private boolean upgrade; // whether the client asks for another protocol
    private boolean kept; // whether the upstream's connection had carried another exchange before
    private boolean flowing; // whether the wait is still for the request, not for the response
    private boolean requestLost; // whether the upstream takes no more of the request
    private boolean answerBegun; // whether a byte of a response may have come
    private AccessLog.Begun logged; // null if exchanges are not logged
    private Upstream upstream; // that was asked last, or null
    private long bodyBytes; // of content that the client was sent
    private int status; // what the client was sent, 0 for nothing or only a part

    Transaction(RelayContext context) {
        this.context = context;
        rules = context.rules;
        timeouts = context.settings.timeouts();
        request = new RequestHead(rules.headLimits());
        response = new ResponseRelay(context);
        requestBody = new BodyScanner(rules.headLimits().bytes());
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
        logged = null;
        upstream = null;
        bodyBytes = 0;
        status = 0;
    }

    void end() {
        attempts.end();
        if (started) {
            context.stats.exchangeFinished(status);
        }
        if (logged != null) {
            String name = upstream == null ? null : upstream.toString();
            context.accessLog.write(logged.end(status, bodyBytes, name));
        }
    }

    // HEAD: the request's head arrives

    void readRequestHead() {
        try {
            if (exchange.fromClient.parse(request)) {
                start(true);
                decide();
            } else if (exchange.fromClient.ended()) {
                exchange.transactionEnded(false, true);
            }
        } catch (HttpViolation violation) {
            start(false);
            refuse(violation);
        }
    }

    void overloaded() {
        start(false);
        answer(Errors.overloaded(), false);
    }

    /**
     * @param wellFormed whether the request's head is complete, or was refused
     */
    private void start(boolean wellFormed) {
        started = true;
        context.stats.exchangeStarted();
        if (context.accessLog != null) {
            logged = new AccessLog.Begun(exchange.clientText, wellFormed ? request : null);
        }
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
        requestLost = false;
        upstream = attempts.upstream();
        kept = exchange.driver.connect(upstream, attempts.first());
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
        response.begin(exchange, request.method());
        flowing = true;
        exchange.enter(Phase.RESPONSE, timeouts.transferMillis());
        relayRequest(savedHead.restore(context.scratch));
    }

    /** Whether some of the request has not arrived or is not sent yet. */
    boolean requestFlows() {
        return !requestBody.done() || exchange.driver.unsent(Side.UPSTREAM) > 0;
    }

    void awaitResponse() {
        relayRequest(context.noHead());
        if (exchange.phase() == Phase.RESPONSE) {
            if (flowing && !requestFlows()) {
                flowing = false;
                exchange.waitFor(timeouts.responseMillis());
            }
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
        if (pipe.ended() && !requestBody.done() && exchange.phase() == Phase.RESPONSE) {
            closeUpstream(); // the request will never be whole
            exchange.transactionEnded(false, true);
        }
    }

    private void readResponseHead() {
        try {
            while (exchange.phase() == Phase.RESPONSE && response.headArrived()) {
                if (response.interim()) {
                    answerBegun = true;
                    response.passInterim(request.minorVersion() > 0);
                } else if (response.switchesProtocols() && !upgrade) {
                    attemptFailed(Failure.ANSWERED, Errors.unaskedUpgrade(attempts.upstream()));
                } else {
                    startResponse();
                }
            }
        } catch (HttpViolation violation) {
            attemptFailed(Failure.ANSWERED, Errors.badResponse(attempts.upstream(), violation));
        }
        if (exchange.phase() == Phase.RESPONSE && exchange.fromUpstream.ended()) {
            upstreamBroke();
        }
    }

    private void startResponse() throws HttpViolation {
        attempts.succeeded();
        boolean tunnel = response.switchesProtocols();
        try {
            response.start(request, requestBody.done());
        } catch (HttpViolation violation) {
            if (!response.started()) {
                throw violation; // the client was sent nothing: there is still time to say so
            }
            exchange.enter(Phase.RELAY, timeouts.transferMillis());
            upstreamBrokeOff();
            return;
        }
        if (tunnel) {
            status = response.status();
            exchange.enter(Phase.TUNNEL, timeouts.tunnelIdleMillis());
        } else {
            exchange.enter(Phase.RELAY, timeouts.transferMillis());
        }
    }

    // RELAY: both bodies flow

    void relayBodies() {
        relayRequest(context.noHead());
        if (exchange.phase() != Phase.RELAY) {
            return;
        }
        try {
            response.relayBody();
        } catch (HttpViolation violation) {
            upstreamBrokeOff();
            return;
        }
        if (response.complete()) {
            finish();
        } else if (exchange.fromUpstream.ended()) {
            upstreamBrokeOff();
        }
    }

    private void finish() {
        if (response.keepsUpstream(requestBody.done() && !requestLost)) {
            exchange.fromUpstream.reset();
            exchange.driver.keepUpstream();
        } else {
            closeUpstream();
        }
        status = response.status();
        bodyBytes = response.bodyBytes();
        exchange.transactionEnded(response.keepsClient(), clientIsDone());
    }

    // TUNNEL: bytes flow both ways, unread

    /** Each side's end is passed on to the other, so that both may end in their own time. */
    void tunnel() {
        Driver driver = exchange.driver;
        exchange.fromUpstream.relayRaw();
        if (requestLost) {
            exchange.fromClient.discard();
            if (exchange.fromUpstream.ended()) {
                tunnelBroke();
            }
            return;
        }
        exchange.fromClient.relayRaw();
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

    /** The upstream is gone; what it said before still goes to the client. */
    private void tunnelBroke() {
        closeUpstream();
        exchange.transactionEnded(false, false);
    }

    // When something goes wrong

    void timedOut() {
        switch (exchange.phase()) {
            case HEAD -> {
                start(false);
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
                            Errors.responseTimedOut(
                                    attempts.upstream(),
                                    flowing
                                            ? timeouts.transferMillis()
                                            : timeouts.responseMillis()));
                }
            }
            default -> {
                if (exchange.driver.unsent(Side.CLIENT) > 0) {
                    breakOff(); // it is the client that stands still
                } else {
                    upstreamBrokeOff();
                }
            }
        }
    }

    /** The upstream's connection ended or broke before the response was complete. */
    void upstreamBroke() {
        if (exchange.phase() == Phase.TUNNEL) {
            tunnelBroke();
        } else if (exchange.phase() == Phase.RESPONSE) {
            boolean begun = answerBegun || !exchange.fromUpstream.isEmpty();
            attemptFailed(
                    begun ? Failure.ANSWERED : Failure.NOT_ANSWERED,
                    Errors.noResponse(attempts.upstream()));
        } else {
            upstreamBrokeOff();
        }
    }

    /** It may have closed because it has answered already (413, say): that can still be read. */
    void upstreamTakesNoMore() {
        requestLost = true;
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
        exchange.sendToClient(context.scratch);
        status = answer.status();
        bodyBytes = answer.content().length();
        exchange.transactionEnded(keep, requestDone && clientIsDone());
    }

    private void upstreamBrokeOff() {
        attempts.blame();
        breakOff();
    }

    /** Ends a response in its middle, so that the client cannot take it for the whole. */
    private void breakOff() {
        closeUpstream();
        if (response.endsWithClose()) {
            exchange.driver.abort(Side.CLIENT);
            exchange.abandon();
        } else {
            exchange.transactionEnded(false, clientIsDone());
        }
    }

    /** Whether the client sends nothing more; one that did not ask to close may pipeline. */
    private boolean clientIsDone() {
        return requestBody.done() && !request.keepAlive();
    }

    private void closeUpstream() {
        exchange.fromUpstream.reset();
        exchange.driver.close(Side.UPSTREAM);
    }
}
