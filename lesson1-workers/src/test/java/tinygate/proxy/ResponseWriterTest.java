package tinygate.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static tinygate.proxy.Heads.DATE;
import static tinygate.proxy.Heads.wire;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tinygate.http.Method;
import tinygate.http.RequestHead;
import tinygate.http.ResponseHead;

/** A response's head as the client gets it (contract rules H2, H5, H7, H8 and H10). */
class ResponseWriterTest {
    private static final String GET = "GET / HTTP/1.1\nHost: a\n\n";
    private static final String GET_10 = "GET / HTTP/1.0\nConnection: keep-alive\n\n";

    private static String forwarded(String requestLines, String lines) {
        RequestHead request = Heads.request(requestLines);
        ResponseHead response = Heads.response(request.method(), lines);
        return Heads.written(
                out ->
                        new ResponseWriter("gate")
                                .write(
                                        response,
                                        Persistence.framingForClient(request, response),
                                        Persistence.keepClient(request, response, true),
                                        DATE,
                                        out));
    }

    @Test
    void endToEndFieldsAreForwardedAndThoseOfTheUpstreamsHopAreNot() {
        String forwarded =
                forwarded(
                        GET,
                        """
                        HTTP/1.1 404 Nothing  here, é
                        server:x
                        Set-Cookie: a=b
                        Connection: x-named, close
                        X-Named: 1
                        Keep-Alive: timeout=5
                        Upgrade: h2c
                        Set-Cookie: c=d
                        Date: Mon, 07 Nov 1994 08:49:37 GMT
                        content-length:005
                        Proxy-Connection: close
                        Via: 1.0 first

                        """);

        assertThat(forwarded)
                .isEqualTo(
                        wire(
                                """
                                HTTP/1.1 404 Nothing  here, é
                                server:x
                                Set-Cookie: a=b
                                Set-Cookie: c=d
                                Date: Mon, 07 Nov 1994 08:49:37 GMT
                                Via: 1.0 first, 1.1 gate
                                Content-Length: 5
                                Connection: keep-alive

                                """));
    }

    @Test
    void anAnswerInHttp10WithoutReasonOrDateGetsBothAndIsSentIn11() {
        assertThat(forwarded(GET, "HTTP/1.0 200\nContent-Length: 0\n\n"))
                .isEqualTo(
                        wire(
                                """
                                HTTP/1.1 200\s
                                Via: 1.0 gate
                                Date: Sun, 06 Nov 1994 08:49:37 GMT
                                Content-Length: 0
                                Connection: keep-alive

                                """));
    }

    @Test
    void aDateThatStaysOnTheUpstreamsHopIsReplaced() {
        assertThat(forwarded(GET, "HTTP/1.1 204 x\nDate: now\nConnection: date\n\n"))
                .isEqualTo(
                        wire(
                                """
                                HTTP/1.1 204 x
                                Via: 1.1 gate
                                Date: Sun, 06 Nov 1994 08:49:37 GMT
                                Connection: keep-alive

                                """));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    # to   | status | framing that came          | framing that is sent       | Connection
                    GET    | 200    | Content-Length: 5          | Content-Length: 5          | keep-alive
                    GET    | 200    | Transfer-Encoding: CHUNKED | Transfer-Encoding: chunked | keep-alive
                    GET    | 200    | ''                         | ''                         | close
                    HEAD   | 200    | Content-Length: 5          | Content-Length: 5          | keep-alive
                    HEAD   | 200    | Transfer-Encoding: chunked | ''                         | keep-alive
                    HEAD   | 200    | ''                         | ''                         | keep-alive
                    GET    | 304    | Content-Length: 5          | Content-Length: 5          | keep-alive
                    GET    | 204    | Content-Length: 5          | ''                         | keep-alive
                    GET    | 204    | Transfer-Encoding: chunked | ''                         | keep-alive
                    GET1.0 | 200    | Content-Length: 5          | Content-Length: 5          | keep-alive
                    GET1.0 | 200    | Transfer-Encoding: chunked | ''                         | close
                    GET1.0 | 200    | ''                         | ''                         | close
                    """)
    void theClientGetsTheFramingThatItUnderstands(
            String to, int status, String came, String sent, String connection) {
        String request = to.equals("GET1.0") ? GET_10 : to + " / HTTP/1.1\nHost: a\n\n";

        assertThat(forwarded(request, "HTTP/1.1 " + status + " x\nDate: d\n" + line(came) + "\n"))
                .isEqualTo(
                        wire(
                                ("HTTP/1.1 " + status + " x\nDate: d\nVia: 1.1 gate\n" + line(sent))
                                        + ("Connection: " + connection + "\n\n")));
    }

    private static String line(String field) {
        return field.isEmpty() ? "" : field + "\n";
    }

    @Test
    void anInterimResponseSaysNothingOfTheConnection() {
        assertThat(
                        forwarded(
                                GET,
                                """
                                HTTP/1.1 103 Early Hints
                                Link: </a.css>
                                Content-Length: 5
                                Connection: close

                                """))
                .isEqualTo(
                        wire(
                                """
                                HTTP/1.1 103 Early Hints
                                Link: </a.css>
                                Via: 1.1 gate

                                """));
    }

    @Test
    void switchingProtocolsNamesTheProtocolAgain() {
        assertThat(
                        forwarded(
                                GET,
                                """
                                HTTP/1.1 101 Switching Protocols
                                Upgrade: websocket
                                Connection: Upgrade
                                Date: d

                                """))
                .isEqualTo(
                        wire(
                                """
                                HTTP/1.1 101 Switching Protocols
                                Date: d
                                Via: 1.1 gate
                                Upgrade: websocket
                                Connection: upgrade

                                """));
    }

    @Test
    void aConnectionThatEndsIsSaidToEnd() {
        ResponseHead response = Heads.response(Method.GET, "HTTP/1.1 200 x\nContent-Length: 1\n\n");

        assertThat(
                        Heads.written(
                                out ->
                                        new ResponseWriter("gate")
                                                .write(
                                                        response,
                                                        response.framing(),
                                                        false,
                                                        DATE,
                                                        out)))
                .endsWith("Content-Length: 1\r\nConnection: close\r\n\r\n");
    }
}
