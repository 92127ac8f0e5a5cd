package tinygate.proxy;

import tinygate.http.BodyScanner;
import tinygate.http.FieldName;
import tinygate.http.Fields;
import tinygate.http.Framing;
import tinygate.http.Method;
import tinygate.http.RequestHead;

/**
 * The requests that the gate answers itself, although they are well formed: CONNECT, bodies over
 * the limit (RFC 9110, sections 9.3.6 and 15.5.14), and TRACE and OPTIONS that may be forwarded no
 * further (section 7.6.2).
 */
public final class OwnAnswers {
    private final long mostBodyBytes;

    /**
     * @param mostBodyBytes the largest request body
     */
    public OwnAnswers(long mostBodyBytes) {
        this.mostBodyBytes = mostBodyBytes;
    }

    /** The gate's own answer to a request, or null if the request is to be forwarded. */
    public Answer answerTo(RequestHead request) {
        if (request.method() == Method.CONNECT) {
            return Errors.noTunnels();
        }
        if (request.framing().kind() == Framing.Kind.LENGTH
                && request.framing().length() > mostBodyBytes) {
            return Errors.badRequest(BodyScanner.tooLarge(mostBodyBytes));
        }
        if (request.maxForwards() == 0) {
            return request.method() == Method.TRACE ? trace(request) : options();
        }
        return null;
    }

    private static Answer options() {
        return new Answer(
                200,
                "Allow: GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS, TRACE\r\n",
                "text/plain",
                "");
    }

    /**
     * RFC 9110, section 9.3.8: the request as it came, without what a script must not get to see.
     */
    private static Answer trace(RequestHead request) {
        StringBuilder echo = new StringBuilder(512);
        echo.append(request.methodText()).append(' ').append(request.target());
        echo.append(" HTTP/1.").append(request.minorVersion()).append("\r\n");
        Fields fields = request.fields();
        for (int field = 0; field < fields.count(); field++) {
            if (!secret(fields.name(field))) {
                echo.append(fields.line(field)).append("\r\n");
            }
        }
        return new Answer(200, "", "message/http", echo.append("\r\n").toString());
    }

    private static boolean secret(FieldName name) {
        return name == FieldName.COOKIE
                || name == FieldName.AUTHORIZATION
                || name == FieldName.PROXY_AUTHORIZATION;
    }
}
