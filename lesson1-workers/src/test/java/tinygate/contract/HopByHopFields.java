package tinygate.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static tinygate.contract.Message.head;

import java.io.IOException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rule H7: what one connection says to the other end of it goes no further. */
interface HopByHopFields extends TestedGate {

    @ParameterizedTest
    @Tag("H7")
    @ValueSource(
            strings = {
                "Keep-Alive: timeout=5",
                "Proxy-Connection: keep-alive",
                "TE: gzip",
                "Upgrade: h2c",
                "Proxy-Connection: close"
            })
    default void aHopByHopFieldOfARequestIsRemoved(String field, Bench bench) throws IOException {
        Message forwarded = bench.forwarded(head("GET / HTTP/1.1", "Host: a.test", field, "X: y"));
        assertThat(forwarded.has(field.substring(0, field.indexOf(':')))).isFalse();
        assertThat(forwarded.field("X")).isEqualTo("y");
    }

    @Test
    @Tag("H7")
    default void everyFieldThatConnectionNamesIsRemovedFromARequest(Bench bench)
            throws IOException {
        Message forwarded =
                bench.forwarded(
                        head(
                                "GET / HTTP/1.1",
                                "X-Before: secret",
                                "Connection: x-before,, X-After ,keep-alive",
                                "Host: a.test",
                                "X-After: secret",
                                "Connection: X-Third",
                                "x-third: secret",
                                "X-Kept: public"));
        assertThat(forwarded.fields()).noneMatch(field -> field.value().equals("secret"));
        assertThat(forwarded.field("X-Kept")).isEqualTo("public");
        assertThat(String.valueOf(forwarded.field("Connection")).toLowerCase())
                .doesNotContain("x-");
    }

    @Test
    @Tag("H7")
    default void everyFieldThatConnectionNamesIsRemovedFromAResponse(Bench bench)
            throws IOException {
        Message response =
                bench.relayed(
                        head(
                                "HTTP/1.1 200 OK",
                                "X-Before: secret",
                                "Connection: x-before, X-After",
                                "X-After: secret",
                                "Content-Length: 0",
                                "Keep-Alive: timeout=5",
                                "Proxy-Connection: keep-alive",
                                "Upgrade: h2c",
                                "X-Kept: public"));
        assertThat(response.fields()).noneMatch(field -> field.value().equals("secret"));
        assertThat(response.has("Keep-Alive")).isFalse();
        assertThat(response.has("Proxy-Connection")).isFalse();
        assertThat(response.has("Upgrade")).isFalse();
        assertThat(response.field("X-Kept")).isEqualTo("public");
    }

    @Test
    @Tag("H7")
    default void ofTeOnlyTrailersIsForwarded(Bench bench) throws IOException {
        Message forwarded =
                bench.forwarded(
                        head(
                                "GET / HTTP/1.1",
                                "Host: a.test",
                                "Connection: TE",
                                "TE: gzip;q=0.5, trailers"));
        assertThat(forwarded.values("TE")).containsExactly("trailers");
    }

    @Test
    @Tag("H7")
    default void namingHostInConnectionDoesNotRemoveIt(Bench bench) throws IOException {
        Message forwarded =
                bench.forwarded(head("GET / HTTP/1.1", "Host: a.test", "Connection: Host"));
        assertThat(forwarded.values("Host")).containsExactly("a.test");
    }

    @Test
    @Tag("H7")
    default void namingContentLengthInConnectionDoesNotBreakTheFraming(Bench bench)
            throws IOException {
        Message forwarded =
                bench.forwarded(
                        head(
                                        "POST / HTTP/1.1",
                                        "Host: a.test",
                                        "Connection: Content-Length",
                                        "Content-Length: 5")
                                + "hello");
        assertThat(forwarded.text()).isEqualTo("hello");
    }

    @Test
    @Tag("H7")
    default void namingTransferEncodingInConnectionDoesNotBreakTheFraming(Bench bench)
            throws IOException {
        Message forwarded =
                bench.forwarded(
                        head(
                                        "POST / HTTP/1.1",
                                        "Host: a.test",
                                        "Connection: Transfer-Encoding",
                                        "Transfer-Encoding: chunked")
                                + "5\r\nhello\r\n0\r\n\r\n");
        assertThat(forwarded.text()).isEqualTo("hello");
    }

    @Test
    @Tag("H7")
    default void aClientThatClosesDoesNotMakeTheUpstreamClose(Bench bench) throws IOException {
        Message forwarded =
                bench.forwarded(head("GET / HTTP/1.1", "Host: a.test", "Connection: close"));
        assertThat(forwarded.field("Connection")).isNotEqualTo("close");
    }

    @Test
    @Tag("H7")
    default void anUpstreamThatClosesDoesNotMakeTheClientClose(Bench bench) throws IOException {
        RawClient client = bench.client();
        Message response = bench.relayed(client, Bench.GET, Bench.OK_CLOSE);
        assertThat(response.field("Connection")).isNotEqualTo("close");
        assertThat(bench.relayed(client, Bench.GET, Bench.OK_CLOSE).text()).isEqualTo("ok");
    }
}
