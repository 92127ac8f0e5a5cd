package tinygate.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tinygate.http.RequestHead;

/** Which failed requests are sent once more (contract rule P3). */
class RetryTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    # method | body           | attempts | sent  | over     | again
                    GET      | Content-Length: 0 | 1     | true  | false    | true
                    HEAD     | X: y           | 1        | true  | false    | true
                    PUT      | X: y           | 1        | true  | false    | true
                    DELETE   | X: y           | 1        | true  | false    | true
                    OPTIONS  | X: y           | 1        | true  | false    | true
                    TRACE    | X: y           | 1        | true  | false    | true
                    POST     | X: y           | 1        | true  | false    | false
                    PATCH    | X: y           | 1        | true  | false    | false
                    get      | X: y           | 1        | true  | false    | false
                    PUT      | Content-Length: 1 | 1     | true  | false    | false
                    PUT      | Transfer-Encoding: chunked | 1 | true | false | false
                    POST     | Content-Length: 1 | 1     | false | false    | true
                    GET      | X: y           | 1        | true  | true     | false
                    GET      | X: y           | 1        | false | true     | false
                    GET      | X: y           | 2        | true  | false    | false
                    POST     | X: y           | 2        | false | false    | false
                    """)
    void areThoseThatDoNoHarmOrWereNotSent(
            String method, String field, int attempts, boolean sent, boolean over, boolean again) {
        RequestHead request = Heads.request(method + " / HTTP/1.1\nHost: a\n" + field + "\n\n");

        assertThat(Retry.allowed(request, attempts, sent, over)).isEqualTo(again);
    }
}
