package tinygate.http;

import static org.assertj.core.api.Assertions.assertThat;
import static tinygate.http.Vectors.request;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Field lines (contract rule H1; RFC 9110, section 5; RFC 9112, section 5), vector by vector. */
class FieldLinesTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    # field line             | name: value
                    Name: value              | Name: value
                    Name:value               | Name: value
                    Name:␉␠value␠␉           | Name: value
                    Name: two  words␉x       | 'Name: two  words\tx'
                    Name:                    | 'Name: '
                    Name:␠␉␠                 | 'Name: '
                    Name: a:b, "c;d"         | Name: a:b, "c;d"
                    Name: é¬ÿ                | Name: é¬ÿ
                    X-!#$%&'*+.^_`~1: v      | X-!#$%&'*+.^_`~1: v
                    1: 2                     | 1: 2
                    """)
    void isRead(String line, String meaning) {
        Outcome outcome = request("GET / HTTP/1.1¶Host: a¶" + line + "¶¶");

        assertThat(outcome.refused()).isZero();
        assertThat(outcome.fields()).containsExactly("Host: a", meaning);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    # field line        | why
                    Name                | no colon
                    Name : value        | white space between a field's name and its colon
                    Name␉: value        | white space between a field's name and its colon
                    ␠Name: value        | begins with white space
                    ␉Name: value        | begins with white space
                    Name: a¶␠b          | begins with white space
                    Name: a¶␉b          | begins with white space
                    Name: a¶␠           | begins with white space
                    : value             | a field without a name
                    Na me: value        | white space between
                    Na(me: value        | name holds the byte 0x28
                    Na"me: value        | name holds the byte 0x22
                    Na/me: value        | name holds the byte 0x2f
                    Na␀me: value        | name holds a NUL
                    Na␍me: value        | name holds a CR without an LF
                    Na␋me: value        | name holds the byte 0x0b
                    Naïve: value        | name holds the byte 0xef
                    Name: va␀lue        | holds a NUL
                    Name: va␍lue        | holds a CR without an LF
                    Name: va␊lue        | an LF without a CR
                    Name: va␡lue        | holds the byte 0x7f
                    Name: va␋lue        | holds the byte 0x0b
                    Name: va␌lue        | holds the byte 0x0c
                    Name: va␛lue        | holds the byte 0x1b
                    Name: value␍        | holds a CR without an LF
                    Name: value␊        | an LF without a CR
                    ␍␍                  | name holds a CR without an LF
                    ␊                   | an LF without a CR
                    """)
    void isRefused(String line, String why) {
        Outcome outcome = request("GET / HTTP/1.1¶Host: a¶" + line + "¶¶");

        assertThat(outcome.start()).contains(why);
        assertThat(outcome.refused()).isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"␍", "␊", "␍␍␊", "␊␊", "␍¶"})
    void theEmptyLineIsCrlfAndNothingElse(String end) {
        Outcome outcome = request("GET / HTTP/1.1¶Host: a¶" + end + "X: y¶¶");

        assertThat(outcome.refused()).isEqualTo(400);
    }

    @Test
    void aHeadIsIncompleteWithoutItsLastByte() {
        Outcome outcome = request("GET / HTTP/1.1¶Host: a¶␍");

        assertThat(outcome).isEqualTo(Outcome.headIncomplete());
    }

    @Test
    void fieldsOfTheHopAreMarkedInAnyCaseWhereverTheyAreNamed() {
        Outcome outcome =
                request(
                        "GET / HTTP/1.1¶Host: a¶x-one: 1¶Connection: X-ONE ,,\t close¶X-Two: 2¶"
                                + "CONNECTION: x-two,absent¶Keep-Alive: 5¶Proxy-Connection: x¶"
                                + "TE: trailers¶Upgrade: h2c¶X-Three: 3¶¶");

        assertThat(outcome.fields())
                .isEqualTo(
                        List.of(
                                "Host: a",
                                "[hop] x-one: 1",
                                "[hop] Connection: X-ONE ,,\t close",
                                "[hop] X-Two: 2",
                                "[hop] CONNECTION: x-two,absent",
                                "[hop] Keep-Alive: 5",
                                "[hop] Proxy-Connection: x",
                                "[hop] TE: trailers",
                                "[hop] Upgrade: h2c",
                                "X-Three: 3"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    # request                                              | what it asks for
                    GET / HTTP/1.1¶Host: a¶Expect: 100-Continue¶           | GET / HTTP/1.1 for a +continue
                    GET / HTTP/1.0¶Host: a¶Expect: 100-continue¶           | GET / HTTP/1.0 for a
                    GET / HTTP/1.1¶Host: a¶Upgrade: h¶Connection: Upgrade¶ | GET / HTTP/1.1 for a +upgrade
                    GET / HTTP/1.1¶Host: a¶Upgrade: h¶                     | GET / HTTP/1.1 for a
                    GET / HTTP/1.1¶Host: a¶Connection: upgrade¶            | GET / HTTP/1.1 for a
                    GET / HTTP/1.0¶Host: a¶Upgrade: h¶Connection: upgrade¶ | GET / HTTP/1.0 for a
                    GET / HTTP/1.1¶Host: a¶TE: gzip, Trailers¶             | GET / HTTP/1.1 for a +trailers
                    GET / HTTP/1.1¶Host: a¶TE: trailersx¶                  | GET / HTTP/1.1 for a
                    TRACE / HTTP/1.1¶Host: a¶Max-Forwards: 0¶              | TRACE / HTTP/1.1 for a forwards 0
                    OPTIONS * HTTP/1.1¶Host: a¶Max-Forwards: 010¶          | OPTIONS * HTTP/1.1 for a forwards 10
                    GET / HTTP/1.1¶Host: a¶Max-Forwards: x¶                | GET / HTTP/1.1 for a
                    """)
    void whatARequestAsksForIsKnown(String head, String meaning) {
        assertThat(request(head + "¶").start()).isEqualTo(meaning);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-1", "x", "1, 1", "9223372036854775808"})
    void maxForwardsThatIsNoNumberIsRefused(String value) {
        Outcome outcome = request("TRACE / HTTP/1.1¶Host: a¶Max-Forwards: " + value + "¶¶");

        assertThat(outcome.refused()).isEqualTo(400);
        assertThat(outcome.start()).contains("Max-Forwards is not a number");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    # version | Connection                    | lives on
                    HTTP/1.1  | ''                            | true
                    HTTP/1.1  | Connection: close¶            | false
                    HTTP/1.1  | Connection: x, CLOSE¶         | false
                    HTTP/1.1  | Connection: x¶Connection: close¶ | false
                    HTTP/1.1  | Connection: closed¶           | true
                    HTTP/1.1  | Proxy-Connection: close¶      | true
                    HTTP/1.0  | ''                            | false
                    HTTP/1.0  | Connection: Keep-Alive¶       | true
                    HTTP/1.0  | Connection: keep-alive, close¶ | false
                    HTTP/1.0  | Proxy-Connection: keep-alive¶ | false
                    """)
    void theConnectionLivesOnAsTheSenderSays(String version, String connection, boolean livesOn) {
        Outcome outcome = request("GET / " + version + "¶Host: a¶" + connection + "¶");

        assertThat(outcome.keepAlive()).isEqualTo(livesOn);
    }
}
