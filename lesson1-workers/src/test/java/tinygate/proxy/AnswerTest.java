package tinygate.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static tinygate.proxy.Heads.DATE;
import static tinygate.proxy.Heads.wire;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tinygate.http.HttpViolation;

/** The gate's own answers on the wire (contract rule H15). */
class AnswerTest {

    @ParameterizedTest
    @CsvSource({
        "400, Bad Request",
        "404, Not Found",
        "408, Request Timeout",
        "413, Content Too Large",
        "414, URI Too Long",
        "431, Request Header Fields Too Large",
        "501, Not Implemented",
        "502, Bad Gateway",
        "503, Service Unavailable",
        "504, Gateway Timeout",
        "505, HTTP Version Not Supported"
    })
    void anErrorSaysWhatWasWrong(int status, String reason) {
        Answer answer = Errors.badRequest(new HttpViolation(status, "too bad"));
        String content = status + " " + reason + ": too bad\n";

        assertThat(Heads.written(out -> answer.write(out, true, false, DATE)))
                .isEqualTo(
                        wire("HTTP/1.1 " + status + " " + reason + "\n")
                                + wire("Date: " + DATE + "\nContent-Type: text/plain\n")
                                + wire("Content-Length: " + content.length() + "\n")
                                + wire("Connection: keep-alive\n\n")
                                + content);
    }

    @Test
    void anAnswerToHeadHasTheSameHeadAndNoContent() {
        Answer answer = new Answer(200, "Allow: GET\r\n", "text/plain", "four");

        assertThat(Heads.written(out -> answer.write(out, false, true, DATE)))
                .isEqualTo(
                        wire(
                                """
                                HTTP/1.1 200 OK
                                Date: Sun, 06 Nov 1994 08:49:37 GMT
                                Content-Type: text/plain
                                Content-Length: 4
                                Connection: close
                                Allow: GET

                                """));
    }

    @Test
    void aStatusThatNoGateAnswersWithIsAnError() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Errors.badRequest(new HttpViolation(418, "teapot")));
    }
}
