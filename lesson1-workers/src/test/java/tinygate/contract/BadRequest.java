package tinygate.contract;

/**
 * Requests that a gate must refuse as a whole, each with its answer. The name begins with the rule.
 * Where a lenient gate and its upstream could disagree about the end of a message, a second request
 * hides behind it: it must never be answered.
 */
enum BadRequest {
    H1_BARE_CR_IN_A_FIELD(400, "GET / HTTP/1.1\r\nHost: a.test\r\nX: a\rb\r\n\r\n"),
    H1_NUL_IN_A_FIELD(400, "GET / HTTP/1.1\r\nHost: a.test\r\nX: a\0b\r\n\r\n"),
    H1_CONTROL_BYTE_IN_A_FIELD(400, "GET / HTTP/1.1\r\nHost: a.test\r\nX: a\1b\r\n\r\n"),
    H1_DELETE_IN_A_FIELD(400, "GET / HTTP/1.1\r\nHost: a.test\r\nX: a\177b\r\n\r\n"),
    H1_SPACE_BEFORE_THE_COLON(400, "GET / HTTP/1.1\r\nHost: a.test\r\nX : b\r\n\r\n"),
    H1_TAB_BEFORE_THE_COLON(400, "GET / HTTP/1.1\r\nHost: a.test\r\nX\t: b\r\n\r\n"),
    H1_FOLDED_FIELD(400, "GET / HTTP/1.1\r\nHost: a.test\r\nX: a\r\n b\r\n\r\n"),
    H1_SPACE_BEFORE_THE_FIRST_FIELD(400, "GET / HTTP/1.1\r\n Host: a.test\r\n\r\n"),
    H1_BARE_LF_AFTER_THE_REQUEST_LINE(400, "GET / HTTP/1.1\nHost: a.test\r\n\r\n"),
    H1_BARE_LF_AFTER_A_FIELD(400, "GET / HTTP/1.1\r\nHost: a.test\nX: y\r\n\r\n"),
    H1_BARE_LF_AS_THE_EMPTY_LINE(400, "GET / HTTP/1.1\r\nHost: a.test\r\n\n"),
    H1_FIELD_WITHOUT_A_NAME(400, "GET / HTTP/1.1\r\nHost: a.test\r\n: x\r\n\r\n"),
    H1_FIELD_WITHOUT_A_COLON(400, "GET / HTTP/1.1\r\nHost: a.test\r\nnothing\r\n\r\n"),
    H1_FIELD_NAME_WITH_A_SPACE(400, "GET / HTTP/1.1\r\nHost: a.test\r\nX Y: z\r\n\r\n"),
    H1_FIELD_NAME_OUTSIDE_ASCII(400, "GET / HTTP/1.1\r\nHost: a.test\r\nX\u00e9: z\r\n\r\n"),
    H1_TWO_SPACES_IN_THE_REQUEST_LINE(400, "GET  / HTTP/1.1\r\nHost: a.test\r\n\r\n"),
    H1_TAB_IN_THE_REQUEST_LINE(400, "GET\t/ HTTP/1.1\r\nHost: a.test\r\n\r\n"),
    H1_SPACE_AFTER_THE_VERSION(400, "GET / HTTP/1.1 \r\nHost: a.test\r\n\r\n"),
    H1_SPACE_BEFORE_THE_METHOD(400, " GET / HTTP/1.1\r\nHost: a.test\r\n\r\n"),
    H1_METHOD_THAT_IS_NO_TOKEN(400, "G@T / HTTP/1.1\r\nHost: a.test\r\n\r\n"),
    H1_NO_METHOD(400, "/ HTTP/1.1\r\nHost: a.test\r\n\r\n"),
    H1_TARGET_WITH_A_FRAGMENT(400, "GET /a#b HTTP/1.1\r\nHost: a.test\r\n\r\n"),
    H1_TARGET_OUTSIDE_ASCII(400, "GET /\u00e9 HTTP/1.1\r\nHost: a.test\r\n\r\n"),
    H1_TARGET_WITH_A_CONTROL_BYTE(400, "GET /\1 HTTP/1.1\r\nHost: a.test\r\n\r\n"),
    H1_TARGET_WITH_USERINFO(400, "GET http://me@a.test/ HTTP/1.1\r\nHost: a.test\r\n\r\n"),
    H1_TARGET_WITHOUT_A_SLASH(400, "GET index.html HTTP/1.1\r\nHost: a.test\r\n\r\n"),
    H1_ASTERISK_WITH_GET(400, "GET * HTTP/1.1\r\nHost: a.test\r\n\r\n"),

    H2_VERSION_WITH_TWO_MINOR_DIGITS(400, "GET / HTTP/1.10\r\nHost: a.test\r\n\r\n"),
    H2_VERSION_IN_SMALL_LETTERS(400, "GET / http/1.1\r\nHost: a.test\r\n\r\n"),
    H2_VERSION_WITHOUT_A_MINOR(400, "GET / HTTP/1\r\nHost: a.test\r\n\r\n"),
    H2_VERSION_OF_ANOTHER_PROTOCOL(400, "GET / HTTQ/1.1\r\nHost: a.test\r\n\r\n"),
    H2_VERSION_0_9(505, "GET / HTTP/0.9\r\nHost: a.test\r\n\r\n"),
    H2_VERSION_2_0(505, "GET / HTTP/2.0\r\nHost: a.test\r\n\r\n"),
    H2_PREFACE_OF_HTTP_2(505, "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"),

