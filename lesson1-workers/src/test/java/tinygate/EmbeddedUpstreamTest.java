package tinygate;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The embedded upstream as a client sees it. */
@Timeout(60)
class EmbeddedUpstreamTest {
    private final HttpClient client = HttpClient.newHttpClient();
    private EmbeddedUpstream upstream;

    @BeforeEach
    void start() throws Exception {
        upstream = new EmbeddedUpstream("A");
    }

    @AfterEach
    void stop() {
        upstream.close();
    }

    @Test
    void anAnswerSaysWhoAnsweredAndWhatArrived() throws Exception {
        HttpResponse<String> response =
                send(
                        to("/some/path?q=1")
                                .header("Via", "1.1 tinygate")
                                .header("X-Forwarded-For", "192.0.2.7")
                                .POST(BodyPublishers.ofString("hello")));
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body())
                .isEqualTo(
                        "upstream A got POST /some/path?q=1\nHost: "
                                + upstream.address()
                                + "\nVia: 1.1 tinygate\nX-Forwarded-For: 192.0.2.7\n");
    }

    @Test
    void bytesAreAsManyAsAskedForAndAnnounced() throws Exception {
        for (int count : new int[] {0, 1, 16_384, 100_001}) {
            HttpResponse<String> response = send(to("/bytes/" + count));
            assertThat(response.body()).hasSize(count);
            assertThat(response.headers().firstValueAsLong("Content-Length")).hasValue(count);
        }
    }

    @Test
    void tooManyBytesAreRefused() throws Exception {
        assertThat(send(to("/bytes/1073741825")).statusCode()).isEqualTo(400);
        assertThat(send(to("/bytes/-1")).statusCode()).isEqualTo(400);
        assertThat(send(to("/bytes/x")).statusCode()).isEqualTo(400);
    }

    @Test
    void theAnswerToHeadHasALengthButNoBody() throws Exception {
        HttpResponse<String> response =
                send(to("/bytes/7").method("HEAD", BodyPublishers.noBody()));
        assertThat(response.body()).isEmpty();
        assertThat(response.headers().firstValueAsLong("Content-Length")).hasValue(7);
    }

    private HttpRequest.Builder to(String path) {
        return HttpRequest.newBuilder(URI.create("http://" + upstream.address() + path));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return client.send(request.build(), BodyHandlers.ofString());
    }
}
