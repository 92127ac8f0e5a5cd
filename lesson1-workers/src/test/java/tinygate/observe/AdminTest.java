package tinygate.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The admin endpoint as a balancer and a metrics collector see it. */
@Timeout(60)
class AdminTest {
    private final Stats stats = new Stats();
    private Admin admin;

    @BeforeEach
    void start() throws Exception {
        admin = new Admin(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), stats);
    }

    @AfterEach
    void stop() {
        admin.close();
    }

    @Test
    void aGateIsHealthyUntilItDrains() throws Exception {
        assertThat(get("/healthz")).isEqualTo("200 ok\n");
        admin.draining();
        assertThat(get("/healthz")).isEqualTo("503 draining\n");
    }

    @Test
    void metricsShowWhatWasCounted() throws Exception {
        stats.connectionAccepted();
        stats.exchangeStarted();
        stats.exchangeStarted();
        stats.exchangeFinished(404);
        stats.counter("system_calls", "System calls.").inc(5);
        stats.gauge("ring_entries", "Entries in the ring.", () -> 7);
        assertThat(get("/metrics"))
                .startsWith("200 ")
                .contains(
                        "# HELP tinygate_connections_accepted_total Client connections that were"
                                + " accepted.",
                        "# TYPE tinygate_connections_accepted_total counter",
                        "tinygate_connections_accepted_total 1.0",
                        "tinygate_connections_active 1.0",
                        "tinygate_exchanges_running 1.0",
                        "tinygate_exchanges_finished_total{code=\"404\"} 1.0",
                        "tinygate_system_calls_total 5.0",
                        "tinygate_ring_entries 7.0");
    }

    @Test
    void aClosedEndpointAcceptsNobody() {
        InetSocketAddress address = admin.address();
        admin.close();
        assertThatThrownBy(() -> new Socket(address.getAddress(), address.getPort()).close())
                .isInstanceOf(ConnectException.class);
    }

    private String get(String path) throws Exception {
        URI uri = URI.create("http://127.0.0.1:" + admin.address().getPort() + path);
        var response =
                HttpClient.newHttpClient()
                        .send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
        return response.statusCode() + " " + response.body();
    }
}
