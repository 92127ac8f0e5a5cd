package tinygate.http;

import java.nio.ByteBuffer;

/**
 * The head of a message, parsed where it lies: a start line, fields and an empty line (RFC 9112,
 * section 2.1). One head object serves a connection for all its messages; its {@link Fields} hold
 * offsets, not copies, and are valid only as long as the bytes it was parsed from stay in the
 * buffer. What is needed later (framing, keep-alive, method) is kept in plain fields.
 *
 * <p>Strict on purpose: what two programs read in two ways is how requests are smuggled past a
 * proxy, so a bare CR or LF, a folded line or a doubtful length is refused, not repaired.
 */
public abstract class Head {
    private static final byte[] CLOSE = Ascii.bytes("close");
    private static final byte[] KEEP_ALIVE = Ascii.bytes("keep-alive");
    private static final byte[] HTTP = Ascii.bytes("HTTP/");

    final HeadLimits limits;
    Fields fields; // null while there is no head to be read
    private final FieldsPool pool;

    private boolean startLineRead;
    private int scanned; // no line feed lies before this offset that was not handled
    private int lineFrom; // the line that is still incomplete begins here
    private int length;

    int minorVersion;
    Framing framing = Framing.NONE;
    private boolean keepAlive;

    Head(FieldsPool pool) {
        this.limits = pool.limits();
        this.pool = pool;
    }

    /** Forgets the last message; the next byte given to {@link #parse} begins a new one. */
    public void reset() {
        startLineRead = false;
        scanned = 0;
        lineFrom = 0;
        length = 0;
        minorVersion = 0;
        framing = Framing.NONE;
        keepAlive = false;
        detach();
    }

    // tag::parse[]
    /**
     * Parses the head that begins at the buffer's position, as far as its bytes have arrived. Call
     * it again with more bytes behind the same ones (the whole may have moved); no line is looked
     * at twice. The buffer's position and limit stay as they are.
     *
     * @return whether the head is complete; {@link #length} is then its size in bytes
     * @throws HttpViolation if it is malformed or larger than the limits
     */
    public final boolean parse(ByteBuffer bytes) throws HttpViolation {
        int base = bytes.position();
        int arrived = bytes.remaining();
        if (fields == null) {
            fields = pool.take();
        }
        fields.locate(bytes, base);
        while (length == 0) {
            int feed = Ascii.indexOf(bytes, '\n', base + scanned, base + arrived) - base;
            if (feed == arrived ? arrived >= limits.bytes() : feed >= limits.bytes()) {
                throw tooLarge();
            }
            scanned = feed;
            if (feed == arrived) {
                return false;
            }
            scanned = feed + 1;
            line(lineFrom, feed);
            lineFrom = scanned;
        }
        return true;
    }

    // end::parse[]

    /**
     * The bytes it was parsed from may be used for something else from now on, and so may the table
     * of its fields. Whoever still asks for a text of this head gets a {@link
     * NullPointerException}, and not somebody else's bytes.
     */
    public final void detach() {
        if (fields != null) {
            pool.giveBack(fields);
            fields = null;
        }
    }

    private HttpViolation tooLarge() {
        return startLineRead
                ? new HttpViolation(431, "the head is larger than " + limits.bytes() + " bytes")
                : startLineTooLong();
    }

    private void line(int from, int feed) throws HttpViolation {
        int to = feed - 1;
        if (to < from || fields.at(to) != '\r') {
            throw new HttpViolation(400, "a line ends with " + Syntax.describe('\n'));
        }
        if (!startLineRead) {
            if (to > from) {
                startLine(from, to);
                startLineRead = true;
            } else if (from > 0 || !mayBeginWithEmptyLine()) {
                throw new HttpViolation(400, "an empty line where a start line was expected");
            }
        } else if (to > from) {
            fields.add(from, to);
        } else {
            complete();
            length = feed + 1;
        }
    }

    abstract boolean mayBeginWithEmptyLine();

    abstract HttpViolation startLineTooLong();

    /** Reads the start line between two offsets. */
    abstract void startLine(int from, int to) throws HttpViolation;

    /** Draws the conclusions when all fields are there; sets {@link #framing}. */
    void complete() throws HttpViolation {
        HopByHop.mark(fields);
        keepAlive =
                minorVersion >= 1
                        ? !connectionSays(CLOSE)
                        : connectionSays(KEEP_ALIVE) && !connectionSays(CLOSE);
    }

    boolean connectionSays(byte[] option) {
        return fields.hasMember(FieldName.CONNECTION, option);
    }

    /** The size of the whole head in bytes, or 0 while it is incomplete. */
    public int length() {
        return length;
    }

    public Fields fields() {
        return fields;
    }

    /** 0 for HTTP/1.0; 1 for HTTP/1.1, and for later minor versions too, which are read as it. */
    public int minorVersion() {
        return minorVersion;
    }

    public Framing framing() {
        return framing;
    }

    /** Whether the sender lets the connection live on after this message (RFC 9112, 9.3). */
    public boolean keepAlive() {
        return keepAlive;
    }

    /**
     * Reads {@code HTTP/1.x} at an offset.
     *
     * @throws HttpViolation with 505 if it is another major version, with 400 if it is no version
     */
    void version(int from, int to) throws HttpViolation {
        boolean valid =
                to - from == 8
                        && fields.equal(from, from + 5, HTTP)
                        && Syntax.isDigit(fields.at(from + 5))
                        && fields.at(from + 6) == '.'
                        && Syntax.isDigit(fields.at(from + 7));
        if (!valid) {
            throw new HttpViolation(
                    400, "'" + fields.text(from, to) + "' is not a version: HTTP/1.1 is expected");
        }
        if (fields.at(from + 5) != '1') {
            throw new HttpViolation(505, "only HTTP/1.x is spoken here");
        }
        minorVersion = fields.at(from + 7) == '0' ? 0 : 1;
    }
}
