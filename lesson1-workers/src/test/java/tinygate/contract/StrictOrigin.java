package tinygate.contract;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import tinygate.HostPort;

/**
 * An origin server that accepts only what RFC 9112 allows: python3-h11, in a process of its own. It
 * records each request as it arrived, and reports whatever breaks the protocol.
 *
 * <p>It answers {@code /bytes/N} with N bytes and their length, {@code /chunked/N} with N bytes in
 * chunks and a trailer, {@code /close/N} with N bytes that end with the connection, and everything
 * else with {@code ok}. The bytes are those of {@link Payload}.
 */
public final class StrictOrigin implements Closeable {
    private static final String PYTHON = "/usr/bin/python3";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final ChildProcess process;
    private final int port;

    private StrictOrigin(ChildProcess process, int port) {
        this.process = process;
        this.port = port;
    }

    /**
     * What reached the origin: a request, or a violation of the protocol.
     *
     * @param violation what the gate did wrong, null for a valid request
     * @param connection counts the connections, from 1
     * @param fields the names and values, in order
     * @param sha256 of the body, in hexadecimal
     */
    public record Received(
            String violation,
            int connection,
            String method,
            String target,
            List<List<String>> fields,
            long bodyLength,
            String sha256,
            List<List<String>> trailers) {}

    /** Starts it. */
    public static StrictOrigin start() throws IOException, InterruptedException {
        Peers.require("python3-h11", "python3-h11", PYTHON, "-c", "import h11");
        ChildProcess process =
                new ChildProcess("the strict origin", List.of(PYTHON, "-u", "-c", script()));
        return new StrictOrigin(process, process.readPort());
    }

    private static String script() throws IOException {
        try (InputStream script = StrictOrigin.class.getResourceAsStream("strict_origin.py")) {
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** Where the gate connects. */
    public HostPort address() {
        return new HostPort("127.0.0.1", port);
    }

    /** The next request that reached it; fails if the gate broke the protocol. */
    public Received request() throws IOException, InterruptedException {
        return valid(process.readLine());
    }

    private Received valid(String line) throws IOException {
        Received received = JSON.readValue(line, Received.class);
        if (received.violation() != null) {
            throw process.failure("saw the gate break the protocol: " + received.violation());
        }
        return received;
    }

    @Override
    public void close() throws IOException {
        process.close();
        for (String line = process.pollLine(); line != null; line = process.pollLine()) {
            valid(line);
        }
    }
}
