package tinygate.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static tinygate.proxy.Heads.wire;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tinygate.Settings;

/** Requests that the gate answers itself (contract rules H9, H13 and H15). */
class OwnAnswersTest {
    private final OwnAnswers answers = new OwnAnswers(10);

    private Answer answerTo(String lines) {
        return answers.answerTo(Heads.request(lines));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET / HTTP/1.1\nHost: a\nMax-Forwards: 0\n\n",
                "TRACE / HTTP/1.1\nHost: a\nMax-Forwards: 1\n\n",
                "TRACE / HTTP/1.1\nHost: a\n\n",
                "OPTIONS * HTTP/1.1\nHost: a\n\n",
                "PUT / HTTP/1.1\nHost: a\nContent-Length: 10\n\n",
                "PUT / HTTP/1.1\nHost: a\nTransfer-Encoding: chunked\n\n"
            })
    void otherRequestsAreForwarded(String lines) {
        assertThat(answerTo(lines)).isNull();
    }

    @ParameterizedTest
    @CsvSource({"a:443", "/"})
    void connectIsNotImplemented(String target) {
        assertThat(answerTo("CONNECT " + target + " HTTP/1.1\nHost: a\n\n").status())
                .isEqualTo(501);
    }

    @Test
    void aBodyOverTheLimitIsRefusedBeforeItIsRead() {
        Answer answer = answerTo("PUT / HTTP/1.1\nHost: a\nContent-Length: 11\n\n");

        assertThat(answer.status()).isEqualTo(413);
        assertThat(answer.content())
                .isEqualTo("413 Content Too Large: the request's body is larger than 10 bytes\n");
    }

    @Test
    void noLimitIsNoLimit() {
        Settings settings = Settings.loopback(List.of());
        Settings.Limits any = new Settings.Limits(16, 16, 4_096, 20, 1_024, 0);
        Rules rules = Rules.of(settings.withLimits(any), "gate", true);
        String head = "PUT / HTTP/1.1\nHost: a\nContent-Length: " + Long.MAX_VALUE + "\n\n";

        assertThat(rules.ownAnswers().answerTo(Heads.request(head))).isNull();
        assertThat(rules.requestBodyBytes()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void anOptionsThatMayGoNoFurtherIsToldWhatTheGateForwards() {
        Answer answer = answerTo("OPTIONS * HTTP/1.1\nHost: a\nMax-Forwards: 0\n\n");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.content()).isEmpty();
        assertThat(answer.fields())
                .isEqualTo("Allow: GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS, TRACE\r\n");
    }

    @Test
    void aTraceThatMayGoNoFurtherIsSentBackWithoutItsSecrets() {
        Answer answer =
                answerTo(
                        """
                        TRACE http://b/x HTTP/1.0
                        Host: a
                        Max-Forwards: 0
                        cookie: secret
                        Authorization: secret
                        Proxy-Authorization: secret
                        X:y

                        """);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.contentType()).isEqualTo("message/http");
        assertThat(answer.content())
                .isEqualTo(
                        wire(
                                """
                                TRACE http://b/x HTTP/1.0
                                Host: a
                                Max-Forwards: 0
                                X:y

                                """));
    }
}
