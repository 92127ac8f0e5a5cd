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
     * @throws IOException if the address cannot be bound (in use, not of this machine, privileged)
     */
    void start() throws IOException;

    /**
     * The address the gate listens on, with the port that the kernel chose if the settings said 0.
     */
    InetSocketAddress address();

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
