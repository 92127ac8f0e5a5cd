package tinygate.classroom;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Pattern;
import tinygate.classroom.WrongResponse.Kind;

/**
 * The head of a response as the load reads it: only what tells where the response ends and whether
 * it is right. It does not use the lessons' parser on purpose: a mistake there must show up here.
 */
final class ReceivedHead {
    private static final int STATUS_LINE = "HTTP/1.1 200".length();
    private static final Pattern BEGINNING = Pattern.compile("HTTP/1\\.[01] [1-9][0-9]{2}");
    private static final Pattern DIGITS = Pattern.compile("[0-9]{1,18}");

    private final ByteBuffer in;
    private int status;
    private long contentLength = -1;
    private boolean close;

    private ReceivedHead(ByteBuffer in) {
        this.in = in;
    }

    /**
     * Reads the head that begins at the buffer's position and moves the position behind it.
     *
     * @return null, with the position unmoved, if the head has not arrived whole
     */
    static ReceivedHead read(ByteBuffer in) throws WrongResponse {
        ReceivedHead head = new ReceivedHead(in);
        int line = in.position();
        for (int i = line; i < in.limit(); i++) {
            if (in.get(i) == '\n') {
                if (i == line || in.get(i - 1) != '\r') {
                    throw new WrongResponse(Kind.MALFORMED, "a line ends with LF alone");
                }
                if (i - 1 == line) {
                    head.requireStatus();
                    in.position(i + 1);
                    return head;
                }
                head.line(line, i - 1);
                line = i + 1;
            }
        }
        return null;
    }

    /** The status code, 100 to 999. */
    int status() {
        return status;
    }

    /** The length of the body in bytes, -1 if no field says it. */
    long contentLength() {
        return contentLength;
    }

    /** Whether the server closes the connection after this response (RFC 9112, section 9.6). */
    boolean close() {
        return close;
    }

    private void line(int from, int to) throws WrongResponse {
        if (status == 0) {
            statusLine(from, to);
        } else if (isField("content-length:", from, to)) {
            contentLength(value("content-length:", from, to));
        } else if (isField("connection:", from, to)) {
            close |= value("connection:", from, to).toLowerCase(Locale.ROOT).contains("close");
        } else if (isField("transfer-encoding:", from, to)) {
            throw new WrongResponse(
                    Kind.LENGTH, text(from, to) + ": this load knows Content-Length only");
        }
    }

    private void statusLine(int from, int to) throws WrongResponse {
        String line = text(from, Math.min(to, from + STATUS_LINE));
        if (!BEGINNING.matcher(line).matches()) {
            throw new WrongResponse(Kind.MALFORMED, "the status line begins '" + line + "'");
        }
        status = Integer.parseInt(line.substring(STATUS_LINE - 3));
        close = line.charAt("HTTP/1.".length()) == '0';
    }

    private void contentLength(String digits) throws WrongResponse {
        if (contentLength >= 0 || !DIGITS.matcher(digits).matches()) {
            throw new WrongResponse(Kind.MALFORMED, "Content-Length: " + digits);
        }
        contentLength = Long.parseLong(digits);
    }

    private void requireStatus() throws WrongResponse {
        if (status == 0) {
            throw new WrongResponse(Kind.MALFORMED, "an empty line instead of a status line");
        }
    }

    private boolean isField(String lowerCaseName, int from, int to) {
        if (to - from < lowerCaseName.length()) {
            return false;
        }
        for (int i = 0; i < lowerCaseName.length(); i++) {
            if (Character.toLowerCase((char) in.get(from + i)) != lowerCaseName.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private String value(String name, int from, int to) {
        return text(from + name.length(), to).strip();
    }

    private String text(int from, int to) {
        byte[] bytes = new byte[to - from];
        in.get(from, bytes);
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }
}
