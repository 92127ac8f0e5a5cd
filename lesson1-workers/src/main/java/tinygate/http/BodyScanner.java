package tinygate.http;

import java.nio.ByteBuffer;

/**
 * Says which bytes of a connection belong to a message's body, and when it ends, however the body
 * is framed. It goes through the bytes in runs: a run is either all content or all framing (the
 * lines around the chunks), so that a gate can relay a chunked body as it is, or take the chunks
 * out of it. One scanner serves a connection for all its messages.
 */
public final class BodyScanner {
    private final ChunkedScanner chunked;
    private final long mostContentBytes;
    private Framing.Kind kind = Framing.Kind.NONE;
    private long left; // of a body of known length
    private boolean content;
    private boolean begun;
    private long contentBytes;

    /** A scanner for bodies of any size; as {@link #BodyScanner(int, long)}. */
    public BodyScanner(int trailerBytes) {
        this(trailerBytes, Long.MAX_VALUE);
    }

    /**
     * @param trailerBytes the largest trailer section of a chunked body
     * @param mostContentBytes the largest content of a body
     */
    public BodyScanner(int trailerBytes, long mostContentBytes) {
        chunked = new ChunkedScanner(trailerBytes);
        this.mostContentBytes = mostContentBytes;
    }

    /** Begins a new body. */
    public void begin(Framing framing) {
        kind = framing.kind();
        left = framing.length();
        contentBytes = 0;
        begun = false;
        content = true;
        if (kind == Framing.Kind.CHUNKED) {
            chunked.reset();
        }
    }

    /**
     * Looks at the bytes from one index to another, which must not be empty while the body is not
     * {@link #done}.
     *
     * @return the end of the first run: all bytes before it belong to the body, and are content or
     *     framing as {@link #content} says
     * @throws HttpViolation if a chunked body is malformed; with 413 if the content is larger than
     *     the limit (RFC 9110, section 15.5.14), before anybody was given what is too much
     */
    public int run(ByteBuffer bytes, int from, int to) throws HttpViolation {
        int end =
                switch (kind) {
                    case NONE -> from;
                    case LENGTH -> from + (int) Math.min(left, to - from);
                    case CHUNKED -> chunked.run(bytes, from, to);
                    case UNTIL_CLOSE -> to;
                };
        if (kind == Framing.Kind.LENGTH) {
            left -= end - from;
        } else if (kind == Framing.Kind.CHUNKED) {
            content = chunked.content();
        }
        if (content) {
            contentBytes += end - from;
        }
        if (contentBytes > mostContentBytes) {
            throw tooLarge(mostContentBytes);
        }
        begun = true;
        return end;
    }

    /** What is wrong with a body whose content is larger than a limit. */
    public static HttpViolation tooLarge(long mostContentBytes) {
        return new HttpViolation(
                413, "the request's body is larger than " + mostContentBytes + " bytes");
    }

    /** Whether some of the body has gone by, be it content or framing. */
    public boolean begun() {
        return begun;
    }

    /** Whether the last run was content. */
    public boolean content() {
        return content;
    }

    /** How many bytes of content have gone by. */
    public long contentBytes() {
        return contentBytes;
    }

    /** Whether the body is complete; one that lasts until the close never says so. */
    public boolean done() {
        return switch (kind) {
            case NONE -> true;
            case LENGTH -> left == 0;
            case CHUNKED -> chunked.done();
            case UNTIL_CLOSE -> false;
        };
    }

    /**
     * Whether the body is complete if its sender closes the connection now (RFC 9112, section 8).
     */
    public boolean doneAtClose() {
        return kind == Framing.Kind.UNTIL_CLOSE || done();
    }
}
