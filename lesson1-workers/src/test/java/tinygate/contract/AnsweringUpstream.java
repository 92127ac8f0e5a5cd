package tinygate.contract;

import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import tinygate.HostPort;

/** An upstream that answers every request by itself, on as many connections as the gate opens. */
public final class AnsweringUpstream implements Closeable {
    /** The name of its threads. */
    static final String THREAD = "answering upstream";

    private static final Duration FOR_A_MOMENT = Duration.ofMillis(50);

    private final ScriptedUpstream upstream;
    private final Function<Message, String> answer;
    private final ExecutorService threads =
            Executors.newCachedThreadPool(work -> new Thread(work, THREAD));
    private final AtomicInteger requests = new AtomicInteger();
    private final AtomicInteger connections = new AtomicInteger();
    private volatile boolean closed;

    /**
     * @param answer the response to a request, null to close the connection without one
     */
    AnsweringUpstream(ScriptedUpstream upstream, Function<Message, String> answer) {
        this.upstream = upstream;
        this.answer = answer;
        threads.execute(this::acceptAll);
    }

    /** Where the gate connects. */
    public HostPort address() {
        return upstream.address();
    }

    /** How many requests it has answered. */
    public int requests() {
        return requests.get();
    }

    /** How many connections the gate has opened. */
    public int connections() {
        return connections.get();
    }

    private void acceptAll() {
        try {
            while (!closed) {
                ScriptedUpstream.Connection connection = upstream.accept(FOR_A_MOMENT);
                if (connection != null) {
                    connections.incrementAndGet();
                    threads.execute(() -> answerAll(connection));
                }
            }
        } catch (IOException | RuntimeException e) {
            // The test is over: the upstream was closed.
        }
    }

    private void answerAll(ScriptedUpstream.Connection connection) {
        try (connection) {
            while (!closed) {
                if (!connection.hasInput(FOR_A_MOMENT)) {
                    continue;
                }
                Message request = connection.readRequest();
                requests.incrementAndGet();
                String response = answer.apply(request);
                if (response == null) {
                    return;
                }
                connection.send(response);
            }
        } catch (IOException | RuntimeException | Story.Failure e) {
            // The gate has closed the connection, or the test is over.
        }
    }

    @Override
    public void close() throws IOException {
        closed = true;
        threads.shutdownNow();
        upstream.close();
    }
}
