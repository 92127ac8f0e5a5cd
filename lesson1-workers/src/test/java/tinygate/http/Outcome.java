package tinygate.http;

import java.util.List;

/**
 * What came of the bytes of one message: either it was refused, or this is what it means.
 *
 * @param refused the status of the violation, 0 if there was none
 * @param start the start line in words, or why the message was refused
 * @param fields each as {@code name: value}, with {@code [hop] } before those of this hop only
 * @param headBytes the length of the head, 0 if it is incomplete
 * @param content the body's content
 * @param runs for each byte of the body {@code ^} if it is content, {@code -} if it is framing
 * @param whole whether the message is complete if the connection closes now
 */
public record Outcome(
        int refused,
        String start,
        Framing framing,
        boolean keepAlive,
        List<String> fields,
        int headBytes,
        String content,
        String runs,
        boolean whole) {

    static Outcome refused(HttpViolation violation) {
        return new Outcome(
                violation.status(),
                violation.getMessage(),
                Framing.NONE,
                false,
                List.of(),
                0,
                "",
                "",
                false);
    }

    static Outcome headIncomplete() {
        return new Outcome(0, "incomplete", Framing.NONE, false, List.of(), 0, "", "", false);
    }
}
