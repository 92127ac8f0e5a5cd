package tinygate.proxy;

import java.nio.ByteBuffer;
import tinygate.http.Ascii;
import tinygate.http.FieldName;

/**
 * A whole response that the gate makes itself instead of forwarding one: mostly one of the {@link
 * Errors}.
 *
 * @param status one that {@link #reason} knows
 * @param fields further field lines, each ended by CRLF; usually empty
 * @param contentType the type of the content
 * @param content the body, in ISO 8859-1
 */
public record Answer(int status, String fields, String contentType, String content) {

    /**
     * Writes the answer.
     *
     * @param keepAlive whether the connection lives on behind it
     * @param forHead whether it answers a HEAD request, so that the content is left out (RFC 9110,
     *     section 9.3.2)
     * @param date the value for Date
     */
    public void write(ByteBuffer out, boolean keepAlive, boolean forHead, String date) {
        Ascii.write(out, "HTTP/1.1 ");
        Ascii.write(out, status);
        out.put((byte) ' ');
        Ascii.write(out, reason(status));
        Ascii.endLine(out);
        FieldName.DATE.write(out, date);
        FieldName.CONTENT_TYPE.write(out, contentType);
        FieldName.CONTENT_LENGTH.write(out, content.length());
        FieldName.CONNECTION.write(out, keepAlive ? "keep-alive" : "close");
        Ascii.write(out, fields);
        Ascii.endLine(out);
        if (!forHead) {
            Ascii.write(out, content);
        }
    }

    /** The reason phrase of a status that a gate answers with (RFC 9110, section 15). */
    static String reason(int status) {
        return switch (status) {
            case 200 -> "OK";
            case 400 -> "Bad Request";
            case 404 -> "Not Found";
            case 408 -> "Request Timeout";
            case 413 -> "Content Too Large";
            case 414 -> "URI Too Long";
            case 431 -> "Request Header Fields Too Large";
            case 501 -> "Not Implemented";
            case 502 -> "Bad Gateway";
            case 503 -> "Service Unavailable";
            case 504 -> "Gateway Timeout";
            case 505 -> "HTTP Version Not Supported";
            default -> throw new IllegalArgumentException("no answer has the status " + status);
        };
    }
}
