package tinygate.classroom;

/** A request of the load that did not get the one response that counts as right. */
public final class WrongResponse extends Exception {
    private static final long serialVersionUID = 1L;

    /** What was wrong. */
    public enum Kind {
        /** No connection could be made. */
        CONNECT("no connection"),
        /** The connection ended, or failed, before the response was whole. */
        CLOSED("connection ended early"),
        /** The status was not 200. */
        STATUS("wrong status"),
        /** The body was not of the expected length. */
        LENGTH("wrong length"),
        /** What came is not a response as HTTP/1.1 writes it (RFC 9112). */
        MALFORMED("not HTTP/1.1");

        private final String words;

        Kind(String words) {
            this.words = words;
        }

        @Override
        public String toString() {
            return words;
        }
    }

    private final Kind kind;

    WrongResponse(Kind kind, String example) {
        super(example, null, false, false); // thousands may come, and nobody reads their stacks
        this.kind = kind;
    }

    Kind kind() {
        return kind;
    }
}
