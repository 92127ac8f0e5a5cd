package tinygate.http;

import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Every way in which our parser and Netty's, told to be strict, are known to disagree about a
 * request's head, and who is right. A row explains a disagreement if we give this reason and the
 * bytes, written as {@link WireText}, show it.
 */
enum Disagreement {
    HEAD_NOT_ENDED(
            ".",
            "^(?!.*[^¶]¶¶)",
            "RFC 9112, 2.2: what is wrong may be refused when it is seen. Both are right: we refuse a"
                    + " line when it has come, Netty when the head has."),
    BARE_LF(
            "an LF without a CR",
            "␊",
            "RFC 9112, 2.2: a recipient may take a bare LF as a line's end. Both are right; Netty"
                    + " passes over it only in front of the request line."),
    EMPTY_LINES(
            "an empty line where",
            "^¶¶",
            "RFC 9112, 2.2: at least one empty line before a request is ignored. Both are right: we"
                    + " ignore one, Netty all."),
    BLANKS_IN_REQUEST_LINE(
            "does not begin with a method|request target holds|is not a version",
            "^¶?([ ␀-␟␡]|[^¶]*( {2}| ¶|[␀-␟␡]))",
            "RFC 9112, 3: single spaces part the request line; other blanks may be taken for them."
                    + " Netty may, but drops control bytes too; we are right."),
    NOT_HTTP(
            "is not a version",
            "^¶?[^¶]* ((?-i:(?!HTTP/))[^ ¶]+|HTTP/[^¶]{0,2}|HTTP/.[^.][^¶]*|HTTP/[^¶]{4,})¶",
            "RFC 9112, 2.3: HTTP in capitals and two single digits. We are right."),
    OTHER_MAJOR_VERSION(
            "only HTTP/1.x",
            "^¶?[^¶]* HTTP/[02-9]\\.[0-9]¶",
            "RFC 9110, 15.6.6: another major version that is not spoken is answered with 505. We are"
                    + " right; Netty leaves it to its user."),
    LATER_MINOR_VERSION(
            "^$",
            "^¶?[^¶]* HTTP/1\\.[2-9]¶",
            "RFC 9110, 2.5: a later minor version is read as the highest one known. We are right:"
                    + " Netty refuses Transfer-Encoding in it."),
    BYTES_IN_TARGET(
            "request target holds",
            "^¶?[^ ]+ [^ ¶]*[#\u0080-\u00ff]",
            "RFC 9112, 3.2: a target is a part of a URI, which has no fragment here and no bytes"
                    + " beyond ASCII. We are right."),
    FORM_OF_TARGET(
            "neither a path nor an http URI",
            "^¶?[^ ]+ [^/]",
            "RFC 9112, 3.2: four forms. We are right; Netty takes any text."),
    HOST_IN_TARGET(
            "the request names no valid host",
            "^¶?[^ ]+ https?://[^ ]* ",
            "RFC 9110, 4.2.4: user information in a target is an error, as is a host that RFC 3986,"
                    + " 3.2.2 does not know. We are right."),
    NO_HOST(
            "^no Host$",
            "^(?!.*¶Host:)",
            "RFC 9112, 3.2: a request in HTTP/1.1 without Host is answered with 400. We are right."),
    SEVERAL_HOSTS(
            "more than one Host",
            "¶Host:.*¶Host:",
            "RFC 9112, 3.2: more than one Host is answered with 400. We are right."),
    INVALID_HOST(
            "Host is no valid host",
            "¶Host:",
            "RFC 9112, 3.2: an invalid Host is answered with 400. We are right."),
    FOLDED_LINE(
            "begins with white space",
            "¶[ ␉]",
            "RFC 9112, 5.2: a folded line is refused with 400 or unfolded. Both are right."),
    TRACE_WITH_BODY(
            "a TRACE request with a body",
            "TRACE .*¶(Content-Length|Transfer-Encoding)",
            "RFC 9110, 9.3.8: a client must not send one. Both are right, we are stricter."),
    MAX_FORWARDS(
            "Max-Forwards is not a number",
            "(TRACE|OPTIONS) .*¶Max-Forwards: *[0-9]*[^0-9¶]",
            "RFC 9110, 7.6.2: it is a number. We are right; only a proxy needs to look."),
    SEVERAL_LENGTHS_IN_HTTP_10(
            "more than one Content-Length",
            "HTTP/1.0(?=¶).*¶Content-Length:.*¶Content-Length:",
            "RFC 9112, 6.3: different lengths must be refused. We are right: Netty does so in"
                    + " HTTP/1.1 only."),
    ZEROS_BEFORE_A_LENGTH(
            "^$",
            "¶Content-Length:[ ␉]*0[0-9]",
            "RFC 9112, 6.3: a valid length. Both are right: Netty writes the field anew without the"
                    + " zeros, as our gate does when it forwards it."),
    LENGTH_BESIDE_CODING(
            "Content-Length beside",
            "¶Content-Length:.*¶Transfer-Encoding:",
            "RFC 9112, 6.1 and 6.3: both together are a sign of smuggling, and a last coding other"
                    + " than chunked an error. We are right: Netty refuses chunked only."),
    EMPTY_LAST_MEMBER(
            "^$",
            "¶Transfer-Encoding:[^¶]*chunked[ ␉]*,",
            "RFC 9110, 5.6.1: empty members of a list are passed over. We are right, and forward"
                    + " chunked alone; Netty takes the empty member for the last coding."),
    UNKNOWN_CODING(
            "an unknown transfer coding",
            "¶Transfer-Encoding:",
            "RFC 9112, 6.1: an unknown transfer coding is answered with 501. We are right."),
    UNDERSTOOD_BY_NOBODY(
            "a transfer coding other than chunked",
            "¶Transfer-Encoding:[^¶]*gzip[^¶]*chunked",
            "RFC 9112, 6.1: one that is not understood is answered with 501. Both are right: Netty"
                    + " leaves gzip to its user."),
    NO_CODING(
            "must name chunked once",
            "¶Transfer-Encoding:( *[, ]* *|[^¶]*chunked, *chunked)¶",
            "RFC 9112, 6.1 and 7: an empty list is no transfer coding, and chunked stands there once."
                    + " We are right."),
    CHUNKED_IS_NOT_LAST(
            "the last transfer coding is not chunked",
            "¶Transfer-Encoding:[^¶]*gzip",
            "RFC 9112, 6.3: a request whose last coding is not chunked is answered with 400. We are"
                    + " right: Netty reads it as one without a body.");

    private final Pattern reason;
    private final Pattern bytes;
    final String explanation;

    Disagreement(String reason, String bytes, String explanation) {
        this.reason = Pattern.compile(reason);
        this.bytes = Pattern.compile(bytes, Pattern.DOTALL | Pattern.CASE_INSENSITIVE);
        this.explanation = explanation;
    }

    /**
     * @param why the reason that we gave for refusing the head, empty if we accepted it
     */
    static Optional<Disagreement> explaining(byte[] head, String why) {
        String shown = WireText.show(head);
        return Stream.of(values())
                .filter(row -> row.reason.matcher(why).find() && row.bytes.matcher(shown).find())
                .findFirst();
    }
}