    H3_NO_HOST(400, "GET / HTTP/1.1\r\nX: y\r\n\r\n"),
    H3_NO_HOST_BESIDE_AN_ABSOLUTE_TARGET(400, "GET http://a.test/ HTTP/1.1\r\nX: y\r\n\r\n"),
    H3_TWO_HOSTS(400, "GET / HTTP/1.1\r\nHost: a.test\r\nHost: b.test\r\n\r\n"),
    H3_THE_SAME_HOST_TWICE(400, "GET / HTTP/1.1\r\nHost: a.test\r\nhost: a.test\r\n\r\n"),
    H3_HOST_WITH_A_SPACE(400, "GET / HTTP/1.1\r\nHost: a b\r\n\r\n"),
    H3_HOST_WITH_A_PATH(400, "GET / HTTP/1.1\r\nHost: a.test/x\r\n\r\n"),
    H3_HOST_WITH_USERINFO(400, "GET / HTTP/1.1\r\nHost: me@a.test\r\n\r\n"),
    H3_HOST_WITH_A_PORT_OF_LETTERS(400, "GET / HTTP/1.1\r\nHost: a.test:x\r\n\r\n"),
    H3_HOST_WITH_AN_OPEN_BRACKET(400, "GET / HTTP/1.1\r\nHost: [::1\r\n\r\n"),

    H4_LENGTH_AND_CHUNKED(400, post("Content-Length: 5", "Transfer-Encoding: chunked")),
    H4_CHUNKED_AND_LENGTH(400, post("Transfer-Encoding: chunked", "Content-Length: 5")),
    H4_CHUNKED_AND_LENGTH_IN_ANY_CASE(400, post("tRANSFER-eNCODING: CHUNKED", "content-length: 5")),
    H4_TWO_DIFFERENT_LENGTHS(400, post("Content-Length: 5", "Content-Length: 6")),
    H4_THE_SAME_LENGTH_TWICE(400, post("Content-Length: 5", "Content-Length: 5")),
    H4_LENGTHS_IN_A_LIST(400, post("Content-Length: 5, 6")),
    H4_THE_SAME_LENGTH_IN_A_LIST(400, post("Content-Length: 5, 5")),
    H4_LENGTH_WITH_PLUS(400, post("Content-Length: +5")),
    H4_LENGTH_WITH_MINUS(400, post("Content-Length: -5")),
    H4_EMPTY_LENGTH(400, post("Content-Length: ")),
    H4_HEXADECIMAL_LENGTH(400, post("Content-Length: 0x5")),
    H4_LENGTH_WITH_A_SPACE(400, post("Content-Length: 5 5")),
    H4_LENGTH_WITH_A_FRACTION(400, post("Content-Length: 5.0")),
    H4_LENGTH_IN_OTHER_DIGITS(400, post("Content-Length: \u00b2")),
    H4_LENGTH_OF_TWO_TO_THE_63(400, post("Content-Length: 9223372036854775808")),
    H4_LENGTH_OF_THIRTY_DIGITS(400, post("Content-Length: 100000000000000000000000000005")),
    H4_LENGTH_BEFORE_A_SPACE_AND_COLON(400, post("Content-Length : 5")),
    H4_CODING_BEFORE_A_SPACE_AND_COLON(400, post("Transfer-Encoding : chunked")),
    H4_FOLDED_CODING(400, post("Transfer-Encoding:\r\n chunked")),
    H4_CODING_AFTER_A_VERTICAL_TAB(400, post("Transfer-Encoding: \13chunked")),
    H4_EMPTY_CODING(400, post("Transfer-Encoding: ")),
    H4_GZIP_ALONE(400, post("Transfer-Encoding: gzip")),
    H4_CHUNKED_NOT_LAST(400, post("Transfer-Encoding: chunked, gzip")),
    H4_CHUNKED_TWICE(400, post("Transfer-Encoding: chunked, chunked")),
    H4_CHUNKED_IN_TWO_FIELDS(400, post("Transfer-Encoding: chunked", "Transfer-Encoding: chunked")),
    H4_GZIP_CHUNKED(501, post("Transfer-Encoding: gzip, chunked")),
    H4_UNKNOWN_CODING(501, post("Transfer-Encoding: xchunked")),
    H4_UNKNOWN_CODING_BEFORE_CHUNKED(501, post("Transfer-Encoding: x, chunked")),
    H4_CHUNKED_IN_HTTP_1_0(
            400,
            "POST / HTTP/1.0\r\nHost: a.test\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
                    + "GET /hidden HTTP/1.1\r\nHost: a.test\r\n\r\n");

    /** The gate's answer. */
    final int status;

    final String bytes;

    BadRequest(int status, String bytes) {
        this.status = status;
        this.bytes = bytes;
    }

    private static String post(String... framing) {
        return "POST / HTTP/1.1\r\nHost: a.test\r\n"
                + String.join("\r\n", framing)
                + "\r\n\r\n0\r\n\r\nGET /hidden HTTP/1.1\r\nHost: a.test\r\n\r\n";
    }
}
