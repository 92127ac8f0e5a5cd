package tinygate.workers;

import java.nio.channels.SocketChannel;

/** Those who serve the accepted connections: a fixed pool of threads, or a thread for each. */
interface Crew {

    /** Hands over a connection, or returns false at once if nobody can take it. */
    boolean offer(SocketChannel client);

    /** Ends all workers at once, whatever they do; returns when they have ended. */
    void close();
}
