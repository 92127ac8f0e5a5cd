package tinygate.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static tinygate.contract.Message.head;

import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rule H9: Max-Forwards with TRACE and OPTIONS (RFC 9110, section 7.6.2). */
interface MaxForwards extends TestedGate {

    @ParameterizedTest
    @Tag("H9")
    @ValueSource(strings = {"TRACE", "OPTIONS"})
    default void maxForwardsIsDecremented(String method, Bench bench) throws IOException {
        Message forwarded =
                bench.forwarded(head(method + " / HTTP/1.1", "Host: a.test", "Max-Forwards: 5"));
        assertThat(forwarded.values("Max-Forwards")).containsExactly("4");
    }

    @Test
    @Tag("H9")
    default void optionsAtZeroIsAnsweredByTheGate(Bench bench) throws IOException {
        RawClient client = bench.client();
        Message response =
                client.ask(head("OPTIONS * HTTP/1.1", "Host: a.test", "Max-Forwards: 0"));
        assertThat(response.status()).isEqualTo(200);
        assertThat(response.field("Allow")).contains("GET", "POST", "OPTIONS");
        bench.upstream().expectNoConnection(Duration.ZERO);
        assertThat(bench.relayed(client, Bench.GET, Bench.OK_CLOSE).text()).isEqualTo("ok");
    }

    @Test
    @Tag("H9")
    default void traceAtZeroIsEchoedWithoutItsSecrets(Bench bench) throws IOException {
        RawClient client = bench.client();
        Message response =
                client.ask(
                        head(
                                "TRACE /a?b HTTP/1.1",
                                "Host: a.test",
                                "Max-Forwards: 0",
                                "Cookie: secret",
                                "authorization: secret",
                                "X: y"));
        assertThat(response.status()).isEqualTo(200);
        assertThat(response.field("Content-Type")).startsWith("message/http");
        assertThat(response.text())
                .startsWith("TRACE /a?b HTTP/1.1\r\n")
                .contains("X: y\r\n")
                .doesNotContain("secret");
        bench.upstream().expectNoConnection(Duration.ZERO);
    }

    @Test
    @Tag("H9")
    default void maxForwardsOfOtherMethodsIsLeftAlone(Bench bench) throws IOException {
        Message forwarded =
                bench.forwarded(head("GET / HTTP/1.1", "Host: a.test", "Max-Forwards: 0"));
        assertThat(forwarded.field("Max-Forwards")).isEqualTo("0");
    }

    @Test
    @Tag("H9")
    default void traceWithABodyIsRefused(Bench bench) throws IOException {
        bench.expectRefused(
                head("TRACE / HTTP/1.1", "Host: a.test", "Content-Length: 5") + "hello", 400);
    }
}
