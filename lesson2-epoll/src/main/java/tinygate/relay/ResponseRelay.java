package tinygate.relay;

import java.nio.ByteBuffer;
import tinygate.http.BodyScanner;
import tinygate.http.Framing;
import tinygate.http.HttpViolation;
import tinygate.http.Method;
import tinygate.http.RequestHead;
import tinygate.http.ResponseHead;
import tinygate.proxy.Persistence;

/**
 * The second half of a {@link Transaction}: finds the response in what the upstream sends, and
 * relays it to the client. The mirror of {@link RequestRelay}.
 */
final class ResponseRelay {
    private final RelayContext context;
    private final ResponseHead head;
    private final BodyScanner body;

    private Exchange exchange;
    private Method method;
    private Framing framing = Framing.NONE; // as the client is told
    private boolean keepClient;
    private boolean started; // whether the client was sent some of the final response

    ResponseRelay(RelayContext context) {
        this.context = context;
        head = new ResponseHead(context.fieldsPool);
        body = new BodyScanner(context.rules.headLimits().bytes());
    }

    /** Waits for the response to a request with this method. */
    void begin(Exchange exchange, Method method) {
        this.exchange = exchange;
        this.method = method;
        head.reset(method);
        framing = Framing.NONE;
        keepClient = false;
        started = false;
    }

    /** Nothing more will be read of it. */
    void end() {
        head.detach();
    }

    /** Whether a whole head has arrived, of an interim response or of the final one. */
    boolean headArrived() throws HttpViolation {
        return exchange.fromUpstream.parse(head);
    }

    boolean interim() {
        return head.interim();
    }

    boolean switchesProtocols() {
        return head.status() == 101;
    }

    int status() {
        return head.status();
    }

    /**
     * Goes on to the next head.
     *
     * @param forward whether the client is sent this one; one in HTTP/1.0 knows no interim
     *     responses (RFC 9110, section 15.2)
     */
    void passInterim(boolean forward) {
        if (forward) {
            write("");
            exchange.fromUpstream.sendHead(context.scratch);
        }
        exchange.fromUpstream.skip(head);
        head.reset(method);
    }

    /**
     * Sends the final response's head, and what has arrived of its body.
     *
     * @param requestDone whether the request's body was read to its end
     * @throws HttpViolation if the body is malformed
     */
    void start(RequestHead request, boolean requestDone) throws HttpViolation {
        framing = Persistence.framingForClient(request, head);
        keepClient = Persistence.keepClient(request, head, requestDone) && !context.draining();
        body.begin(head.framing());
        exchange.closeIsEnd = endsWithClose();
        write(context.date());
        exchange.fromUpstream.skip(head);
        try {
            relay(context.scratch);
        } finally {
            started = !context.scratch.hasRemaining(); // the head goes as a whole, or not at all
        }
    }

    private void write(String date) {
        context.rules
                .responseWriter()
                .write(head, framing, keepClient, date, context.scratch.clear());
        context.scratch.flip();
    }

    void relayBody() throws HttpViolation {
        relay(context.noHead());
    }

    private void relay(ByteBuffer before) throws HttpViolation {
        exchange.fromUpstream.relay(before, body, framing != head.framing());
    }

    boolean started() {
        return started;
    }

    /**
     * Whether the client has been given the whole of it.
     *
     * @param reset whether the upstream's end is that of a connection that was reset: the kernel
     *     tells of a reset once, and if that was to a send, a receive sees an end
     */
    boolean complete(boolean reset) {
        return body.done() || exchange.fromUpstream.ended() && body.doneAtClose() && !reset;
    }

    boolean keepsClient() {
        return keepClient;
    }

    /** How many bytes of content the client has been given. */
    long bodyBytes() {
        return body.contentBytes();
    }

    /** Whether the client takes the close of its connection for the end of the body. */
    boolean endsWithClose() {
        return framing.kind() == Framing.Kind.UNTIL_CLOSE;
    }

    /** Whether the upstream's connection may carry another request now. */
    boolean keepsUpstream(boolean requestSent) {
        Pipe pipe = exchange.fromUpstream;
        return Persistence.keepUpstream(head, requestSent)
                && pipe.isEmpty()
                && !pipe.ended()
                && exchange.driver.unsent(Side.UPSTREAM) == 0;
    }
}
