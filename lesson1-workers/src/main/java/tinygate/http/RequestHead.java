package tinygate.http;

import java.nio.ByteBuffer;

/**
 * A request's head: method, target, version, host and framing (RFC 9112, section 3). The first
 * thing that is known of a request.
 */
public final class RequestHead extends Head {
    private static final byte[] CONTINUE = Ascii.bytes("100-continue");
    private static final byte[] UPGRADE = Ascii.bytes("upgrade");
    private static final byte[] H2C = Ascii.bytes("h2c");
    private static final byte[] TRAILERS = Ascii.bytes("trailers");
    private static final byte[] HTTP = Ascii.bytes("http://");
    private static final byte[] HTTPS = Ascii.bytes("https://");

    private Method method = Method.OTHER;
    private int methodFrom;
    private int methodTo;
    private int targetFrom;
    private int targetTo;
    private int lineTo;
    private int pathFrom; // where the origin form begins within the target
    private int
            authorityFrom; // the host and port, in the target or in Host; empty if there is none
    private int authorityTo;
    private int hostTo;
    private long maxForwards = -1;

    /** A head with a table of fields of its own. */
    public RequestHead(HeadLimits limits) {
        this(new FieldsPool(limits));
    }

    /** A head that takes the table of its fields from a pool while it has use for it. */
    public RequestHead(FieldsPool pool) {
        super(pool);
    }

    @Override
    public void reset() {
        super.reset();
        method = Method.OTHER;
        methodFrom = methodTo = targetFrom = targetTo = lineTo = pathFrom = 0;
        authorityFrom = authorityTo = hostTo = 0;
        maxForwards = -1;
    }

    /** RFC 9112, section 2.2: one empty line before a request is passed over. */
    @Override
    boolean mayBeginWithEmptyLine() {
        return true;
    }

    @Override
    HttpViolation startLineTooLong() {
        return new HttpViolation(
                414, "the request line is larger than " + limits.bytes() + " bytes");
    }

    // tag::ex-1-1[]
    /**
     * Reads {@code method SP target SP version} with exactly one space between them (RFC 9112,
     * section 3), and finds path and authority in the target ({@link #findPath}).
     *
     * @throws HttpViolation with 400 if it is something else, with 414 if the target is larger than
     *     the limit, with 505 if {@link #version} says so
     */
    @Override
    void startLine(int from, int to) throws HttpViolation {
        int i = from;
        while (i < to && Syntax.isToken(fields.at(i))) {
            i++;
        }
        if (i == from || i == to || fields.at(i) != ' ') {
            throw new HttpViolation(
                    400, "the request line does not begin with a method and a space");
        }
        methodFrom = from;
        methodTo = i;
        method = fields.method(from, i);
        i++;
        targetFrom = i;
        while (i < to && Syntax.isTarget(fields.at(i))) {
            i++;
        }
        targetTo = i;
        if (i == to) {
            throw new HttpViolation(400, "the request line has no version: HTTP/1.1 is expected");
        }
        if (fields.at(i) != ' ' || i == targetFrom) {
            throw new HttpViolation(
                    400, "the request target holds " + Syntax.describe(fields.at(i)));
        }
        version(i + 1, to);
        lineTo = to;
        if (targetTo - targetFrom > limits.targetBytes()) {
            throw new HttpViolation(
                    414, "the request target is larger than " + limits.targetBytes() + " bytes");
        }
        findPath();
    }

    // end::ex-1-1[]

    /** Tells the four forms of a target apart (RFC 9112, section 3.2). */
    private void findPath() throws HttpViolation {
        pathFrom = targetFrom;
        int first = fields.at(targetFrom);
        if (first == '/') {
            return;
        }
        if (method == Method.CONNECT) {
            authority(targetFrom, targetTo);
        } else if (first == '*' && targetTo - targetFrom == 1 && method == Method.OPTIONS) {
            return;
        } else if (targetBegins(HTTP)) {
            absolute(targetFrom + HTTP.length);
        } else if (targetBegins(HTTPS)) {
            absolute(targetFrom + HTTPS.length);
        } else {
            throw new HttpViolation(
                    400, "the request target is neither a path nor an http URI that names a host");
        }
    }

    private boolean targetBegins(byte[] scheme) {
        int end = targetFrom + scheme.length;
        return end <= targetTo && fields.is(targetFrom, end, scheme);
    }

