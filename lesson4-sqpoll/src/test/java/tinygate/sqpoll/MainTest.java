package tinygate.sqpoll;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tinygate.ChildJvm;
import tinygate.iouring.NeedsIoUring;

/** This lesson's command line, which has every engine of the course, seen from outside. */
@NeedsIoUring
@Timeout(120)
class MainTest {
    private static final int USAGE = 2;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sqpoll",
                "workers",
                "epoll",
                "iouring",
                "netty-epoll",
                "netty-iouring",
                "auto"
            })
    void everyEngineOfTheCourseServesUnderItsName(String engine) throws Exception {
        try (ChildJvm gate = child("--engine=" + engine, "--listen=127.0.0.1:0")) {
            String port = gate.awaitLine("listening on").replaceAll(".*:([0-9]+),.*", "$1");
            HttpRequest request =
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/"))
                            .timeout(Duration.ofSeconds(30))
                            .build();
            assertThat(HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body())
                    .contains("got GET /");
            gate.signal("TERM");
            assertThat(gate.awaitExit()).isZero();
        }
    }

    @Test
    void aPollerWithoutAProcessorIsAUsageErrorOfOneLine() throws Exception {
        try (ChildJvm gate = child("--poller-cpu=4095", "--listen=127.0.0.1:0")) {
            assertThat(gate.awaitExit()).isEqualTo(USAGE);
            assertThat(gate.lines())
                    .filteredOn(line -> !line.isEmpty() && !line.startsWith("WARNING: "))
                    .singleElement()
                    .asString()
                    .contains("poller.cpu: the poller cannot run on processor 4095", "Cure: ");
        }
    }

    private static ChildJvm child(String... args) throws Exception {
        return new ChildJvm(List.of(), Main.class, args);
    }
}
