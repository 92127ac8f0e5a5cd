package tinygate.relay;

import tinygate.http.HttpViolation;
import tinygate.http.RequestHead;
import tinygate.proxy.Answer;
import tinygate.proxy.Errors;
import tinygate.proxy.Persistence;
import tinygate.upstream.Pool;

/**
 * One request and its response, on behalf of an {@link Exchange}: what is to be done in each phase
 * from HEAD to TUNNEL. Heads and scanners are large and an idle connection needs none, so
 * transactions belong to the loop and are lent to an exchange from the first byte of a request to
 * the last of its response.
 *
 * <pre>
 *   Transaction --> RequestRelay     the request on its way
 *               --> ResponseRelay    the response on its way
 *               --> Tunnel           the bytes behind a response that switches protocols
 *               --> UpstreamAttempt  the upstream, and its failures
 *               --> Ending           how it ends, and what becomes of the connections
 *               --> Journal          what is counted and logged
 * </pre>
 *
 * Whatever changes the phase is the last thing that a method does, so that none has to look again
 * at where the exchange stands.
 */
final class Transaction {
    private final RelayContext context;
    private final RequestHead request;
    private final RequestRelay requestRelay;
    private final ResponseRelay responseRelay;
    private final Tunnel tunnel = new Tunnel();
    private final Journal journal;
    private final Ending ending;
    private final UpstreamAttempt attempt;

    private Exchange exchange;
    private boolean upgrade; // whether the client asks for another protocol
    private boolean expectsContinue; // whether it may wait for a 100 that has not come yet

    Transaction(RelayContext context) {
        this.context = context;
        request = new RequestHead(context.fieldsPool);
        requestRelay = new RequestRelay(context);
        responseRelay = new ResponseRelay(context);
        journal = new Journal(context);
        ending = new Ending(context, request, requestRelay, responseRelay, journal);
        attempt =
                new UpstreamAttempt(context, request, requestRelay, responseRelay, journal, ending);
    }

    void begin(Exchange exchange) {
        this.exchange = exchange;
        upgrade = false;
        expectsContinue = false;
        request.reset();
        requestRelay.begin(exchange);
        journal.begin();
        ending.begin(exchange);
        attempt.begin(exchange);
    }

    void end() {
        request.detach();
        responseRelay.end();
        attempt.end();
        journal.end();
    }

    // HEAD: the request's head arrives

    void readRequestHead() {
        try {
            if (exchange.fromClient.parse(request)) {
                journal.started(exchange.clientText, request);
                decide();
            } else if (exchange.fromClient.ended()) {
                ending.giveUp();
            }
        } catch (HttpViolation violation) {
            refuseHead(violation);
        }
    }

    private void refuseHead(HttpViolation violation) {
        journal.started(exchange.clientText, null);
        ending.refuse(violation);
    }

    void overloaded() {
        journal.started(exchange.clientText, null);
        ending.answer(Errors.overloaded(), false);
    }

    /** Answers the request, or sends it to an upstream. */
    private void decide() {
        Answer own = ownAnswer();
        requestRelay.headArrived(request.framing());
        upgrade = request.asksForUpgrade();
        expectsContinue = request.expectsContinue();
        if (own == null) {
            requestRelay.save(request);
        }
        exchange.fromClient.skip(request);
        if (own == null) {
            attempt.connect();
        } else {
            ending.answer(own, Persistence.endsWithHead(request));
        }
    }

    /** What the gate answers itself, or null if an upstream was chosen. */
    private Answer ownAnswer() {
        Answer own = context.rules.ownAnswers().answerTo(request);
        if (own != null) {
            return own;
        }
        String host = request.host();
        Pool pool = context.routes.poolFor(host);
        if (pool == null) {
            return Errors.noRoute(host);
        }
        return attempt.choose(pool) ? null : Errors.noUpstream();
    }

    // CONNECT: the upstream's connection is opened

    void connected(boolean kept) {
        attempt.connected(kept);
    }

    void unreachable(boolean ours) {
        attempt.unreachable(ours);
    }