    private void absolute(int from) throws HttpViolation {
        int end = from;
        while (end < targetTo && fields.at(end) != '/' && fields.at(end) != '?') {
            end++;
        }
        authority(from, end);
        pathFrom = end;
    }

    private void authority(int from, int to) throws HttpViolation {
        authorityFrom = from;
        authorityTo = to;
        hostTo = fields.hostEnd(from, to);
        if (hostTo < 0) {
            throw new HttpViolation(400, "the request names no valid host and port");
        }
    }

    @Override
    void complete() throws HttpViolation {
        super.complete();
        findHost();
        framing = FramingRules.ofRequest(fields, minorVersion);
        int field = fields.find(FieldName.MAX_FORWARDS, 0);
        boolean counts = method == Method.TRACE || method == Method.OPTIONS;
        maxForwards = counts && field >= 0 ? fields.number(field) : -1;
        if (method == Method.TRACE && !framing.empty()) {
            throw new HttpViolation(400, "a TRACE request with a body");
        }
    }

    /** RFC 9112, section 3.2: one valid Host; the host of an absolute target counts instead. */
    private void findHost() throws HttpViolation {
        int field = fields.find(FieldName.HOST, 0);
        if (field < 0) {
            if (minorVersion >= 1) {
                throw new HttpViolation(400, "no Host");
            }
            return;
        }
        if (fields.find(FieldName.HOST, field + 1) >= 0) {
            throw new HttpViolation(400, "more than one Host");
        }
        int from = fields.valueFrom(field);
        int to = fields.valueTo(field);
        if (fields.hostEnd(from, to) < 0) {
            throw new HttpViolation(400, "Host is no valid host and port");
        }
        if (authorityTo == 0) {
            authority(from, to);
        }
    }

    public Method method() {
        return method;
    }

    /** The method as it was sent. */
    public String methodText() {
        return fields.text(methodFrom, methodTo);
    }

    /** The target as it was sent. */
    public String target() {
        return fields.text(targetFrom, targetTo);
    }

    /** The request line as it was sent. */
    public String line() {
        return fields.text(methodFrom, lineTo);
    }

    /** Writes the method as it was sent. */
    public void copyMethodTo(ByteBuffer out) {
        fields.copyTo(out, methodFrom, methodTo);
    }

    /** Writes the target as an upstream is sent it: in origin form, or {@code *}. */
    public void copyTargetTo(ByteBuffer out) {
        if (pathFrom == targetTo) {
            out.put((byte) (method == Method.OPTIONS ? '*' : '/'));
            return;
        }
        if (fields.at(pathFrom) == '?') {
            out.put((byte) '/');
        }
        fields.copyTo(out, pathFrom, targetTo);
    }

    /** Whether the request names a host; one in HTTP/1.0 need not. */
    public boolean hasHost() {
        return authorityTo > authorityFrom;
    }

    /** The host that the request is for, without a port; empty if it names none. */
    public String host() {
        return fields.text(authorityFrom, hostTo);
    }

    /** Writes host and port as the request names them. */
    public void copyHostTo(ByteBuffer out) {
        fields.copyTo(out, authorityFrom, authorityTo);
    }

    /** The value of Max-Forwards in a TRACE or OPTIONS, or -1 (RFC 9110, section 7.6.2). */
    public long maxForwards() {
        return maxForwards;
    }

    /**
     * Whether the client waits for 100 before it sends the body (RFC 9110, section 10.1.1), and the
     * upstream is told so: it is not if Connection names Expect.
     */
    public boolean expectsContinue() {
        return minorVersion >= 1
                && fields.hasMember(FieldName.EXPECT, CONTINUE)
                && !fields.hopByHop(fields.find(FieldName.EXPECT, 0));
    }

    /**
     * Whether the client asks for another protocol (RFC 9110, section 7.8). HTTP/2 is none that it
     * may ask for (RFC 9113, section 3.1, has done away with h2c): its requests would pass through
     * the tunnel unseen, around every route, limit and field that the gate stands for.
     */
    public boolean asksForUpgrade() {
        return minorVersion >= 1
                && connectionSays(UPGRADE)
                && fields.find(FieldName.UPGRADE, 0) >= 0
                && !fields.hasMember(FieldName.UPGRADE, H2C);
    }

    /** Whether the client takes trailer fields (RFC 9110, section 10.1.4). */
    public boolean acceptsTrailers() {
        return fields.hasMember(FieldName.TE, TRAILERS);
    }
}
