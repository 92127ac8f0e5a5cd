package tinygate.http;

import static org.assertj.core.api.Assertions.assertThat;
import static tinygate.http.Vectors.request;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Chunked bodies (contract rule H6; RFC 9112, section 7.1), vector by vector. */
class ChunkedBodyTest {
    private static final String HEAD = "POST / HTTP/1.1¶Host: a¶Transfer-Encoding: chunked¶¶";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    # body                                | content
                    0¶¶                                   | ''
                    000000000000000¶¶                     | ''
                    5¶hello¶0¶¶                           | hello
                    5¶hello¶6¶ world¶0¶¶                  | hello world
                    a¶0123456789¶0¶¶                      | 0123456789
                    A¶0123456789¶0¶¶                      | 0123456789
                    00000000000000A¶0123456789¶0¶¶        | 0123456789
                    1A¶abcdefghijklmnopqrstuvwxyz¶0¶¶     | abcdefghijklmnopqrstuvwxyz
                    5;x¶hello¶0;y=1¶¶                     | hello
                    5;x=1;y="a;b\\"c"¶hello¶0¶¶           | hello
                    5;¶hello¶0¶¶                          | hello
                    5;é␉¶hello¶0¶¶                        | hello
                    5␠¶hello¶0␠␉¶¶                        | hello
                    5 ; x = 1¶hello¶0¶¶                   | hello
                    5¶0¶¶¶0¶¶                             | 0¶¶
                    5¶hello¶0¶Name: value¶¶               | hello
                    5¶hello¶0¶A:¶B: é␉c¶¶                 | hello
                    5¶hello¶0¶¶5¶other¶0¶¶                | hello
                    """)
    void isRead(String body, String content) {
        Outcome outcome = request(HEAD + body);

        assertThat(outcome.refused()).isZero();
        assertThat(outcome.whole()).isTrue();
        assertThat(WireText.show(Ascii.bytes(outcome.content()))).isEqualTo(content);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            textBlock =
                    """
                    # body, and below each byte what it is
                    5;x=1␍␊hello␍␊0␍␊Name: value␍␊␍␊GET | -------^^^^^--------------------
                    1␍␊0␍␊2␍␊␍␊␍␊0␍␊␍␊                  | ---^-----^^-------
                    0␍␊␍␊0␍␊␍␊                          | -----
                    """)
    void contentAndFramingAreToldApart(String body, String runs) {
        assertThat(request(HEAD + body).runs()).isEqualTo(runs);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    # body                          | why
                    ¶                               | a chunk's size holds a CR
                    ␊                               | a chunk's size holds an LF
                    ␠5¶hello¶0¶¶                    | a chunk's size holds the byte 0x20
                    -1¶                             | a chunk's size holds the byte 0x2d
                    +5¶hello¶0¶¶                    | a chunk's size holds the byte 0x2b
                    0x5¶hello¶0¶¶                   | a chunk's size holds the byte 0x78
                    5x¶hello¶0¶¶                    | a chunk's size holds the byte 0x78
                    g¶                              | a chunk's size holds the byte 0x67
                    5,5¶hello¶0¶¶                   | a chunk's size holds the byte 0x2c
                    5_0¶                            | a chunk's size holds the byte 0x5f
                    5 5¶hello¶0¶¶                   | a chunk's size holds the byte 0x35
                    5␀¶hello¶0¶¶                    | a chunk's size holds a NUL
                    5␋¶hello¶0¶¶                    | a chunk's size holds the byte 0x0b
                    5␊hello¶0¶¶                     | a chunk's size holds an LF
                    5␍hello¶0¶¶                     | no CRLF behind a chunk's size
                    5␍␍␊hello¶0¶¶                   | no CRLF behind a chunk's size
                    ;x¶                             | a chunk's size holds the byte 0x3b
                    1000000000000000¶               | more than 15 digits
                    0000000000000005¶hello¶0¶¶      | more than 15 digits
                    ffffffffffffffff¶               | more than 15 digits
                    100000000000000005¶hello¶0¶¶    | more than 15 digits
                    5;x␊hello¶0¶¶                   | a chunk extension holds an LF
                    5;x␍hello¶0¶¶                   | no CRLF behind a chunk's size
                    5;␀¶hello¶0¶¶                   | a chunk extension holds a NUL
                    5;"␊"¶hello¶0¶¶                 | a chunk extension holds an LF
                    5¶hello0¶¶                      | no CRLF behind a chunk
                    5¶hell¶0¶¶                      | no CRLF behind a chunk
                    5¶hello!¶0¶¶                    | no CRLF behind a chunk
                    5¶hello␊0¶¶                     | no CRLF behind a chunk
                    5¶hello␍0¶¶                     | no CRLF behind a chunk
                    5¶hello␠¶0¶¶                    | no CRLF behind a chunk
                    5¶hello¶¶0¶¶                    | a chunk's size holds a CR
                    0¶␊                             | a trailer field's name holds an LF
                    0¶␍x                            | no CRLF behind the trailers
                    0¶GET / HTTP/1.1¶               | a trailer field's name holds the byte 0x20
                    0¶Name : value¶¶                | a trailer field's name holds the byte 0x20
                    0¶: value¶¶                     | a trailer field's name holds the byte 0x3a
                    0¶Name¶¶                        | a trailer field's name holds a CR
                    0¶␠Name: value¶¶                | a trailer field's name holds the byte 0x20
                    0¶Name: a¶␠b¶¶                  | a trailer field's name holds the byte 0x20
                    0¶Name: a␊¶¶                    | a trailer field's value holds an LF
                    0¶Name: a␍b¶¶                   | no CRLF behind a trailer field
                    0¶Name: a␀¶¶                    | a trailer field's value holds a NUL
                    """)
    void isRefused(String body, String why) {
        Outcome outcome = request(HEAD + body);

        assertThat(outcome.start()).contains(why);
        assertThat(outcome.refused()).isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "5", "5¶", "5¶hell", "5¶hello", "5¶hello␍", "5¶hello¶", "5¶hello¶0¶"})
    void isNotWholeBeforeItsLastByte(String body) {
        Outcome outcome = request(HEAD + body);

        assertThat(outcome.refused()).isZero();
        assertThat(outcome.whole()).isFalse();
    }

    @Test
    void theLargestChunkIsNotYetWhole() {
        Outcome outcome = request(HEAD + "fffffffffffffff¶x");

        assertThat(outcome.refused()).isZero();
        assertThat(outcome.content()).isEqualTo("x");
        assertThat(outcome.whole()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"4095, 0", "4096, 400"})
    void aSizeLineHasALimit(int extensionBytes, int status) {
        String extension = ";" + "x".repeat(extensionBytes - 1);

        assertThat(longBody("5" + extension + "¶hello¶0¶¶").refused()).isEqualTo(status);
        assertThat(longBody("5" + " ".repeat(extensionBytes) + "¶hello¶0¶¶").refused())
                .isEqualTo(status);
    }

    @Test
    void theLimitOfASizeLineCountsAnewForEachChunk() {
        String chunk = "1;" + "x".repeat(3000) + "¶a¶";

        assertThat(longBody(chunk.repeat(5) + "0¶¶").content()).isEqualTo("aaaaa");
    }

    @ParameterizedTest
    @CsvSource({"101, 0", "102, 400"})
    void allTrailersTogetherHaveALimitTheirLastLfNotCounted(int bytes, int status) {
        HeadLimits limits = new HeadLimits(100, 10, 50);
        String trailers = "A: 1¶".repeat(10);
        String last = "B:" + "v".repeat(bytes - 60 - 6) + "¶¶";
        byte[] message = WireText.bytes(HEAD + "0¶" + trailers + last);

        Outcome outcome = MessageReader.everyWay(() -> MessageReader.ofRequests(limits), message);

        assertThat(outcome.refused()).isEqualTo(status);
    }

    private static Outcome longBody(String body) {
        byte[] message = WireText.bytes(HEAD + body);
        MessageReader reader = MessageReader.ofRequests(MessageReader.LIMITS);
        Outcome whole = reader.read(message);
        assertThat(reader.byteByByte(message)).isEqualTo(whole);
        return whole;
    }
}
