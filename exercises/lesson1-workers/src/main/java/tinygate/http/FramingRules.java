package tinygate.http;

import tinygate.kit.NotDoneYet;

/**
 * Finds out from a head how the body behind it ends (RFC 9112, section 6.3). Whatever two programs
 * could read in two ways is refused: that is how a second request is smuggled inside a first one.
 */
final class FramingRules {
    private static final byte[] CHUNKED = Ascii.bytes("chunked");
    private static final byte[][] OTHER_CODINGS = {
        Ascii.bytes("gzip"),
        Ascii.bytes("x-gzip"),
        Ascii.bytes("deflate"),
        Ascii.bytes("compress"),
        Ascii.bytes("x-compress")
    };

    private FramingRules() {}

    static Framing ofRequest(Fields fields, int minorVersion) throws HttpViolation {
        boolean chunked = chunked(fields, minorVersion);
        long length = contentLength(fields);
        if (chunked) {
            return Framing.CHUNKED;
        }
        return length < 0 ? Framing.NONE : Framing.length(length);
    }

    /**
     * @param bodyless whether the request or the status rules out a body, whatever the fields say
     */
    static Framing ofResponse(Fields fields, int minorVersion, boolean bodyless)
            throws HttpViolation {
        boolean chunked = chunked(fields, minorVersion);
        long length = contentLength(fields);
        if (bodyless) {
            return Framing.NONE;
        }
        if (chunked) {
            return Framing.CHUNKED;
        }
        return length < 0 ? Framing.UNTIL_CLOSE : Framing.length(length);
    }

    /**
     * The value of Content-Length, or -1 if there is none (RFC 9110, section 8.6).
     *
     * @throws HttpViolation if there are several (equal ones too: the next reader may take another)
     *     or it is not a plain number below 2^63
     */
    private static long contentLength(Fields fields) throws HttpViolation {
        throw new NotDoneYet("1.2", "FramingRules.contentLength");
    }

    /**
     * Judges Transfer-Encoding (RFC 9112, section 6.1). The gate speaks one coding, chunked.
     *
     * @return whether there is one, and it is chunked
     * @throws HttpViolation with 400 if it comes beside Content-Length or in HTTP/1.0, if it names
     *     no coding, or chunked twice; with 501 for a coding that HTTP does not know; of those that
     *     it knows ({@link #registered}), with 400 if chunked is not the last, else with 501
     */
    private static boolean chunked(Fields fields, int minorVersion) throws HttpViolation {
        throw new NotDoneYet("1.2", "FramingRules.chunked");
    }

    /** Whether a coding is one that HTTP knows, though this gate does not speak it. */
    private static boolean registered(Fields fields, int from, int to) {
        for (byte[] coding : OTHER_CODINGS) {
            if (fields.is(from, to, coding)) {
                return true;
            }
        }
        return false;
    }
}
