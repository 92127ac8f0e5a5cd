package tinygate.proxy;

import tinygate.http.Framing;
import tinygate.http.Method;
import tinygate.http.RequestHead;
import tinygate.http.ResponseHead;

/** Which of the two connections live on when an exchange is over (RFC 9112, section 9.3). */
public final class Persistence {
    private Persistence() {}

    /**
     * How a response's body is framed for the client: as it came, but a client in HTTP/1.0 knows no
     * chunks, so it gets the content alone and the close as its end (RFC 9112, section 6.1).
     */
    public static Framing framingForClient(RequestHead request, ResponseHead response) {
        return response.framing() == Framing.CHUNKED && request.minorVersion() == 0
                ? Framing.UNTIL_CLOSE
                : response.framing();
    }

    /**
     * Whether the client's next byte begins a new request although nothing but the head of this one
     * was read: it has no body, and it is no CONNECT, behind which anything may follow.
     */
    public static boolean endsWithHead(RequestHead request) {
        return request.framing().empty() && request.method() != Method.CONNECT;
    }

    // tag::keep-client[]
    /**
     * Whether the client's connection lives on behind this response.
     *
     * @param requestRead whether the request's body was read to its end, so that the next byte
     *     begins a new request
     */
    public static boolean keepClient(
            RequestHead request, ResponseHead response, boolean requestRead) {
        return request.keepAlive()
                && requestRead
                && response.status() != 101
                && framingForClient(request, response).kind() != Framing.Kind.UNTIL_CLOSE;
    }

    // end::keep-client[]

    /**
     * Whether the upstream's connection may carry another request once this response was read to
     * its end.
     *
     * @param requestSent whether the request was sent to its end
     */
    public static boolean keepUpstream(ResponseHead response, boolean requestSent) {
        return response.keepAlive()
                && requestSent
                && response.status() != 101
                && response.framing().kind() != Framing.Kind.UNTIL_CLOSE;
    }
}
