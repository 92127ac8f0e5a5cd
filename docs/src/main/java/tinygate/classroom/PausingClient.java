package tinygate.classroom;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * One client on one connection that pauses before each request, so that it finds a gate at rest: a
 * load that keeps a gate busy cannot show what it costs to wake it.
 */
public final class PausingClient implements AutoCloseable {
    private static final int BUFFER_BYTES = 64 * 1024;
    private static final int UNCOUNTED = 50;
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final Selector selector = Selector.open();
    private final ByteBuffer in = ByteBuffer.allocateDirect(BUFFER_BYTES);
    private final LoadConnection connection;

    /**
     * Connects, and sends some requests that do not count.
     *
     * @param plan says what to ask for; how often and how long is not its concern here
     * @throws IOException if a response is wrong or does not come
     */
    public PausingClient(LoadPlan plan) throws IOException {
        connection = new LoadConnection(0, plan.request(), plan.bodyBytes());
        try {
            boolean connected = connection.connect(plan.target(), selector);
            while (!connected) {
                await();
                connected = connection.finishConnect();
            }
            for (int i = 0; i < UNCOUNTED; i++) {
                ask();
            }
        } catch (WrongResponse e) {
            close();
            throw failure(e);
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    /**
     * Asks so many times, each time after a pause.
     *
     * @return how long each took, from its sending to the last byte, in nanoseconds
     * @throws IOException if a response is wrong or does not come
     */
    public Histogram ask(int times, Duration pause) throws IOException, InterruptedException {
        Histogram latencies = new Histogram(3);
        try {
            for (int i = 0; i < times; i++) {
                TimeUnit.NANOSECONDS.sleep(pause.toNanos());
                latencies.recordValue(ask());
            }
        } catch (WrongResponse e) {
            throw failure(e);
        }
        return latencies;
    }

    @Override
    public void close() throws IOException {
        connection.close();
        selector.close();
    }

    private long ask() throws IOException, WrongResponse {
        long begin = System.nanoTime();
        connection.send(); // so small that it is never sent in parts
        do {
            await();
        } while (!connection.receive(in));
        return System.nanoTime() - begin;
    }

    private void await() throws IOException {
        if (selector.select(key -> {}, LIMIT.toMillis()) == 0) {
            throw new IOException("nothing came within " + LIMIT.toSeconds() + " s");
        }
    }

    private static IOException failure(WrongResponse e) {
        return new IOException(e.kind() + ": " + e.getMessage(), e);
    }
}
