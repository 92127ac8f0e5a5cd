package tinygate.relay;

import tinygate.http.HttpViolation;
import tinygate.http.Method;
import tinygate.http.RequestHead;
import tinygate.proxy.Answer;
import tinygate.proxy.Errors;

/**
 * The ways in which a {@link Transaction} ends, and what becomes of both connections in each: with
 * the upstream's whole response, with an answer of the gate's own, broken off, or in silence.
 */
final class Ending {
    private final RelayContext context;
    private final RequestHead request;
    private final RequestRelay requestRelay;
    private final ResponseRelay responseRelay;
    private final Journal journal;
    private Exchange exchange;

    Ending(
            RelayContext context,
            RequestHead request,
            RequestRelay requestRelay,
            ResponseRelay responseRelay,
            Journal journal) {
        this.context = context;
        this.request = request;
        this.requestRelay = requestRelay;
        this.responseRelay = responseRelay;
        this.journal = journal;
    }

    void begin(Exchange exchange) {
        this.exchange = exchange;
    }

    /** The client was given the whole of the upstream's response. */
    void responded() {
        if (responseRelay.keepsUpstream(requestRelay.done() && !requestRelay.lost())) {
            exchange.fromUpstream.reset();
            exchange.driver.keepUpstream();
        } else {
            exchange.closeUpstream();
        }
        journal.answered(responseRelay.status(), responseRelay.bodyBytes());
        exchange.transactionEnded(responseRelay.keepsClient(), clientIsDone());
    }

    /**
     * The gate answers the client itself.
     *
     * @param requestDone whether the client's next byte begins a new request
     */
    void answer(Answer answer, boolean requestDone) {
        exchange.closeUpstream();
        exchange.closeIsEnd = false; // it has a length, whatever the upstream's response had
        boolean keep = requestDone && request.keepAlive() && !context.draining();
        boolean forHead = request.method() == Method.HEAD;
        answer.write(context.scratch.clear(), keep, forHead, context.date());
        exchange.fromUpstream.sendHead(context.scratch.flip());
        journal.answered(answer.status(), forHead ? 0 : answer.content().length());
        exchange.transactionEnded(keep, requestDone && clientIsDone());
    }

    /** The client broke a rule or a limit; what it sends from now on cannot be understood. */
    void refuse(HttpViolation violation) {
        answer(Errors.badRequest(violation), false);
    }

    /** The response ends in its middle, so that the client cannot take it for the whole. */
    void breakOff() {
        exchange.closeUpstream();
        if (responseRelay.endsWithClose()) {
            exchange.abandon();
        } else {
            exchange.transactionEnded(false, clientIsDone());
        }
    }

    /** The client has ended before its request did: nobody waits for an answer. */
    void giveUp() {
        exchange.closeUpstream();
        exchange.transactionEnded(false, true);
    }

    /** Whether the client sends nothing more; one that did not ask to close may pipeline. */
    private boolean clientIsDone() {
        return requestRelay.done() && !request.keepAlive();
    }
}
