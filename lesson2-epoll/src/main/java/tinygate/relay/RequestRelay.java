package tinygate.relay;

import java.nio.ByteBuffer;
import tinygate.http.BodyScanner;
import tinygate.http.Framing;
import tinygate.http.HttpViolation;
import tinygate.http.RequestHead;

/**
 * The first half of a {@link Transaction}: relays the request from the client to the upstream, its
 * head anew for each attempt.
 */
final class RequestRelay {
    private final RelayContext context;
    private final BodyScanner body;
    private final SavedHead head = new SavedHead();

    private Exchange exchange;
    private boolean headSent;
    private boolean lost; // whether the upstream takes no more of it
    private boolean reset; // whether that is by a reset

    RequestRelay(RelayContext context) {
        this.context = context;
        body =
                new BodyScanner(
                        context.rules.headLimits().bytes(), context.rules.requestBodyBytes());
    }

    void begin(Exchange exchange) {
        this.exchange = exchange;
        body.begin(Framing.NONE);
    }

    /** The request's head is known, and with it where its body ends. */
    void headArrived(Framing framing) {
        body.begin(framing);
    }

    /** Writes down the head as it is forwarded, while it still lies in the client's bytes. */
    void save(RequestHead request) {
        context.rules.requestWriter().write(request, exchange.clientText, context.scratch.clear());
        head.save(context.scratch.flip());
    }

    /** The next upstream is sent the request from its first byte. */
    void beginAttempt() {
        headSent = false;
        lost = false;
        reset = false;
    }

    /**
     * Sends what has arrived and is not sent yet.
     *
     * @throws HttpViolation if the body is malformed or too large
     */
    void relay() throws HttpViolation {
        if (lost) {
            exchange.fromClient.discard(body);
        } else {
            ByteBuffer before = headSent ? context.noHead() : head.restore(context.scratch);
            headSent = true;
            exchange.fromClient.relay(before, body, false);
        }
    }

    /** It may have closed because it has answered already (413, say): that can still be read. */
    void upstreamTakesNoMore(boolean reset) {
        lost = true;
        this.reset = reset;
    }

    boolean lost() {
        return lost;
    }

    /** Whether the upstream's connection was reset, as sending has found out. */
    boolean reset() {
        return reset;
    }

    /** Whether any of the body has arrived. */
    boolean bodyBegun() {
        return body.begun();
    }

    /** Whether all of the request has arrived. */
    boolean done() {
        return body.done();
    }

    /** Whether the upstream will get some more of the request. */
    boolean flows() {
        return !lost && (!done() || exchange.driver.unsent(Side.UPSTREAM) > 0);
    }

    /** Whether the upstream has got all that has arrived, and waits for the client to send more. */
    boolean waitsForClient() {
        return flows() && exchange.driver.unsent(Side.UPSTREAM) == 0;
    }

    /** Whether the client has ended before its request did. */
    boolean neverWhole() {
        return !done() && exchange.fromClient.ended();
    }
}
