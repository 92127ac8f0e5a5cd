package tinygate.http;

import static org.assertj.core.api.Assertions.assertThat;
import static tinygate.http.Vectors.request;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * How a request's body is framed (contract rule H4; RFC 9112, sections 6.1 to 6.3), and the ways in
 * which requests have been smuggled past proxies that guessed.
 */
class RequestFramingTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    # fields                                             | framing     | length
                    ''                                                   | NONE        | 0
                    Content-Length: 0¶                                   | LENGTH      | 0
                    Content-Length:5¶                                    | LENGTH      | 5
                    CONTENT-LENGTH: ␉007␠¶                               | LENGTH      | 7
                    Content-Length: 9223372036854775807¶                 | LENGTH      | 9223372036854775807
                    Transfer-Encoding: chunked¶                          | CHUNKED     | 0
                    transfer-encoding:CHUNKED␉¶                          | CHUNKED     | 0
                    Transfer-Encoding: , chunked ,,¶                     | CHUNKED     | 0
                    Transfer-Encoding:¶Transfer-Encoding: chunked¶       | CHUNKED     | 0
                    Connection: content-length¶Content-Length: 5¶        | LENGTH      | 5
                    Connection: transfer-encoding¶Transfer-Encoding: chunked¶ | CHUNKED | 0
                    X-Content-Length: 5¶Content-Lengt: 6¶                | NONE        | 0
                    Content_Length: 5¶Transfer_Encoding: chunked¶        | NONE        | 0
                    """)
    void isRead(String fields, Framing.Kind kind, long length) {
        Outcome outcome = request("POST / HTTP/1.1¶Host: a¶" + fields + "¶");

        assertThat(outcome.refused()).isZero();
        assertThat(outcome.framing()).isEqualTo(new Framing(kind, length));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    # fields                                             | why
                    Content-Length:¶                                     | not a number
                    Content-Length: +5¶                                  | not a number
                    Content-Length: -5¶                                  | not a number
                    Content-Length: -0¶                                  | not a number
                    Content-Length: 0x5¶                                 | not a number
                    Content-Length: 5.0¶                                 | not a number
                    Content-Length: 5e1¶                                 | not a number
                    Content-Length: 5 5¶                                 | not a number
                    Content-Length: 1_000¶                               | not a number
                    Content-Length: "5"¶                                 | not a number
                    Content-Length: 5;x¶                                 | not a number
                    Content-Length: ²¶                                   | not a number
                    Content-Length: 5, 5¶                                | not a number
                    Content-Length: 5,6¶                                 | not a number
                    Content-Length: ,5¶                                  | not a number
                    Content-Length: 9223372036854775808¶                 | not a number
                    Content-Length: 18446744073709551621¶                | not a number
                    Content-Length: 99999999999999999999999999¶          | not a number
                    Content-Length: 5¶Content-Length: 5¶                 | more than one
                    Content-Length: 5¶Content-Length: 6¶                 | more than one
                    Content-Length: 5¶content-length:¶                   | more than one
                    Content-Length : 5¶                                  | white space
                    Content-Length: 5␋¶                                  | holds the byte 0x0b
                    Content-Length: ␌5¶                                  | holds the byte 0x0c
                    Content-Length: 5␀¶                                  | holds a NUL
                    Content-Length:¶␠5¶                                  | begins with white space
                    """)
    void aDoubtfulLengthIsRefused(String fields, String why) {
        Outcome outcome = request("POST / HTTP/1.1¶Host: a¶" + fields + "¶");

        assertThat(outcome.start()).contains(why);
        assertThat(outcome.refused()).isEqualTo(400);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    # fields                                             | status | why
                    Content-Length: 6¶Transfer-Encoding: chunked¶        | 400 | beside
                    Transfer-Encoding: chunked¶Content-Length: 6¶        | 400 | beside
                    Transfer-Encoding: x¶Content-Length: 6¶              | 400 | beside
                    Transfer-Encoding:¶Content-Length: 6¶                | 400 | beside
                    Transfer-Encoding:¶                                  | 400 | chunked once
                    Transfer-Encoding: ,␠,¶                              | 400 | chunked once
                    Transfer-Encoding: chunked, chunked¶                 | 400 | chunked once
                    Transfer-Encoding: chunked¶Transfer-Encoding: chunked¶ | 400 | chunked once
                    Transfer-Encoding: gzip¶                             | 400 | last transfer coding
                    Transfer-Encoding: chunked, gzip¶                    | 400 | last transfer coding
                    Transfer-Encoding: chunked¶Transfer-Encoding: x-gzip¶ | 400 | last transfer coding
                    Transfer-Encoding: gzip, chunked¶                    | 501 | other than chunked
                    Transfer-Encoding: Deflate¶Transfer-Encoding: chunked¶ | 501 | other than chunked
                    Transfer-Encoding: identity¶                         | 501 | unknown
                    Transfer-Encoding: chunked, identity¶                | 501 | unknown
                    Transfer-Encoding: identity, chunked¶                | 501 | unknown
                    Transfer-Encoding: chunked¶Transfer-Encoding: x¶     | 501 | unknown
                    Transfer-Encoding: xchunked¶                         | 501 | unknown
                    Transfer-Encoding: chunkedx¶                         | 501 | unknown
                    Transfer-Encoding: chunk¶                            | 501 | unknown
                    Transfer-Encoding: "chunked"¶                        | 501 | unknown
                    Transfer-Encoding: chunked;q=1¶                      | 501 | unknown
                    Transfer-Encoding: x chunked¶                        | 501 | unknown
                    Transfer-Encoding: chunked x¶                        | 501 | unknown
                    Transfer-Encoding: chünked¶                          | 501 | unknown
                    Transfer-Encoding: ␋chunked¶                         | 400 | holds the byte 0x0b
                    Transfer-Encoding: chunked␌¶                         | 400 | holds the byte 0x0c
                    Transfer-Encoding: ␀chunked¶                         | 400 | holds a NUL
                    Transfer-Encoding: ␍chunked¶                         | 400 | holds a CR without an LF
                    Transfer-Encoding: chunked␍¶                         | 400 | holds a CR without an LF
                    Transfer-Encoding:␊␠chunked¶                         | 400 | an LF without a CR
                    X: y␊Transfer-Encoding: chunked¶                     | 400 | an LF without a CR
                    X: y␍Transfer-Encoding: chunked¶                     | 400 | holds a CR without an LF
                    Transfer-Encoding:¶␠chunked¶                         | 400 | begins with white space
                    X: y¶␠Transfer-Encoding: chunked¶                    | 400 | begins with white space
                    ␉Transfer-Encoding: chunked¶                         | 400 | begins with white space
                    Transfer-Encoding : chunked¶                         | 400 | before the colon
                    Transfer-Encoding␉: chunked¶                         | 400 | before the colon
                    Transfer-Encoding␀: chunked¶                         | 400 | holds a NUL
                    Transfer-Encoding␋: chunked¶                         | 400 | holds the byte 0x0b
                    Transfer-Encoding                                    | 400 | no colon
                    """)
    void aDoubtfulTransferCodingIsRefused(String fields, int status, String why) {
        Outcome outcome = request("POST / HTTP/1.1¶Host: a¶" + fields + "¶");

        String expected = why.equals("before the colon") ? "between a field's name and its" : why;
        assertThat(outcome.start()).contains(expected);
        assertThat(outcome.refused()).isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    # what a front server and a back server read differently
                    Content-Length: 6¶Transfer-Encoding: chunked¶¶0¶¶G                | CL.TE
                    Content-Length: 3¶Transfer-Encoding: chunked¶¶1¶G¶0¶¶             | TE.CL
                    Transfer-Encoding: chunked¶Transfer-Encoding: cow¶¶0¶¶            | TE.TE
                    Transfer-Encoding: xchunked¶Content-Length: 4¶¶0¶¶                | TE.TE
                    Content-Length: 0¶Content-Length: 44¶¶GET /x HTTP/1.1¶Host: a¶¶   | CL.CL
                    Content-Length: 44¶ Content-Length: 0¶¶GET /x HTTP/1.1¶Host: a¶¶  | CL folded
                    """)
    void aSmuggledRequestIsRefusedAtItsCarrier(String rest, String name) {
        assertThat(request("POST / HTTP/1.1¶Host: a¶" + rest).refused()).as(name).isIn(400, 501);
    }

    @Test
    void http10HasNoTransferEncoding() {
        Outcome outcome = request("POST / HTTP/1.0¶Host: a¶Transfer-Encoding: chunked¶¶");

        assertThat(outcome.refused()).isEqualTo(400);
        assertThat(outcome.start()).isEqualTo("Transfer-Encoding in HTTP/1.0");
    }

    @ParameterizedTest
    @CsvSource({
        "Content-Length: 0¶, 0",
        "Content-Length: 1¶, 400",
        "Transfer-Encoding: chunked¶, 400"
    })
    void aTraceHasNoBody(String field, int status) {
        assertThat(request("TRACE / HTTP/1.1¶Host: a¶" + field + "¶").refused()).isEqualTo(status);
    }

    @Test
    void aBodyOfKnownLengthEndsThereAndTheNextRequestBegins() {
        Outcome outcome = request("PUT / HTTP/1.1¶Host: a¶Content-Length: 5¶¶helloGET /");

        assertThat(outcome.content()).isEqualTo("hello");
        assertThat(outcome.runs()).isEqualTo("^^^^^");
        assertThat(outcome.whole()).isTrue();
    }

    @Test
    void aBodyOfKnownLengthIsNotWholeBeforeItsLastByte() {
        assertThat(request("PUT / HTTP/1.1¶Host: a¶Content-Length: 5¶¶hell").whole()).isFalse();
    }

    @Test
    void aRequestWithoutFramingHasNoBody() {
        Outcome outcome = request("POST / HTTP/1.1¶Host: a¶¶hello");

        assertThat(outcome.content()).isEmpty();
        assertThat(outcome.whole()).isTrue();
    }
}
