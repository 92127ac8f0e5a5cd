package tinygate.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The limits of a head (contract rules H15 and P5), each met exactly and missed by one. */
class HeadLimitsTest {
    private static final HeadLimits LIMITS = new HeadLimits(120, 4, 60);

    private static Outcome request(String message) {
        return MessageReader.everyWay(
                () -> MessageReader.ofRequests(LIMITS), WireText.bytes(message));
    }

    private static Outcome response(String message) {
        return MessageReader.everyWay(
                () -> MessageReader.ofResponses(LIMITS, Method.GET), WireText.bytes(message));
    }

    @ParameterizedTest
    @CsvSource({"60, 0", "61, 414"})
    void theTarget(int bytes, int status) {
        Outcome outcome = request("GET /" + "t".repeat(bytes - 1) + " HTTP/1.1¶Host: a¶¶");

        assertThat(outcome.refused()).isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource({"120, 0", "121, 431"})
    void theHead(int bytes, int status) {
        String head = "GET / HTTP/1.1¶Host: a¶X: ";
        int rest = bytes - WireText.bytes(head).length - 4;

        assertThat(request(head + "v".repeat(rest) + "¶¶").refused()).isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource({"119, 0, incomplete", "120, 414, the request line is larger than 120 bytes"})
    void aRequestLineThatDoesNotEnd(int bytes, int status, String meaning) {
        Outcome outcome = request("GET /" + "t".repeat(bytes - 5));

        assertThat(outcome.refused()).isEqualTo(status);
        assertThat(outcome.start()).isEqualTo(meaning);
    }

    @Test
    void aFieldLineThatDoesNotEnd() {
        Outcome outcome = request("GET / HTTP/1.1¶X: " + "v".repeat(200));

        assertThat(outcome.refused()).isEqualTo(431);
        assertThat(outcome.start()).isEqualTo("the head is larger than 120 bytes");
    }

    @ParameterizedTest
    @CsvSource({"4, 0", "5, 431"})
    void theNumberOfFields(int fields, int status) {
        Outcome outcome = request("GET / HTTP/1.1¶Host: a¶" + "X: y¶".repeat(fields - 1) + "¶");

        assertThat(outcome.refused()).isEqualTo(status);
    }

    @Test
    void whatFollowsTheHeadDoesNotCount() {
        String body = "b".repeat(500);
        Outcome outcome = request("PUT / HTTP/1.1¶Host: a¶Content-Length: 500¶¶" + body);

        assertThat(outcome.content()).isEqualTo(body);
    }

    @Test
    void ofAResponse() {
        assertThat(response("HTTP/1.1 200 " + "r".repeat(200) + "¶¶").refused()).isEqualTo(502);
        assertThat(response("HTTP/1.1 200 OK¶X: " + "r".repeat(200) + "¶¶").refused())
                .isEqualTo(431);
        assertThat(response("HTTP/1.1 200 OK¶" + "X: y¶".repeat(5) + "¶").refused()).isEqualTo(431);
    }
}
