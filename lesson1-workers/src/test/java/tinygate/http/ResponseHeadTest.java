package tinygate.http;

import static org.assertj.core.api.Assertions.assertThat;
import static tinygate.http.Vectors.response;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Status lines and the framing of responses (contract rule H5; RFC 9112, sections 4 and 6.3). */
class ResponseHeadTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    # status line                | what it says
                    HTTP/1.1 200 OK              | HTTP/1.1 200
                    HTTP/1.1 200␠                | HTTP/1.1 200
                    HTTP/1.1 200                 | HTTP/1.1 200
                    HTTP/1.1 404  Not␉found é    | HTTP/1.1 404
                    HTTP/1.0 599 x               | HTTP/1.0 599
                    HTTP/1.7 100 x               | HTTP/1.1 100
                    """)
    void isRead(String line, String meaning) {
        Outcome outcome = response(Method.GET, line + "¶¶");

        assertThat(outcome.start()).isEqualTo(meaning);
        assertThat(outcome.refused()).isZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    # status line                | why
                    ''                           | an empty line
                    HTTP/1.1                     | no status
                    HTTP/1.1␠                    | no status
                    HTTP/1.1 20                  | no status
                    HTTP/1.1 2000 OK             | no status
                    HTTP/1.1 20x OK              | no status
                    HTTP/1.1 +20 OK              | no status
                    HTTP/1.1 099 OK              | no status
                    HTTP/1.1 600 OK              | no status
                    HTTP/1.1  200 OK             | no status
                    HTTP/1.1␉200 OK              | no status
                    HTTP/1.1 200␉OK              | no status
                    HTTP/1.1 200-OK              | no status
                    HTTP/1.1 200 O␀K             | a NUL
                    HTTP/1.1 200 O␍K             | a CR without an LF
                    HTTP/1.1 200 OK␊             | an LF without a CR
                    HTTP/1.1 200 O␡K             | 0x7f
                    HTTP/2.0 200 OK              | only HTTP/1.x
                    HTTP/1.10 200 OK             | no status
                    HTTP/1 200 OK                | is not a version
                    http/1.1 200 OK              | is not a version
                    ICY 200 OK                   | is not a version
                    ␠HTTP/1.1 200 OK             | is not a version
                    <html>                       | is not a version
                    """)
    void isRefused(String line, String why) {
        Outcome outcome = response(Method.GET, line + "¶¶");

        assertThat(outcome.start()).contains(why);
        assertThat(outcome.refused()).isNotZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    # to    | status line  | fields                      | framing     | length
                    GET     | HTTP/1.1 200 | ''                          | UNTIL_CLOSE | 0
                    GET     | HTTP/1.0 200 | ''                          | UNTIL_CLOSE | 0
                    GET     | HTTP/1.1 200 | Content-Length: 5¶          | LENGTH      | 5
                    GET     | HTTP/1.1 200 | Content-Length: 0¶          | LENGTH      | 0
                    GET     | HTTP/1.1 200 | Transfer-Encoding: chunked¶ | CHUNKED     | 0
                    GET     | HTTP/1.1 404 | Transfer-Encoding: chunked¶ | CHUNKED     | 0
                    GET     | HTTP/1.1 205 | Content-Length: 0¶          | LENGTH      | 0
                    CONNECT | HTTP/1.1 200 | Content-Length: 5¶          | LENGTH      | 5
                    HEAD    | HTTP/1.1 200 | ''                          | NONE        | 0
                    HEAD    | HTTP/1.1 200 | Content-Length: 5¶          | NONE        | 0
                    HEAD    | HTTP/1.1 404 | Transfer-Encoding: chunked¶ | NONE        | 0
                    GET     | HTTP/1.1 100 | ''                          | NONE        | 0
                    GET     | HTTP/1.1 101 | ''                          | NONE        | 0
                    GET     | HTTP/1.1 101 | Content-Length: 5¶          | NONE        | 0
                    GET     | HTTP/1.1 103 | Content-Length: 5¶          | NONE        | 0
                    GET     | HTTP/1.1 204 | Transfer-Encoding: chunked¶ | NONE        | 0
                    GET     | HTTP/1.1 204 | Content-Length: 5¶          | NONE        | 0
                    GET     | HTTP/1.1 304 | Content-Length: 5¶          | NONE        | 0
                    """)
    void theFramingFollowsFromRequestStatusAndFields(
            Method to, String line, String fields, Framing.Kind kind, long length) {
        Outcome outcome = response(to, line + "¶" + fields + "¶");

        assertThat(outcome.refused()).isZero();
        assertThat(outcome.framing()).isEqualTo(new Framing(kind, length));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    # status line  | fields                                         | why
                    HTTP/1.1 200   | Content-Length: 5¶Content-Length: 5¶           | more than one
                    HTTP/1.1 200   | Content-Length: x¶                             | not a number
                    HTTP/1.1 204   | Content-Length: -1¶                            | not a number
                    HTTP/1.1 200   | Content-Length: 5¶Transfer-Encoding: chunked¶  | beside
                    HTTP/1.1 304   | Content-Length: 5¶Transfer-Encoding: chunked¶  | beside
                    HTTP/1.1 200   | Transfer-Encoding: gzip¶                       | last transfer coding
                    HTTP/1.1 200   | Transfer-Encoding: chunked, identity¶          | unknown
                    HTTP/1.0 200   | Transfer-Encoding: chunked¶                    | HTTP/1.0
                    HTTP/1.1 200   | Name : value¶                                  | white space
                    HTTP/1.1 200   | Name: value¶␠folded¶                           | white space
                    """)
    void doubtfulFieldsAreRefused(String line, String fields, String why) {
        Outcome outcome = response(Method.GET, line + "¶" + fields + "¶");

        assertThat(outcome.start()).contains(why);
        assertThat(outcome.refused()).isNotZero();
    }

    @Test
    void aBodyUntilTheCloseIsWholeWhereverTheCloseComes() {
        Outcome outcome = response(Method.GET, "HTTP/1.1 200 OK¶¶any¶bytes");

        assertThat(outcome.content()).isEqualTo("any\r\nbytes");
        assertThat(outcome.whole()).isTrue();
    }

    @Test
    void nothingBehindABodylessResponseBelongsToIt() {
        Outcome outcome =
                response(Method.HEAD, "HTTP/1.1 200 OK¶Content-Length: 5¶¶HTTP/1.1 200 OK¶¶");

        assertThat(outcome.content()).isEmpty();
        assertThat(outcome.whole()).isTrue();
    }
}
