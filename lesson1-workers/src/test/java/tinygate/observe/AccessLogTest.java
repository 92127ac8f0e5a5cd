package tinygate.observe;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

/** The form of an access log line, and that a client cannot forge one. */
class AccessLogTest {
    private static final Instant TIME = Instant.parse("2026-01-02T03:04:05Z");

    private final AccessLog log = new AccessLog(ZoneOffset.UTC);

    @Test
    void aLineIsTheCombinedFormatThenUpstreamAndMicroseconds() {
        AccessLog.Entry entry =
                new AccessLog.Entry(
                        "192.0.2.7",
                        TIME,
                        "GET /a?b HTTP/1.1",
                        200,
                        1234,
                        "http://example.org/",
                        "curl/8",
                        "127.0.0.1:9001",
                        412);
        assertThat(log.line(entry))
                .isEqualTo(
                        "192.0.2.7 - - [02/Jan/2026:03:04:05 +0000] \"GET /a?b HTTP/1.1\" 200 1234"
                                + " \"http://example.org/\" \"curl/8\" 127.0.0.1:9001 412");
    }

    @Test
    void whatThereWasNotIsAHyphen() {
        AccessLog.Entry entry =
                new AccessLog.Entry("192.0.2.7", TIME, "", 400, 0, null, null, null, 1);
        assertThat(log.line(entry)).endsWith(" \"-\" 400 0 \"-\" \"-\" - 1");
    }

    @Test
    void aClientCannotEndAFieldOrALine() {
        AccessLog.Entry entry =
                new AccessLog.Entry(
                        "192.0.2.7",
                        TIME,
                        "GET /\" 200 HTTP/1.1",
                        200,
                        0,
                        "a\r\nb\u0000c\u007f",
                        "\\x22 \u00e9\u001b[2J",
                        null,
                        1);
        assertThat(log.line(entry))
                .contains("\"GET /\\x22 200 HTTP/1.1\" 200")
                .contains("\"a\\x0D\\x0Ab\\x00c\\x7F\"")
                .contains("\"\\x5Cx22 \\xE9\\x1B[2J\"");
    }
}
