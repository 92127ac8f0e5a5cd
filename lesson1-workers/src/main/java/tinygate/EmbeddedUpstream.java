package tinygate;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import tinygate.observe.LocalHttp;

/**
 * A small HTTP server on a free loopback port, so that a gate can be tried before there is anything
 * to put behind it. {@code /bytes/N} answers N bytes; every other path a text that says who
 * answered and what arrived.
 */
public final class EmbeddedUpstream implements AutoCloseable {
    /** The most that {@code /bytes/N} sends: 1 GiB. */
    public static final long MAX_BYTES = 1L << 30;

    private static final int THREADS = 32;
    private static final byte[] BLOCK =
            "0123456789abcdef".repeat(1024).getBytes(StandardCharsets.US_ASCII);

    private final String name;
    private final LocalHttp http;

    /**
     * Binds and serves at once.
     *
     * @param name what it calls itself in its answers
     */
    public EmbeddedUpstream(String name) throws IOException {
        this.name = name;
        http =
                new LocalHttp(
                        "upstream-" + name,
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                        THREADS);
        http.server().createContext("/", this::describe);
        http.server().createContext("/bytes/", EmbeddedUpstream::bytes);
        http.server().start();
    }

    public HostPort address() {
        return HostPort.of(http.address());
    }

    @Override
    public void close() {
        http.close();
    }

    private void describe(HttpExchange exchange) throws IOException {
        exchange.getRequestBody().transferTo(OutputStream.nullOutputStream());
        StringBuilder text = new StringBuilder("upstream " + name + " got ");
        text.append(exchange.getRequestMethod()).append(' ').append(exchange.getRequestURI());
        for (String field : List.of("Host", "Via", "X-Forwarded-For", "Forwarded")) {
            for (String value : exchange.getRequestHeaders().getOrDefault(field, List.of())) {
                text.append('\n').append(field).append(": ").append(value);
            }
        }
        answer(exchange, 200, text.append('\n').toString());
    }

    private static void bytes(HttpExchange exchange) throws IOException {
        exchange.getRequestBody().transferTo(OutputStream.nullOutputStream());
        String digits = exchange.getRequestURI().getPath().substring("/bytes/".length());
        long count = digits.matches("[0-9]{1,10}") ? Long.parseLong(digits) : -1;
        if (count < 0 || count > MAX_BYTES) {
            answer(exchange, 400, "write /bytes/N with N from 0 to " + MAX_BYTES + "\n");
            return;
        }
        try (OutputStream body = begin(exchange, 200, "application/octet-stream", count)) {
            for (long left = count; left > 0; left -= BLOCK.length) {
                body.write(BLOCK, 0, (int) Math.min(left, BLOCK.length));
            }
        }
    }

    private static void answer(HttpExchange exchange, int status, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        try (OutputStream body = begin(exchange, status, "text/plain", bytes.length)) {
            body.write(bytes);
        }
    }

    /** Sends the head; what is then written as the answer to a HEAD goes nowhere. */
    private static OutputStream begin(HttpExchange exchange, int status, String type, long length)
            throws IOException {
        boolean head = exchange.getRequestMethod().equals("HEAD");
        exchange.getResponseHeaders().set("Content-Type", type);
        if (head) {
            exchange.getResponseHeaders().set("Content-Length", Long.toString(length));
        }
        exchange.sendResponseHeaders(status, head || length == 0 ? -1 : length);
        return head ? OutputStream.nullOutputStream() : exchange.getResponseBody();
    }
}
