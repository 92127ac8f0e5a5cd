package tinygate.http;

/**
 * How the end of a message's body is found (RFC 9112, section 6.3).
 *
 * @param length the body's size in bytes where the kind is LENGTH, else 0
 */
public record Framing(Kind kind, long length) {

    // tag::kinds[]
    /** The four ways; a request never has the last. */
    public enum Kind {
        NONE,
        LENGTH,
        CHUNKED,
        UNTIL_CLOSE
    }

    // end::kinds[]

    public static final Framing NONE = new Framing(Kind.NONE, 0);
    public static final Framing CHUNKED = new Framing(Kind.CHUNKED, 0);
    public static final Framing UNTIL_CLOSE = new Framing(Kind.UNTIL_CLOSE, 0);

    public static Framing length(long length) {
        return new Framing(Kind.LENGTH, length);
    }

    /** Whether no byte of body follows the head. */
    public boolean empty() {
        return kind == Kind.NONE || kind == Kind.LENGTH && length == 0;
    }
}
