package tinygate.proxy;

import tinygate.http.RequestHead;

/**
 * Whether a request whose attempt failed may be sent once more (RFC 9110, section 9.2.2; RFC 9112,
 * section 9.3.1). It is never sent a third time.
 */
public final class Retry {
    /** How often a request is sent at the most. */
    public static final int MOST_ATTEMPTS = 2;

    private Retry() {}

    // tag::rule[]
    /**
     * @param attempts how many have been made, this one included
     * @param sent whether a byte of the request may have reached the upstream; if none did, any
     *     request may be sent elsewhere
     * @param over whether a byte of a response has come, or the time for one is over
     */
    public static boolean allowed(RequestHead request, int attempts, boolean sent, boolean over) {
        return attempts < MOST_ATTEMPTS && !over && (!sent || repeatable(request));
    }

    /** Whether sending it twice does no harm, and all of it is still there to be sent again. */
    public static boolean repeatable(RequestHead request) {
        return request.method().idempotent() && request.framing().empty();
    }
    // end::rule[]
}
