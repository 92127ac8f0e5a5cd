package tinygate.http;

import java.nio.ByteBuffer;
import tinygate.kit.NotDoneYet;

/**
 * Goes through a chunked body (RFC 9112, section 7.1) as a stream, whatever pieces it comes in:
 *
 * <pre>
 *   5;ext=1 CRLF hello CRLF 0 CRLF Name: value CRLF CRLF
 *   ----------- ^^^^^ ---------------------------------
 *     framing  content           framing
 * </pre>
 *
 * Extensions and trailers are passed over, but checked byte for byte: a bare CR or LF in them is
 * where two readers disagree about what follows. Trailer fields are not taken out, not even those
 * that Connection names, as RFC 9110, section 7.6.1, would have it: a body is relayed as it comes.
 */
final class ChunkedScanner {
    /** Longer extensions are of no use but to keep a proxy busy. */
    private static final int MOST_SIZE_LINE_BYTES = 4096;

    private static final int MOST_SIZE_DIGITS = 15; // 2^60 bytes: the sum cannot overflow

    private enum State {
        SIZE,
        SIZE_BLANK,
        EXTENSION,
        SIZE_FEED,
        CONTENT,
        CONTENT_RETURN,
        CONTENT_FEED,
        TRAILER_START,
        TRAILER_NAME,
        TRAILER_VALUE,
        TRAILER_FEED,
        LAST_FEED,
        DONE
    }

    private final int trailerBytes;
    private State state;
    private long left; // content of this chunk that has not come yet
    private int sizeDigits;
    private int lineBytes; // of this size line, or of all trailers
    private boolean content;

    ChunkedScanner(int trailerBytes) {
        this.trailerBytes = trailerBytes;
        reset();
    }

    void reset() {
        beginSize();
        content = false;
    }

    private void beginSize() {
        state = State.SIZE;
        left = 0;
        sizeDigits = 0;
        lineBytes = 0;
    }

    boolean content() {
        return content;
    }

    boolean done() {
        return state == State.DONE;
    }

    /** As {@link BodyScanner#run}. A chunk may be larger than an {@code int} can say. */
    int run(ByteBuffer bytes, int from, int to) throws HttpViolation {
        throw new NotDoneYet("1.3", "ChunkedScanner.run");
    }

    private void framing(int b) throws HttpViolation {
        switch (state) {
            case SIZE -> size(b);
            case SIZE_BLANK -> sizeEnd(b);
            case EXTENSION -> {
                limit(MOST_SIZE_LINE_BYTES, "a chunk's size line");
                if (b == '\r') {
                    state = State.SIZE_FEED;
                } else if (!Syntax.isValue(b)) {
                    throw wrong("a chunk extension", b);
                }
            }
            case SIZE_FEED -> {
                expect('\n', b, "a chunk's size");
                state = left > 0 ? State.CONTENT : State.TRAILER_START;
                lineBytes = 0;
            }
            case CONTENT_RETURN -> {
                expect('\r', b, "a chunk");
                state = State.CONTENT_FEED;
            }
            case CONTENT_FEED -> {
                expect('\n', b, "a chunk");
                beginSize();
            }
            case LAST_FEED -> {
                expect('\n', b, "the trailers");
                state = State.DONE;
            }
            default -> trailer(b);
        }
    }

    /**
     * Takes a byte of the size, or the one that ends it; without a digit there is no size, and too
     * many digits are refused.
     */
    private void size(int b) throws HttpViolation {
        throw new NotDoneYet("1.3", "ChunkedScanner.size");
    }

    /**
     * Takes a byte behind the size's digits: what follows is the line's end, an extension, or
     * blanks (tolerated: RFC 9112, section 7.1.1), up to the line's limit.
     */
    private void sizeEnd(int b) throws HttpViolation {
        throw new NotDoneYet("1.3", "ChunkedScanner.sizeEnd");
    }

    private void trailer(int b) throws HttpViolation {
        limit(trailerBytes, "the trailer section");
        switch (state) {
            case TRAILER_START -> {
                if (b == '\r') {
                    state = State.LAST_FEED;
                } else if (Syntax.isToken(b)) {
                    state = State.TRAILER_NAME;
                } else {
                    throw wrong("a trailer field's name", b);
                }
            }
            case TRAILER_NAME -> {
                if (b == ':') {
                    state = State.TRAILER_VALUE;
                } else if (!Syntax.isToken(b)) {
                    throw wrong("a trailer field's name", b);
                }
            }
            case TRAILER_VALUE -> {
                if (b == '\r') {
                    state = State.TRAILER_FEED;
                } else if (!Syntax.isValue(b)) {
                    throw wrong("a trailer field's value", b);
                }
            }
            default -> {
                expect('\n', b, "a trailer field");
                state = State.TRAILER_START;
            }
        }
    }

    private void limit(int most, String what) throws HttpViolation {
        if (++lineBytes > most) {
            throw new HttpViolation(400, what + " is larger than " + most + " bytes");
        }
    }

    private static void expect(char wanted, int b, String what) throws HttpViolation {
        if (b != wanted) {
            throw new HttpViolation(400, "no CRLF behind " + what);
        }
    }

    private static HttpViolation wrong(String where, int b) {
        return new HttpViolation(400, where + " holds " + Syntax.describe(b));
    }
}
