package tinygate.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static tinygate.contract.Message.head;

import java.io.IOException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** Rules H1 to H3: the request line, the version and Host. */
interface RequestHeads extends TestedGate {

    @ParameterizedTest
    @Tag("H1")
    @EnumSource(mode = Mode.MATCH_ANY, names = "H1_.*")
    default void aRequestThatBreaksTheSyntaxIsRefused(BadRequest bad, Bench bench)
            throws IOException {
        bench.expectRefusedHoweverSent(bad.bytes, bad.status);
    }

    @Test
    @Tag("H1")
    default void oneLeadingEmptyLineIsTolerated(Bench bench) throws IOException {
        assertThat(bench.forwarded("\r\n" + Bench.GET).startLine()).isEqualTo("GET / HTTP/1.1");
    }

    @ParameterizedTest
    @Tag("H1")
    @CsvSource({"GET", "PUT", "DELETE", "PATCH", "PROPFIND", "get", "X-Y"})
    default void anyMethodIsForwardedAsWritten(String method, Bench bench) throws IOException {
        Message forwarded = bench.forwarded(head(method + " /a HTTP/1.1", "Host: a.test"));
        assertThat(forwarded.startLine()).isEqualTo(method + " /a HTTP/1.1");
    }

    @Test
    @Tag("H1")
    default void theTargetIsForwardedAsWritten(Bench bench) throws IOException {
        String target = "/a/../b//c%2F%00;p=1:@!$&'()*+,=?q=~-._/?";
        Message forwarded = bench.forwarded(head("GET " + target + " HTTP/1.1", "Host: a.test"));
        assertThat(forwarded.target()).isEqualTo(target);
    }

    @Test
    @Tag("H1")
    default void fieldsAreForwardedInOrderAndAsWritten(Bench bench) throws IOException {
        Message forwarded =
                bench.forwarded(
                        head(
                                "GET / HTTP/1.1",
                                "Host: a.test",
                                "x-One:1",
                                "Cookie: a=b",
                                "X-ONE:  2\t",
                                "Cookie: c=d",
                                "X-Latin: caf\u00e9",
                                "X-Empty:"));
        assertThat(forwarded.values("X-One")).containsExactly("1", "2");
        assertThat(forwarded.values("Cookie")).containsExactly("a=b", "c=d");
        assertThat(forwarded.field("X-Latin")).isEqualTo("caf\u00e9");
        assertThat(forwarded.field("X-Empty")).isEmpty();
        assertThat(forwarded.fields()).anyMatch(field -> field.name().equals("x-One"));
    }

    @Test
    @Tag("H1")
    default void aRequestThatComesByteByByteIsTheSame(Bench bench) throws IOException {
        RawClient client = bench.client();
        client.sendByteByByte(
                head("POST /a HTTP/1.1", "Host: a.test", "Content-Length: 5", "X: y") + "hello");
        Message received = bench.upstream().accept().answer(Bench.OK);
        assertThat(received.startLine()).isEqualTo("POST /a HTTP/1.1");
        assertThat(received.field("X")).isEqualTo("y");
        assertThat(received.text()).isEqualTo("hello");
        assertThat(client.readResponse().text()).isEqualTo("ok");
    }

    @ParameterizedTest
    @Tag("H2")
    @EnumSource(mode = Mode.MATCH_ANY, names = "H2_.*")
    default void aVersionThatIsNotHttp1IsRefused(BadRequest bad, Bench bench) throws IOException {
        bench.expectRefusedHoweverSent(bad.bytes, bad.status);
    }

    @Test
    @Tag("H2")
    default void anHttp10RequestIsForwardedAsHttp11AndItsConnectionCloses(Bench bench)
            throws IOException {
        RawClient client = bench.client();
        client.send(head("GET / HTTP/1.0", "Host: a.test"));
        Message received = bench.upstream().accept().answer(Bench.OK);
        assertThat(received.startLine()).isEqualTo("GET / HTTP/1.1");
        Message response = client.readResponse();
        assertThat(response.startLine()).startsWith("HTTP/1.1 200");
        assertThat(response.field("Connection")).isEqualToIgnoringCase("close");
        client.expectClosed();
    }

    @Test
    @Tag("H2")
    default void anHttp10ClientThatAsksForKeepAliveGetsIt(Bench bench) throws IOException {
        RawClient client = bench.client();
        String request = head("GET / HTTP/1.0", "Host: a.test", "Connection: keep-alive");
        Message response = bench.relayed(client, request, Bench.OK_CLOSE);
        assertThat(response.field("Connection")).isEqualToIgnoringCase("keep-alive");
        assertThat(bench.relayed(client, request, Bench.OK_CLOSE).text()).isEqualTo("ok");
    }

    @Test
    @Tag("H2")
    default void aChunkedResponseReachesAnHttp10ClientWithoutChunks(Bench bench)
            throws IOException {
        RawClient client = bench.client();
        Message response =
                bench.relayed(
                        client,
                        head("GET / HTTP/1.0", "Host: a.test", "Connection: keep-alive"),
                        head("HTTP/1.1 200 OK", "Transfer-Encoding: chunked")
                                + "3\r\nabc\r\n2;x=y\r\nde\r\n0\r\nX-End: z\r\n\r\n");
        assertThat(response.has("Transfer-Encoding")).isFalse();
        assertThat(response.text()).isEqualTo("abcde");
        client.expectClosed();
    }

    @ParameterizedTest
    @Tag("H3")
    @EnumSource(mode = Mode.MATCH_ANY, names = "H3_.*")
    default void aHostThatIsNotOneAndValidIsRefused(BadRequest bad, Bench bench)
            throws IOException {
        bench.expectRefusedHoweverSent(bad.bytes, bad.status);
    }

    @ParameterizedTest
    @Tag("H3")
    @CsvSource({"a.test", "A.Test:8080", "127.0.0.1", "[::1]:80", "a_b-c.test"})
    default void aValidHostIsForwardedAsWritten(String host, Bench bench) throws IOException {
        Message forwarded = bench.forwarded(head("GET / HTTP/1.1", "Host: " + host));
        assertThat(forwarded.values("Host")).containsExactly(host);
    }

    @ParameterizedTest
    @Tag("H3")
    @CsvSource({
        "GET, http://b.test/x?y=z, /x?y=z",
        "GET, http://b.test, /",
        "GET, HTTP://b.test?y=z, /?y=z",
        "OPTIONS, http://b.test, *",
    })
    default void anAbsoluteTargetReplacesHost(
            String method, String target, String forwardedTarget, Bench bench) throws IOException {
        Message forwarded =
                bench.forwarded(head(method + " " + target + " HTTP/1.1", "Host: a.test"));
        assertThat(forwarded.target()).isEqualTo(forwardedTarget);
        assertThat(forwarded.values("Host")).containsExactly("b.test");
    }

    @Test
    @Tag("H3")
    default void anHttp10RequestWithoutHostIsForwardedWithTheGatesAddress(Bench bench)
            throws IOException {
        Message forwarded = bench.forwarded(head("GET / HTTP/1.0"));
        assertThat(forwarded.values("Host"))
                .containsExactly("127.0.0.1:" + bench.gate().address().getPort());
    }
}
