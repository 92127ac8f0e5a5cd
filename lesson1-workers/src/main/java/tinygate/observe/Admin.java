package tinygate.observe;

import com.sun.net.httpserver.HttpExchange;
import io.prometheus.metrics.exporter.httpserver.MetricsHandler;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

/**
 * The endpoint for those who run a gate, on an address of its own: {@code /healthz} says whether to
 * send it clients, {@code /metrics} what it has counted, in Prometheus' text format.
 */
public final class Admin implements AutoCloseable {
    private static final int THREADS = 2;

    private final LocalHttp http;
    private volatile boolean draining;

    /**
     * Binds and serves at once.
     *
     * @throws IOException if the address cannot be bound
     */
    public Admin(InetSocketAddress address, Stats stats) throws IOException {
        http = new LocalHttp("admin", address, THREADS);
        http.server().createContext("/healthz", this::health);
        http.server().createContext("/metrics", new MetricsHandler(stats.registry()));
        http.server().start();
    }

    public InetSocketAddress address() {
        return http.address();
    }

    /** From now on {@code /healthz} answers 503, so that a balancer sends nothing new. */
    public void draining() {
        draining = true;
    }

    @Override
    public void close() {
        http.close();
    }

    private void health(HttpExchange exchange) throws IOException {
        boolean leaving = draining;
        byte[] text = (leaving ? "draining\n" : "ok\n").getBytes(StandardCharsets.US_ASCII);
        exchange.getResponseHeaders().set("Content-Type", "text/plain");
        exchange.sendResponseHeaders(leaving ? 503 : 200, text.length);
        try (OutputStream body = exchange.getResponseBody()) {
            body.write(text);
        }
    }
}
