package tinygate.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static tinygate.contract.Message.head;

import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** Rule H4: where a request ends is never a matter of opinion (request smuggling). */
interface RequestFraming extends TestedGate {

    @ParameterizedTest
    @Tag("H4")
    @EnumSource(mode = Mode.MATCH_ANY, names = "H4_.*")
    default void ambiguousFramingIsRefused(BadRequest bad, Bench bench) throws IOException {
        bench.expectRefusedHoweverSent(bad.bytes, bad.status);
    }

    @Test
    @Tag("H4")
    default void aBodyWithItsLengthIsForwardedWithItsLength(Bench bench) throws IOException {
        Message forwarded =
                bench.forwarded(
                        head("POST / HTTP/1.1", "Host: a.test", "Content-Length:\t005 ") + "hello");
        assertThat(forwarded.values("Content-Length")).hasSize(1);
        assertThat(forwarded.text()).isEqualTo("hello");
    }

    @ParameterizedTest
    @Tag("H4")
    @CsvSource({"chunked", "CHUNKED", "Chunked"})
    default void aChunkedBodyIsForwardedChunked(String coding, Bench bench) throws IOException {
        Message forwarded =
                bench.forwarded(
                        head("POST / HTTP/1.1", "Host: a.test", "Transfer-Encoding:\t" + coding)
                                + "5\r\nhello\r\n0\r\n\r\n");
        assertThat(forwarded.values("Transfer-Encoding")).containsExactly("chunked");
        assertThat(forwarded.has("Content-Length")).isFalse();
        assertThat(forwarded.text()).isEqualTo("hello");
    }

    @Test
    @Tag("H4")
    default void aGetMayHaveABody(Bench bench) throws IOException {
        Message forwarded =
                bench.forwarded(
                        head("GET / HTTP/1.1", "Host: a.test", "Content-Length: 5") + "hello");
        assertThat(forwarded.text()).isEqualTo("hello");
    }

    @Test
    @Tag("H4")
    default void anEmptyBodyIsForwardedAsOne(Bench bench) throws IOException {
        Message forwarded =
                bench.forwarded(head("POST / HTTP/1.1", "Host: a.test", "Content-Length: 0"));
        assertThat(forwarded.field("Content-Length")).isEqualTo("0");
    }

    @Test
    @Tag("H4")
    default void whatFollowsABodyIsTheNextRequestAndNothingElse(Bench bench) throws IOException {
        RawClient client = bench.client();
        client.send(
                head("POST /1 HTTP/1.1", "Host: a.test", "Content-Length: 5")
                        + "GET /"
                        + head("GET /2 HTTP/1.1", "Host: a.test"));
        ScriptedUpstream.Connection first = bench.upstream().accept();
        assertThat(first.answer(Bench.OK_CLOSE).text()).isEqualTo("GET /");
        first.close();
        assertThat(bench.upstream().accept().answer(Bench.OK).target()).isEqualTo("/2");
        client.readResponse();
        client.readResponse();
    }

    @Test
    @Tag("H4")
    default void aBodyThatIsCutOffNeverLooksWholeToTheUpstream(Bench bench) throws IOException {
        for (String framing : new String[] {"Content-Length: 10", "Transfer-Encoding: chunked"}) {
            RawClient client = bench.client();
            client.send(head("POST / HTTP/1.1", "Host: a.test", framing) + "5\r\nhell");
            client.close();
            ScriptedUpstream.Connection connection =
                    bench.upstream().accept(Duration.ofMillis(300));
            if (connection != null) {
                assertThat(connection.readToEnd()).doesNotEndWith("0\r\n\r\n");
                connection.close();
            }
        }
    }
}
