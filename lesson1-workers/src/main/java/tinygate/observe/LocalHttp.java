package tinygate.observe;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The JDK's small HTTP server with a few daemon threads: serves the admin endpoint and the embedded
 * upstreams, and never a client's request to the gate itself.
 */
public final class LocalHttp implements AutoCloseable {
    private static final int QUEUE = 64;

    private final HttpServer server;
    private final ThreadPoolExecutor threads;

    /**
     * Binds; nothing is served until {@link #start}.
     *
     * @param threadCount how many exchanges run at once; 64 more wait, beyond them it accepts none
     * @throws IOException if the address cannot be bound
     */
    public LocalHttp(String name, InetSocketAddress address, int threadCount) throws IOException {
        // The server writes head and body apart: with Nagle's algorithm the body would wait for the
        // peer's delayed acknowledgement, some 40 ms. The property is read when the class is
        // loaded.
        System.setProperty("sun.net.httpserver.nodelay", "true");
        server = HttpServer.create(address, 0);
        threads =
                new ThreadPoolExecutor(
                        threadCount,
                        threadCount,
                        0,
                        TimeUnit.SECONDS,
                        new ArrayBlockingQueue<>(QUEUE),
                        task -> daemon(name, task),
                        new ThreadPoolExecutor.CallerRunsPolicy());
        server.setExecutor(threads);
    }

    public HttpServer server() {
        return server;
    }

    public InetSocketAddress address() {
        return server.getAddress();
    }

    /** Stops accepting, closes every connection and ends the threads. */
    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private static Thread daemon(String name, Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }
}
