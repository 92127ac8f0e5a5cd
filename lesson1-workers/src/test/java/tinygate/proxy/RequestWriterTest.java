package tinygate.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static tinygate.proxy.Heads.ALL_ADDED;
import static tinygate.proxy.Heads.NOTHING_ADDED;
import static tinygate.proxy.Heads.wire;

import java.net.Inet6Address;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tinygate.Settings.Forwarding;

/** A request's head as the upstream gets it (contract rules H2, H3, H7, H8 and H9). */
class RequestWriterTest {
    private static String forwarded(Forwarding forwarding, boolean fullDuplex, String lines) {
        RequestWriter writer = new RequestWriter(forwarding, "gate.example:8080", fullDuplex);
        return Heads.written(out -> writer.write(Heads.request(lines), "10.0.0.1", out));
    }

    private static String forwarded(String lines) {
        return forwarded(NOTHING_ADDED, false, lines);
    }

    @Test
    void endToEndFieldsAreForwardedAsTheyCameAndInOrder() {
        String forwarded =
                forwarded(
                        """
                        GET /a?b HTTP/1.1
                        accept:*/*
                        Host: a.example:81
                        X-Empty:
                        Cookie: a=b
                        Cookie: c=d, é
                        Max-Forwards: 3

                        """);

        assertThat(forwarded)
                .isEqualTo(
                        wire(
                                """
                                GET /a?b HTTP/1.1
                                Host: a.example:81
                                accept:*/*
                                X-Empty:
                                Cookie: a=b
                                Cookie: c=d, é
                                Max-Forwards: 3
                                Via: 1.1 gate

                                """));
    }

    @Test
    void fieldsOfTheClientsHopStayBehind() {
        String forwarded =
                forwarded(
                        """
                        GET / HTTP/1.1
                        Host: a
                        X-Named: 1
                        Connection: x-named, keep-alive
                        Keep-Alive: timeout=5
                        Proxy-Connection: keep-alive
                        TE: gzip
                        Upgrade: websocket
                        Connection: Upgrade
                        X-Kept: 1

                        """);

        assertThat(forwarded)
                .isEqualTo(
                        wire(
                                """
                                GET / HTTP/1.1
                                Host: a
                                X-Kept: 1
                                Via: 1.1 gate

                                """));
    }

    @Test
    void trailersAreAskedForAgainOnTheGatesOwnHop() {
        assertThat(forwarded("GET / HTTP/1.1\nHost: a\nTE: trailers, gzip;q=0.5\n\n"))
                .isEqualTo(
                        wire(
                                """
                                GET / HTTP/1.1
                                Host: a
                                TE: trailers
                                Connection: TE
                                Via: 1.1 gate

                                """));
    }

    @Test
    void whatTheGateWritesItselfCannotBeTakenOutByConnection() {
        String forwarded =
                forwarded(
                        ALL_ADDED,
                        false,
                        """
                        OPTIONS / HTTP/1.1
                        Host: a
                        Content-Length: 005
                        Max-Forwards: 2
                        X-Forwarded-For: 6.6.6.6
                        X-Forwarded-Proto: https
                        Forwarded: for=6.6.6.6
                        Connection: host, content-length, via, max-forwards, x-forwarded-for
                        Connection: x-forwarded-proto, x-forwarded-host, forwarded

                        """);

        assertThat(forwarded)
                .isEqualTo(
                        wire(
                                """
                                OPTIONS / HTTP/1.1
                                Host: a
                                Content-Length: 5
                                Max-Forwards: 1
                                Via: 1.1 gate
                                X-Forwarded-For: 10.0.0.1
                                X-Forwarded-Proto: http
                                X-Forwarded-Host: a
                                Forwarded: for=10.0.0.1;host="a";proto=http

                                """));
    }

    @Test
    void theGateAndTheClientAreAddedBehindWhatCame() {
        String forwarded =
                forwarded(
                        ALL_ADDED,
                        false,
                        """
                        GET / HTTP/1.1
                        Host: a:81
                        Via: 1.0 first
                        X-Forwarded-For: 1.1.1.1, 2.2.2.2
                        X-Forwarded-Host: forged
                        X-Forwarded-Proto: https
                        Forwarded: for=1.1.1.1
                        via:
                        VIA: 1.1 second
                        X-Forwarded-For: 3.3.3.3

                        """);

        assertThat(forwarded)
                .isEqualTo(
                        wire(
                                """
                                GET / HTTP/1.1
                                Host: a:81
                                Via: 1.0 first, 1.1 second, 1.1 gate
                                X-Forwarded-For: 1.1.1.1, 2.2.2.2, 3.3.3.3, 10.0.0.1
                                X-Forwarded-Proto: http
                                X-Forwarded-Host: a:81
                                Forwarded: for=1.1.1.1, for=10.0.0.1;host="a:81";proto=http

                                """));
    }

    @Test
    void aQuotedStringWithoutAnEndDoesNotSwallowWhatTheGateAdds() {
        String forwarded =
                forwarded(
                        ALL_ADDED,
                        false,
                        """
                        GET / HTTP/1.1
                        Host: a
                        Forwarded: for=6.6.6.6;by="
                        Forwarded: for="[::1]";by="a\\"b, c"
                        Forwarded: for=7.7.7.7;by="\\"

                        """);

        assertThat(forwarded)
                .contains(
                        wire(
                                """
                                Forwarded: for="[::1]";by="a\\"b, c", for=10.0.0.1;host="a";proto=http
                                """));
    }

