package tinygate.http;

import java.nio.ByteBuffer;

/** Which bytes may stand where in a head (RFC 9110, section 5; RFC 9112; RFC 3986). */
final class Syntax {
    private static final int TOKEN = 1;
    private static final int TARGET = 2;
    private static final int VALUE = 4;
    private static final int REG_NAME = 8;
    private static final int DIGIT = 16;

    /** For each byte value, the classes it belongs to. */
    private static final byte[] CLASSES = new byte[256];

    static {
        for (int b = 'a'; b <= 'z'; b++) {
            mark(b, TOKEN | REG_NAME);
            mark(b - 'a' + 'A', TOKEN | REG_NAME);
        }
        for (int b = '0'; b <= '9'; b++) {
            mark(b, TOKEN | REG_NAME | DIGIT);
        }
        markAll("!#$%&'*+-.^_`|~", TOKEN); // RFC 9110, section 5.6.2
        markAll("-._~!$&'()*+,;=%", REG_NAME); // RFC 3986, section 3.2.2
        for (int b = 0x21; b <= 0x7e; b++) {
            mark(b, VALUE);
            // Wider than RFC 3986, as browsers are: they send some delimiters raw. A fragment is
            // never sent.
            if (b != '#') {
                mark(b, TARGET);
            }
        }
        markAll(" \t", VALUE);
        for (int b = 0x80; b <= 0xff; b++) {
            mark(b, VALUE); // obs-text
        }
    }

    private Syntax() {}

    private static void mark(int b, int classes) {
        CLASSES[b] |= (byte) classes;
    }

    private static void markAll(String bytes, int classes) {
        bytes.chars().forEach(b -> mark(b, classes));
    }

    /** A byte of a token: a method or a field's name. */
    static boolean isToken(int b) {
        return (CLASSES[b & 0xff] & TOKEN) != 0;
    }

    /** A byte of a request target: visible ASCII except a fragment's mark. */
    static boolean isTarget(int b) {
        return (CLASSES[b & 0xff] & TARGET) != 0;
    }

    /** A byte of a field's value, a reason phrase or a chunk extension: no control byte but tab. */
    static boolean isValue(int b) {
        return (CLASSES[b & 0xff] & VALUE) != 0;
    }

    static boolean isDigit(int b) {
        return (CLASSES[b & 0xff] & DIGIT) != 0;
    }

    static boolean isBlank(int b) {
        return b == ' ' || b == '\t';
    }

    /** A byte in words, for messages. */
    static String describe(int b) {
        return switch (b) {
            case '\r' -> "a CR without an LF";
            case '\n' -> "an LF without a CR";
            case 0 -> "a NUL byte";
            default -> String.format("the byte 0x%02x", b & 0xff);
        };
    }

    /** The value of a hexadecimal digit, or -1. */
    static int hex(int b) {
        if (isDigit(b)) {
            return b - '0';
        }
        int lower = Ascii.lower(b);
        return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
    }

    /** RFC 1035, section 2.3.4: no name is longer. */
    private static final int MOST_HOST_BYTES = 255;

    /** More would be leading zeros, without end: the host is written several times. */
    private static final int MOST_PORT_DIGITS = 5;

    /**
     * Finds the end of the host in {@code host[:port]} (RFC 3986, sections 3.2.2 and 3.2.3).
     *
     * @return the index behind the host, or -1 if this is no valid host and port
     */
    static int hostEnd(ByteBuffer bytes, int from, int to) {
        int end = from;
        if (end < to && bytes.get(end) == '[') {
            end++;
            while (end < to && (hex(bytes.get(end)) >= 0 || isColonOrDot(bytes.get(end)))) {
                end++;
            }
            if (end - from < 3 || end == to || bytes.get(end) != ']') {
                return -1;
            }
            end++;
        } else {
            while (end < to && (CLASSES[bytes.get(end) & 0xff] & REG_NAME) != 0) {
                end++;
            }
        }
        return end > from && end - from <= MOST_HOST_BYTES && isPortOrNothing(bytes, end, to)
                ? end
                : -1;
    }

    private static boolean isColonOrDot(int b) {
        return b == ':' || b == '.';
    }

    private static boolean isPortOrNothing(ByteBuffer bytes, int from, int to) {
        if (from == to) {
            return true;
        }
        if (bytes.get(from) != ':' || to - from - 1 > MOST_PORT_DIGITS) {
            return false;
        }
        int port = 0;
        for (int i = from + 1; i < to; i++) {
            if (!isDigit(bytes.get(i))) {
                return false;
            }
            port = port * 10 + bytes.get(i) - '0';
        }
        return port <= 65535;
    }
}
