package tinygate.http;

import java.nio.ByteBuffer;

/** A response's head: version, status and framing (RFC 9112, section 4). */
public final class ResponseHead extends Head {
    private Method requestMethod = Method.GET;
    private int status;
    private int statusFrom;
    private int reasonTo;

    /** A head with a table of fields of its own. */
    public ResponseHead(HeadLimits limits) {
        this(new FieldsPool(limits));
    }

    /** A head that takes the table of its fields from a pool while it has use for it. */
    public ResponseHead(FieldsPool pool) {
        super(pool);
    }

    @Override
    public void reset() {
        super.reset();
        status = 0;
    }

    /** As {@link #reset()}; a response can be framed only by one who knows the request's method. */
    public void reset(Method requestMethod) {
        reset();
        this.requestMethod = requestMethod;
    }

    @Override
    boolean mayBeginWithEmptyLine() {
        return false;
    }

    @Override
    HttpViolation startLineTooLong() {
        return new HttpViolation(
                502, "the status line is larger than " + limits.bytes() + " bytes");
    }

    /** A missing space behind the status is accepted: many servers send no reason phrase. */
    @Override
    void startLine(int from, int to) throws HttpViolation {
        int space = Math.min(from + 8, to);
        version(from, space);
        statusFrom = space + 1;
        int statusTo = statusFrom + 3;
        boolean valid =
                statusTo <= to
                        && fields.at(space) == ' '
                        && Syntax.isDigit(fields.at(statusFrom))
                        && Syntax.isDigit(fields.at(statusFrom + 1))
                        && Syntax.isDigit(fields.at(statusFrom + 2))
                        && (statusTo == to || fields.at(statusTo) == ' ');
        status =
                valid
                        ? (fields.at(statusFrom) - '0') * 100
                                + (fields.at(statusFrom + 1) - '0') * 10
                                + (fields.at(statusFrom + 2) - '0')
                        : 0;
        if (status < 100 || status > 599) {
            throw new HttpViolation(502, "the status line has no status between 100 and 599");
        }
        for (int i = statusTo; i < to; i++) {
            if (!Syntax.isValue(fields.at(i))) {
                throw new HttpViolation(
                        502, "the reason phrase holds " + Syntax.describe(fields.at(i)));
            }
        }
        reasonTo = to;
    }

    @Override
    void complete() throws HttpViolation {
        super.complete();
        boolean bodyless =
                requestMethod == Method.HEAD || status < 200 || status == 204 || status == 304;
        framing = FramingRules.ofResponse(fields, minorVersion, bodyless);
    }

    public int status() {
        return status;
    }

    /** Whether another response to the same request follows (RFC 9110, section 15.2). */
    public boolean interim() {
        return status < 200 && status != 101;
    }

    /** Writes status and reason phrase as they were sent. */
    public void copyStatusTo(ByteBuffer out) {
        fields.copyTo(out, statusFrom, reasonTo);
        if (reasonTo == statusFrom + 3) {
            out.put((byte) ' ');
        }
    }
}
