package tinygate.http;

import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tinygate.kit.Exercise;
import tinygate.kit.Story;

/** Exercise 1.2: where a body ends, and that nobody may be of two minds about it. */
@Exercise(
        id = "1.2",
        title = "Framing, and no smuggling",
        points = 15,
        minutes = 35,
        chapter = "lesson1.html#ex-1-2",
        code = "tinygate.http.FramingRules",
        hints = {
            """
            Two programs that find different ends of one request take different bytes for the next request: that is
            smuggling. So whatever could be read in two ways is refused: two lengths, a length beside
            Transfer-Encoding, a length that is not only digits.""",
            """
            fields.find(name, from) gives the index of the next field with a name, -1 if there is none;
            fields.number(field) reads a value strictly. A list's members are found by
            fields.memberFrom(fields.valueFrom(field), end) and fields.memberTo(from, end).""",
            """
            In chunked(): go through all members of all Transfer-Encoding fields and remember how many there were, how
            often chunked, whether the last one was chunked, and whether one was not registered. Decide only behind the
            loop: HTTP/1.0, a Content-Length beside it, not once chunked, unknown, not last, more than one."""
        })
public class FramingExercise {
    private static final String NEXT = "GET /next HTTP/1.1\r\nHost: a.test\r\n\r\n";

    @ParameterizedTest
    @Order(1)
    @CsvSource(
            delimiter = '|',
            value = {
                "X: y                                       | NONE    | 0",
                "Content-Length: 0                          | LENGTH  | 0",
                "Content-Length: 5                          | LENGTH  | 5",
                "content-length:007                         | LENGTH  | 7",
                "Content-Length: 9223372036854775807        | LENGTH  | 9223372036854775807",
                "Transfer-Encoding: chunked                 | CHUNKED | 0",
                "transfer-encoding:CHUNKED                  | CHUNKED | 0",
                "Transfer-Encoding: , chunked ,,            | CHUNKED | 0",
                "X-Content-Length: 5                        | NONE    | 0",
                "Transfer_Encoding: chunked                 | NONE    | 0"
            })
    void theBodyOfARequestIsFound(String field, Framing.Kind kind, long length, Story story)
            throws HttpViolation {
        Framing framing = framing("HTTP/1.1", story, field);
        story.expect("the kind of framing", kind, framing.kind());
        story.expect("the length", length, framing.length());
    }

    @ParameterizedTest
    @Order(2)
    @ValueSource(
            strings = {
                "Content-Length:",
                "Content-Length: +5",
                "Content-Length: -5",
                "Content-Length: 0x5",
                "Content-Length: 5 5",
                "Content-Length: 5, 6",
                "Content-Length: 5, 5",
                "Content-Length: 5;x",
                "Content-Length: 9223372036854775808",
                "Content-Length: 18446744073709551621"
            })
    void aLengthThatIsNoPlainNumberIsRefused(String field, Story story) {
        refused("HTTP/1.1", List.of(400), story, field);
    }

    @ParameterizedTest
    @Order(3)
    @ValueSource(strings = {"Content-Length: 6", "Content-Length: 5", "content-length:"})
    void twoLengthsAreRefused(String second, Story story) {
        refused("HTTP/1.1", List.of(400), story, "Content-Length: 5", second);
    }

    @Test
    @Order(4)
    void aLengthBesideTransferEncodingIsRefusedInEitherOrder(Story story) {
        String length = "Content-Length: 6";
        String chunked = "Transfer-Encoding: chunked";
        refused("HTTP/1.1", List.of(400), story, length, chunked);
        refused("HTTP/1.1", List.of(400), story, chunked, length);
    }

    @Test
    @Order(5)
    void transferEncodingInHttp10IsRefused(Story story) {
        refused("HTTP/1.0", List.of(400), story, "Transfer-Encoding: chunked");
    }

    /** What does not end with chunked has no end that a proxy could find. */
    @ParameterizedTest
    @Order(6)
    @ValueSource(
            strings = {
                "Transfer-Encoding:",
                "Transfer-Encoding: ,",
                "Transfer-Encoding: gzip",
                "Transfer-Encoding: chunked, gzip",
                "Transfer-Encoding: chunked, chunked"
            })
    void codingsThatDoNotEndWithOneChunkedAreRefused(String field, Story story) {
        refused("HTTP/1.1", List.of(400), story, field);
    }

    @ParameterizedTest
    @Order(7)
    @ValueSource(
            strings = {
                "Transfer-Encoding: gzip, chunked",
                "Transfer-Encoding: xchunked",
                "Transfer-Encoding: chunkedx",
                "Transfer-Encoding: chunked;q=1",
                "Transfer-Encoding: \"chunked\"",
                "Transfer-Encoding: identity, chunked"
            })
    void aCodingThatTheGateDoesNotSpeakIsRefused(String field, Story story) {
        refused("HTTP/1.1", List.of(501), story, field);
    }

    @Test
    @Order(8)
    void codingsInSeveralFieldsAreOneList(Story story) throws HttpViolation {
        String chunked = "Transfer-Encoding: chunked";
        refused("HTTP/1.1", List.of(400), story, chunked, chunked);
        refused("HTTP/1.1", List.of(400, 501), story, chunked, "Transfer-Encoding: x");
        Framing framing = framing("HTTP/1.1", story, "Transfer-Encoding:", chunked);
        story.expect("the kind of framing", Framing.Kind.CHUNKED, framing.kind());
    }

    @ParameterizedTest
    @Order(9)
    @CsvSource({
        "Content-Length: 5, LENGTH",
        "Transfer-Encoding: chunked, CHUNKED",
        "X: y, UNTIL_CLOSE"
    })
    void theBodyOfAResponseIsFound(String field, Framing.Kind kind, Story story)
            throws HttpViolation {
        String message = "HTTP/1.1 200 OK\r\n" + field + "\r\n\r\n";
        story.step("parse the response %s", message);
        ResponseHead head = new ResponseHead(MessageReader.LIMITS);
        head.reset(Method.GET);
        head.parse(ByteBuffer.wrap(Ascii.bytes(message)));
        story.expect("the kind of framing", kind, head.framing().kind());
    }

    private static Framing framing(String version, Story story, String... fields)
            throws HttpViolation {
        String message =
                "POST / "
                        + version
                        + "\r\nHost: a.test\r\n"
                        + String.join("\r\n", fields)
                        + "\r\n\r\n";
        story.step("parse %s", message);
        RequestHead head = new RequestHead(MessageReader.LIMITS);
        head.parse(ByteBuffer.wrap(Ascii.bytes(message + NEXT)));
        return head.framing();
    }

    private static void refused(
            String version, List<Integer> statuses, Story story, String... fields) {
        int status = 0;
        try {
            framing(version, story, fields);
        } catch (HttpViolation e) {
            status = e.status();
        }
        if (!statuses.contains(status)) {
            story.expect("the status of the refusal (0 for none)", statuses.get(0), status);
        }
    }
}
