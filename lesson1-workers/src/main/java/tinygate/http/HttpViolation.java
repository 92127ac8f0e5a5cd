package tinygate.http;

/**
 * A message that breaks the rules of HTTP/1.1 or a limit of the gate. The message text says which
 * rule, in words that a client's developer can act on.
 */
public final class HttpViolation extends Exception {
    private static final long serialVersionUID = 1L;

    /** With assertions, as tests run, one can see where a message was refused. */
    private static final boolean TRACED = HttpViolation.class.desiredAssertionStatus();

    private final int status;

    /**
     * @param status the answer if a client sent it, such as 400; what an upstream sent is always
     *     answered with 502
     */
    public HttpViolation(int status, String message) {
        // Hostile input may come a million times: without a stack trace it costs little.
        super(message, null, false, TRACED);
        this.status = status;
    }

    public int status() {
        return status;
    }
}
