package tinygate.relay;

import tinygate.http.HttpViolation;
import tinygate.http.RequestHead;
import tinygate.observe.Stats;
import tinygate.proxy.Answer;
import tinygate.proxy.Attempts;
import tinygate.proxy.Attempts.Failure;
import tinygate.proxy.Errors;
import tinygate.upstream.Pool;

/**
 * A {@link Transaction}'s way to an upstream: the connection, all that can go wrong until a
 * response is complete, and the next attempt, if there may be one.
 */
final class UpstreamAttempt {
    private final Stats stats;
    private final Attempts attempts;
    private final RequestHead request;
    private final RequestRelay requestRelay;
    private final ResponseRelay responseRelay;
    private final Journal journal;
    private final Ending ending;

    private Exchange exchange;
    private boolean kept; // whether the connection had carried another exchange before
    private boolean answerBegun; // whether an interim response has come

    UpstreamAttempt(
            RelayContext context,
            RequestHead request,
            RequestRelay requestRelay,
            ResponseRelay responseRelay,
            Journal journal,
            Ending ending) {
        this.stats = context.stats;
        this.attempts = new Attempts(stats);
        this.request = request;
        this.requestRelay = requestRelay;
        this.responseRelay = responseRelay;
        this.journal = journal;
        this.ending = ending;
    }

    void begin(Exchange exchange) {
        this.exchange = exchange;
        answerBegun = false;
    }

    /** Chooses an upstream; false if none can be used. */
    boolean choose(Pool pool) {
        return attempts.begin(pool, exchange.clientAddress);
    }

    /** Gives up the upstream, if there is one. */
    void end() {
        attempts.end();
    }

    /** Goes to the phase RESPONSE if a connection is there, else to CONNECT. */
    void connect() {
        requestRelay.beginAttempt();
        responseRelay.begin(exchange, request.method());
        journal.asked(attempts.upstream());
        kept = exchange.driver.connect(attempts.upstream(), attempts.first());
        exchange.enter(kept ? Phase.RESPONSE : Phase.CONNECT);
    }

    /** A byte of a response has come: there is no other attempt from here on. */
    void answerBegun() {
        answerBegun = true;
    }

    /** The upstream has given a whole response, or a tunnel. */
    void succeeded() {
        attempts.succeeded();
    }

    // CONNECT: no byte of the request was sent

    /** The connection is there that was not there at once. */
    void connected(boolean kept) {
        this.kept = kept;
        if (!kept) {
            stats.upstreamConnected();
        }
    }

    void unreachable(boolean ours) {
        if (ours) {
            failed(Failure.OWN, Errors.ranOut());
        } else {
            failed(Failure.NOT_SENT, Errors.cannotConnect(attempts.upstream()));
        }
    }

    void connectTimedOut(int millis) {
        failed(Failure.NOT_SENT, Errors.connectTimedOut(attempts.upstream(), millis));
    }

    // RESPONSE: the client was sent no byte of a final response

    /**
     * The connection ended or broke. The upstream is not to blame if it has waited for the client:
     * whoever lacks the rest of a request may well give up.
     */
    void broke() {
        if (requestRelay.waitsForClient()) {
            ending.answer(Errors.noResponse(attempts.upstream()), false);
            return;
        }
        boolean begun = answerBegun || !exchange.fromUpstream.isEmpty();
        failed(
                begun ? Failure.NOT_REPEATABLE : Failure.NOT_ANSWERED,
                Errors.noResponse(attempts.upstream()));
    }

    void responseTimedOut(int millis) {
        failed(Failure.NOT_REPEATABLE, Errors.responseTimedOut(attempts.upstream(), millis));
    }

    void badResponse(HttpViolation violation) {
        failed(Failure.NOT_REPEATABLE, Errors.badResponse(attempts.upstream(), violation));
    }

    /** The upstream switches to another protocol, for which nobody has asked. */
    void unaskedUpgrade() {
        failed(Failure.NOT_REPEATABLE, Errors.unaskedUpgrade(attempts.upstream()));
    }

    /**
     * @param answer what the client is told if there is no further attempt
     */
    private void failed(Failure failure, Answer answer) {
        exchange.closeUpstream();
        if (attempts.failed(request, failure, kept)) {
            connect();
        } else {
            ending.answer(answer, requestRelay.done());
        }
    }

    // RELAY: the client was sent a part of the response

    /**
     * The rest will not come. The upstream is to blame, unless the client has ended before its
     * request did: whoever lacks the rest of a request may well give up.
     */
    void brokeOff() {
        if (!requestRelay.neverWhole()) {
            attempts.blame();
        }
        ending.breakOff();
    }
}