    @Test
    void fieldsThatTheGateDoesNotAddAreForwardedAsTheyCame() {
        assertThat(forwarded("GET / HTTP/1.1\nHost: a\nX-Forwarded-For: b\nForwarded: for=b\n\n"))
                .contains("X-Forwarded-For: b\r\n", "Forwarded: for=b\r\n");
    }

    @Test
    void anIpv6ClientIsQuotedInForwarded() {
        RequestWriter writer = new RequestWriter(ALL_ADDED, "gate", false);
        String head = "GET / HTTP/1.1\nHost: [::1]:8\n\n";

        assertThat(Heads.written(out -> writer.write(Heads.request(head), "2001:db8::7", out)))
                .contains("X-Forwarded-For: 2001:db8::7\r\n")
                .contains("Forwarded: for=\"[2001:db8::7]\";host=\"[::1]:8\";proto=http\r\n");
    }

    @Test
    void aRequestInHttp10IsForwardedIn11WithAHost() {
        assertThat(forwarded("GET / HTTP/1.0\nConnection: keep-alive\n\n"))
                .isEqualTo(
                        wire(
                                """
                                GET / HTTP/1.1
                                Host: gate.example:8080
                                Via: 1.0 gate

                                """));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    # request line                       | forwarded        | Host
                    GET http://b:81/x?y HTTP/1.1         | GET /x?y         | b:81
                    GET http://b HTTP/1.1                | GET /            | b
                    GET https://b?x HTTP/1.1             | GET /?x          | b
                    GET HTTP://b/?http://c/ HTTP/1.1     | GET /?http://c/  | b
                    OPTIONS * HTTP/1.1                   | OPTIONS *        | a
                    OPTIONS http://b HTTP/1.1            | OPTIONS *        | b
                    OPTIONS http://b/ HTTP/1.1           | OPTIONS /        | b
                    GET //b/x HTTP/1.1                   | GET //b/x        | a
                    purge / HTTP/1.7                     | purge /          | a
                    """)
    void theTargetIsInOriginFormAndItsHostReplacesHost(String line, String start, String host) {
        assertThat(forwarded(line + "\nHost: a\n\n"))
                .isEqualTo(wire(start + " HTTP/1.1\nHost: " + host + "\nVia: 1.1 gate\n\n"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    # came                                   | forwarded
                    Content-Length:0                         | Content-Length: 0
                    Content-Length: 0042                     | Content-Length: 42
                    Content-Length: 9223372036854775807      | Content-Length: 9223372036854775807
                    Transfer-Encoding: ,Chunked              | Transfer-Encoding: chunked
                    """)
    void framingIsWrittenAnew(String came, String forwarded) {
        assertThat(forwarded("POST / HTTP/1.1\nHost: a\n" + came + "\n\n"))
                .isEqualTo(wire("POST / HTTP/1.1\nHost: a\n" + forwarded + "\nVia: 1.1 gate\n\n"));
    }

    @ParameterizedTest
    @CsvSource({"TRACE, 1, 0", "OPTIONS, 010, 9", "GET, 010, 010", "GET, x, x"})
    void maxForwardsIsDecrementedWhereItCounts(String method, String came, String forwarded) {
        assertThat(forwarded(method + " / HTTP/1.1\nHost: a\nMax-Forwards: " + came + "\n\n"))
                .contains("\r\nMax-Forwards: " + forwarded + "\r\n")
                .containsOnlyOnce("Max-Forwards");
    }

    @Test
    void aGateThatIsNotFullDuplexForwardsNeitherExpectNorUpgrade() {
        String head =
                """
                POST / HTTP/1.1
                Host: a
                Expect: 100-continue
                Upgrade: websocket
                Connection: upgrade
                TE: trailers
                Content-Length: 1

                """;

        assertThat(forwarded(NOTHING_ADDED, false, head))
                .isEqualTo(
                        wire(
                                """
                                POST / HTTP/1.1
                                Host: a
                                TE: trailers
                                Connection: TE
                                Content-Length: 1
                                Via: 1.1 gate

                                """));
        assertThat(forwarded(NOTHING_ADDED, true, head))
                .isEqualTo(
                        wire(
                                """
                                POST / HTTP/1.1
                                Host: a
                                Expect: 100-continue
                                Upgrade: websocket
                                TE: trailers
                                Connection: upgrade, TE
                                Content-Length: 1
                                Via: 1.1 gate

                                """));
    }

    @Test
    void theZoneOfAnAddressStaysOnThisMachine() throws UnknownHostException {
        byte[] linkLocal = new byte[16];
        linkLocal[0] = (byte) 0xfe;
        linkLocal[1] = (byte) 0x80;
        linkLocal[15] = 1;

        assertThat(RequestWriter.clientText(Inet6Address.getByAddress("", linkLocal, 3)))
                .isEqualTo("fe80:0:0:0:0:0:0:1");
    }
}
