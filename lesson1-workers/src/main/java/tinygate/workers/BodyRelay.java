package tinygate.workers;

import java.nio.ByteBuffer;
import tinygate.http.BodyScanner;
import tinygate.http.HttpViolation;

/** Copies a message's body from one wire to the other, as it comes, without ever holding it all. */
final class BodyRelay {
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final int transferMillis;

    BodyRelay(int transferMillis) {
        this.transferMillis = transferMillis;
    }

    // tag::relay[]
    /**
     * Sends a head and the body behind it: in one call with what has arrived already, then piece by
     * piece.
     *
     * @param contentOnly whether a chunked body is sent without its chunks
     * @return whether the body arrived whole; false if its sender closed too early
     * @throws WireFailure if one of the two wires broke or was too slow; it says which
     * @throws HttpViolation if the body is malformed or too large
     */
    boolean relay(ByteBuffer head, Wire from, BodyScanner body, Wire to, boolean contentOnly)
            throws WireFailure, HttpViolation {
        while (true) {
            do {
                ByteBuffer piece = body.done() ? NOTHING : next(from.in, body, contentOnly);
                to.send(head, piece, transferMillis);
            } while (from.in.hasRemaining() && !body.done());
            if (body.done()) {
                return true;
            }
            if (!from.receive(Deadline.Wait.READ, Wire.after(transferMillis))) {
                return body.doneAtClose();
            }
        }
    }

    // end::relay[]

    /** The next piece to send: all that belongs to the body, or one run of its content. */
    private static ByteBuffer next(ByteBuffer in, BodyScanner body, boolean contentOnly)
            throws HttpViolation {
        int start = in.position();
        int end = start;
        boolean content = true;
        while (end < in.limit() && !body.done()) {
            end = body.run(in, end, in.limit());
            content = body.content();
            if (contentOnly) {
                break;
            }
        }
        in.position(end);
        return contentOnly && !content ? NOTHING : in.slice(start, end - start);
    }
}