    // RESPONSE: the request is sent, the response's head arrives

    void awaitResponse() {
        try {
            requestRelay.relay();
        } catch (HttpViolation violation) {
            ending.refuse(violation);
            return;
        }
        if (requestRelay.neverWhole()) {
            ending.giveUp();
            return;
        }
        if (!requestRelay.flows()) {
            exchange.deadlines.requestSent();
        }
        readResponseHead();
    }

    private void readResponseHead() {
        try {
            while (responseRelay.headArrived()) {
                if (!responseRelay.interim()) {
                    startResponse();
                    return;
                }
                if (!exchange.fromUpstream.drains()) {
                    return; // until the client has taken those before
                }
                expectsContinue &= responseRelay.status() != 100;
                attempt.answerBegun();
                responseRelay.passInterim(request.minorVersion() > 0);
            }
        } catch (HttpViolation violation) {
            attempt.badResponse(violation);
            return;
        }
        if (exchange.fromUpstream.ended()) {
            attempt.broke();
        }
    }

    private void startResponse() throws HttpViolation {
        boolean switches = responseRelay.switchesProtocols();
        if (switches && !upgrade) {
            attempt.unaskedUpgrade();
            return;
        }
        try {
            responseRelay.start(request, requestRelay.done());
        } catch (HttpViolation violation) {
            if (!responseRelay.started()) {
                throw violation; // the client was sent nothing: there is still time to say so
            }
            exchange.enter(Phase.RELAY); // where a response that has begun is broken off
            attempt.brokeOff();
            return;
        }
        if (switches) {
            attempt.succeeded();
            journal.answered(responseRelay.status(), 0);
            tunnel.begin(exchange, requestRelay.lost());
        }
        exchange.enter(switches ? Phase.TUNNEL : Phase.RELAY);
    }

    // RELAY: both bodies flow

    void relayBodies() {
        try {
            requestRelay.relay();
        } catch (HttpViolation violation) {
            ending.breakOff();
            return;
        }
        try {
            responseRelay.relayBody();
        } catch (HttpViolation violation) {
            attempt.brokeOff();
            return;
        }
        if (responseRelay.complete(requestRelay.reset())) {
            attempt.succeeded();
            ending.responded();
        } else if (exchange.fromUpstream.ended()) {
            attempt.brokeOff();
        }
    }

    // TUNNEL: bytes flow both ways, unread

    void relayTunnel() {
        tunnel.relay();
    }

    // What happens in any of them

    void timedOut() {
        int millis = exchange.deadlines.millis();
        switch (exchange.phase()) {
            case HEAD -> refuseHead(Errors.headTimedOut(millis));
            case CONNECT -> attempt.connectTimedOut(millis);
            case RESPONSE -> {
                if (requestRelay.waitsForClient() && !clientWaitsForContinue()) {
                    ending.refuse(Errors.bodyTimedOut(millis));
                } else if (!exchange.fromUpstream.drains()) {
                    ending.breakOff(); // the client does not take the interim responses
                } else {
                    attempt.responseTimedOut(millis);
                }
            }
            case RELAY -> {
                if (exchange.driver.unsent(Side.CLIENT) > 0 || requestRelay.waitsForClient()) {
                    ending.breakOff(); // it is the client that stands still
                } else {
                    attempt.brokeOff();
                }
            }
            case TUNNEL -> exchange.abandon();
            case IDLE, FAREWELL, CLOSED -> {}
        }
    }

    /** Whether the client may well send nothing before the upstream has said something. */
    private boolean clientWaitsForContinue() {
        return expectsContinue && !requestRelay.bodyBegun();
    }

    /** The upstream's connection broke. */
    void upstreamBroke() {
        switch (exchange.phase()) {
            case RESPONSE -> attempt.broke();
            case TUNNEL -> tunnel.upstreamBroke();
            default -> attempt.brokeOff();
        }
    }

    void upstreamTakesNoMore(boolean reset) {
        requestRelay.upstreamTakesNoMore(reset);
        tunnel.upstreamTakesNoMore();
    }
}
