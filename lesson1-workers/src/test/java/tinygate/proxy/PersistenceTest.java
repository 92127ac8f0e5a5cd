package tinygate.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tinygate.http.RequestHead;
import tinygate.http.ResponseHead;

/** Which connections live on behind an exchange (contract rules H2 and H10). */
class PersistenceTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            textBlock =
                    """
                    # request                     | response                                  | client | upstream
                    GET 1.1 -                     | 1.1 200 Content-Length: 5                 | true   | true
                    GET 1.1 -                     | 1.1 200 Transfer-Encoding: chunked        | true   | true
                    GET 1.1 -                     | 1.1 200 X: until close                    | false  | false
                    GET 1.1 -                     | 1.1 204 X: y                              | true   | true
                    GET 1.1 -                     | 1.1 101 Upgrade: x                        | false  | false
                    HEAD 1.1 -                    | 1.1 200 X: y                              | true   | true
                    GET 1.1 close                 | 1.1 200 Content-Length: 5                 | false  | true
                    GET 1.1 -                     | 1.1 200 Content-Length: 5¶Connection: close | true | false
                    GET 1.1 -                     | 1.0 200 Content-Length: 5                 | true   | false
                    GET 1.1 -                     | 1.0 200 Content-Length: 5¶Connection: keep-alive | true | true
                    GET 1.0 -                     | 1.1 200 Content-Length: 5                 | false  | true
                    GET 1.0 keep-alive            | 1.1 200 Content-Length: 5                 | true   | true
                    GET 1.0 keep-alive            | 1.1 200 Transfer-Encoding: chunked        | false  | true
                    GET 1.0 keep-alive            | 1.1 200 X: until close                    | false  | false
                    """)
    void dependOnBothHeads(String asked, String answered, boolean client, boolean upstream) {
        RequestHead request = request(asked);
        ResponseHead response = response(request, answered);

        assertThat(Persistence.keepClient(request, response, true)).isEqualTo(client);
        assertThat(Persistence.keepUpstream(response, true)).isEqualTo(upstream);
    }

    @ParameterizedTest
    @CsvSource("GET 1.1 -, 1.1 200 Content-Length: 5")
    void endWithARequestThatWasNotReadOrSentToItsEnd(String asked, String answered) {
        RequestHead request = request(asked);
        ResponseHead response = response(request, answered);

        assertThat(Persistence.keepClient(request, response, false)).isFalse();
        assertThat(Persistence.keepUpstream(response, false)).isFalse();
    }

    private static RequestHead request(String asked) {
        String[] part = asked.split(" ");
        return Heads.request(
                part[0] + " / HTTP/" + part[1] + "\nHost: a\nConnection: " + part[2] + "\n\n");
    }

    private static ResponseHead response(RequestHead request, String answered) {
        String[] part = answered.split(" ", 3);
        return Heads.response(
                request.method(),
                "HTTP/" + part[0] + " " + part[1] + " x\n" + part[2].replace("¶", "\n") + "\n\n");
    }
}
