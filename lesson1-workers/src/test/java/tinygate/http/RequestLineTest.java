package tinygate.http;

import static org.assertj.core.api.Assertions.assertThat;
import static tinygate.http.Vectors.request;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Request lines (contract rules H1 and H2; RFC 9112, sections 2.2, 2.3 and 3), vector by vector.
 */
class RequestLineTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    # request line                       | what it says
                    GET / HTTP/1.1                       | GET / HTTP/1.1 for a.example
                    ¶GET / HTTP/1.1                      | GET / HTTP/1.1 for a.example
                    GET /a/b;c=1?d=e&f[]=%20 HTTP/1.1    | GET /a/b;c=1?d=e&f[]=%20 HTTP/1.1 for a.example
                    GET /"<>\\^`{} HTTP/1.1              | GET /"<>\\^`{} HTTP/1.1 for a.example
                    GET //x/y HTTP/1.1                   | GET //x/y HTTP/1.1 for a.example
                    GET / HTTP/1.0                       | GET / HTTP/1.0 for a.example
                    GET / HTTP/1.9                       | GET / HTTP/1.1 for a.example
                    get / HTTP/1.1                       | get / HTTP/1.1 for a.example
                    BREW-1.0!#$%&'*+^_`~ / HTTP/1.1      | BREW-1.0!#$%&'*+^_`~ / HTTP/1.1 for a.example
                    OPTIONS * HTTP/1.1                   | OPTIONS * HTTP/1.1 for a.example
                    GET http://b.example/x HTTP/1.1      | GET http://b.example/x HTTP/1.1 for b.example
                    GET HTTP://b.example:80?x HTTP/1.1   | GET HTTP://b.example:80?x HTTP/1.1 for b.example
                    GET https://[::1]:443/ HTTP/1.0      | GET https://[::1]:443/ HTTP/1.0 for [::1]
                    OPTIONS http://b.example HTTP/1.1    | OPTIONS http://b.example HTTP/1.1 for b.example
                    CONNECT b.example:443 HTTP/1.1       | CONNECT b.example:443 HTTP/1.1 for b.example
                    """)
    void isRead(String line, String meaning) {
        Outcome outcome = request(line + "¶Host: a.example¶¶");

        assertThat(outcome.start()).isEqualTo(meaning);
        assertThat(outcome.refused()).isZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    # request line                  | status | why
                    ¶¶GET / HTTP/1.1                | 400 | an empty line
                    ␊GET / HTTP/1.1                 | 400 | an LF without a CR
                    ␍GET / HTTP/1.1                 | 400 | does not begin with a method
                    ␠GET / HTTP/1.1                 | 400 | does not begin with a method
                    GET                             | 400 | does not begin with a method
                    GET␠                            | 400 | no version
                    GET /                           | 400 | no version
                    GET /␠                          | 400 | is not a version
                    GET HTTP/1.1                    | 400 | no version
                    GET  / HTTP/1.1                 | 400 | target holds the byte 0x20
                    GET␉/ HTTP/1.1                  | 400 | does not begin with a method
                    GET / ␠HTTP/1.1                 | 400 | is not a version
                    GET /␉HTTP/1.1                  | 400 | target holds the byte 0x09
                    GET / HTTP/1.1␠                 | 400 | is not a version
                    GET / HTTP/1.1␍                 | 400 | is not a version
                    GET / HTTP/1.1␊                 | 400 | an LF without a CR
                    GET / x HTTP/1.1                | 400 | is not a version
                    G␀T / HTTP/1.1                  | 400 | does not begin with a method
                    G(T / HTTP/1.1                  | 400 | does not begin with a method
                    GÉT / HTTP/1.1                  | 400 | does not begin with a method
                    GET /␀ HTTP/1.1                 | 400 | target holds a NUL
                    GET /␍ HTTP/1.1                 | 400 | target holds a CR without an LF
                    GET /␋ HTTP/1.1                 | 400 | target holds the byte 0x0b
                    GET /␡ HTTP/1.1                 | 400 | target holds the byte 0x7f
                    GET /é HTTP/1.1                 | 400 | target holds the byte 0xe9
                    GET /#top HTTP/1.1              | 400 | target holds the byte 0x23
                    GET / http/1.1                  | 400 | is not a version
                    GET / HTTP/1                    | 400 | is not a version
                    GET / HTTP/1.                   | 400 | is not a version
                    GET / HTTP/1.10                 | 400 | is not a version
                    GET / HTTP/01.1                 | 400 | is not a version
                    GET / HTTP/1,1                  | 400 | is not a version
                    GET / HTTP/ 1.1                 | 400 | is not a version
                    GET / HTP/1.1                   | 400 | is not a version
                    GET / HTTP/x.1                  | 400 | is not a version
                    GET / HTTP/0.9                  | 505 | only HTTP/1.x
                    GET / HTTP/2.0                  | 505 | only HTTP/1.x
                    PRI * HTTP/2.0                  | 505 | only HTTP/1.x
                    GET a.example HTTP/1.1          | 400 | neither a path nor an http URI
                    GET a/b HTTP/1.1                | 400 | neither a path nor an http URI
                    GET * HTTP/1.1                  | 400 | neither a path nor an http URI
                    OPTIONS *x HTTP/1.1             | 400 | neither a path nor an http URI
                    GET ftp://a.example/ HTTP/1.1   | 400 | neither a path nor an http URI
                    GET http:/x HTTP/1.1            | 400 | neither a path nor an http URI
                    GET http:// HTTP/1.1            | 400 | no valid host
                    GET http:///x HTTP/1.1          | 400 | no valid host
                    GET http://u@b.example/ HTTP/1.1 | 400 | no valid host
                    GET http://b.example:x/ HTTP/1.1 | 400 | no valid host
                    CONNECT b.example/x HTTP/1.1    | 400 | no valid host
                    """)
    void isRefused(String line, int status, String why) {
        Outcome outcome = request(line + "¶Host: a.example¶¶");

        assertThat(outcome.start()).contains(why);
        assertThat(outcome.refused()).isEqualTo(status);
    }
}
