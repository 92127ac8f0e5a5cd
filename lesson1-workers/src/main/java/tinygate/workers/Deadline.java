package tinygate.workers;

import java.io.IOException;
import java.nio.channels.SocketChannel;

/**
 * The end of a worker's present wait. A blocked read or write cannot look at a clock, so the {@link
 * Watchdog} does it from outside: when the time is over it cuts the channel, and the call returns.
 */
final class Deadline {
    /** What a worker is waiting for, and so how its wait is cut. */
    enum Wait {
        /** The next request, if there is one; a gate that drains does not wait for it. */
        IDLE,
        /**
         * Bytes. The receiving side alone is shut, so that an answer can still be sent; if the
         * other side sends more all the same, it meets a reset.
         */
        READ,
        /** Room to write, or a connection. Nothing more can be said: the channel is closed. */
        WRITE
    }

    private SocketChannel channel; // null while the worker waits for nothing
    private long atNanos;
    private Wait wait;
    private boolean expired;

    // tag::ex-1-7[]
    /**
     * Begins a wait.
     *
     * @param atNanos the time of {@link System#nanoTime} from which on the wait is over
     */
    synchronized void begin(SocketChannel channel, Wait wait, long atNanos) {
        this.channel = channel;
        this.wait = wait;
        this.atNanos = atNanos;
        this.expired = false;
    }

    /** Ends the wait; returns whether it was cut. */
    synchronized boolean end() {
        channel = null;
        return expired;
    }

    /**
     * Called by the watchdog's thread again and again: cuts the wait as its kind says, if its time
     * is over, or if the gate drains and the worker waits for a request that may never come.
     */
    synchronized void cutIfOver(long nowNanos, boolean draining) {
        if (channel == null || nowNanos - atNanos < 0 && !(draining && wait == Wait.IDLE)) {
            return;
        }
        expired = true;
        try {
            if (wait == Wait.WRITE) {
                channel.close();
            } else {
                channel.shutdownInput();
            }
        } catch (IOException e) {
            // It is gone already: the blocked call returns all the same.
        }
        channel = null;
    }
    // end::ex-1-7[]
}
