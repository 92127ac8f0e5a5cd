package tinygate;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import tinygate.observe.Stats;

/**
 * A running reverse proxy: what every lesson builds, each on another way of doing I/O.
 *
 * <p>The order of calls is {@link #start}, then {@link #drain} or {@link #close}. A gate is started
 * once.
 */
public interface Gate extends AutoCloseable {

    /**
     * Binds the listening address and begins to accept connections; returns once it accepts.
     *
     * @throws java.net.SocketException if the address cannot be bound (in use, not of this machine,
     *     privileged)
     * @throws IOException if something else is lacking, descriptors say
     */
    void start() throws IOException;

    /**
     * The address the gate listens on, with the port that the kernel chose if the settings said 0.
     */
    InetSocketAddress address();

    /** Whether it asks upstreams by itself if they work: see {@link Settings.Health}. */
    default boolean checksUpstreams() {
        return false;
    }

    /** What the gate has counted since it was made; can be read at any time from any thread. */
    Stats stats();

    /**
     * Stops gracefully: accepts no more connections, closes the idle ones, lets running exchanges
     * finish (their answers say {@code Connection: close}), and closes what is left at the limit.
     *
     * @return whether every exchange finished inside the limit
     */
    boolean drain(Duration limit) throws InterruptedException;

    /** Closes everything at once; does nothing on a gate that is closed or was never started. */
    @Override
    void close();
}
