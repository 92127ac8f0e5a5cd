package tinygate.relay;

import tinygate.Settings;

/**
 * Until when an {@link Exchange} waits. This is the whole table of its waits:
 *
 * <pre>
 *   phase      waits for                                  and anew whenever
 *   IDLE       head (a new connection) or idle, *         the client takes bytes
 *   HEAD       head                                       -
 *   CONNECT    connect                                    - (each attempt has its own)
 *   RESPONSE   transfer, until the request is sent;       bytes of the request move
 *              then response                              -
 *   RELAY      transfer                                   any bytes move
 *   TUNNEL     tunnelIdle                                 any bytes move
 *   FAREWELL   a second, *                                the client takes bytes
 *   * or transfer, while the client has not taken all that was given for it
 * </pre>
 *
 * The times are those of {@link Settings.Timeouts}. Bytes move when they arrive, and when the
 * kernel takes them to be sent; that a client reads what the kernel has taken before, nobody tells.
 * On epoll the kernel says that a socket is writable again when about a third of its send buffer is
 * free.
 */
final class Deadlines {
    private static final int FAREWELL_MILLIS = 1_000;

    private final RelayContext context;
    private final Driver driver;
    private final Settings.Timeouts timeouts;
    private boolean requestSent;
    private int millis;
    private long nanoTime;

    /** The deadlines of a new connection. */
    Deadlines(RelayContext context, Driver driver) {
        this.context = context;
        this.driver = driver;
        timeouts = context.settings.timeouts();
        waitFor(timeouts.headMillis());
    }

    /** A phase begins, or begins once more. */
    void entered(Phase phase) {
        requestSent = false;
        waitFor(waitOf(phase));
    }

    /** In RESPONSE: the wait for the response begins; does nothing the second time. */
    void requestSent() {
        if (!requestSent) {
            requestSent = true;
            waitFor(timeouts.responseMillis());
        }
    }

    /** Bytes from this side have moved. */
    void moved(Phase phase, Side from) {
        boolean anew =
                switch (phase) {
                    case IDLE, FAREWELL -> from == Side.UPSTREAM;
                    case RESPONSE -> from == Side.CLIENT && !requestSent;
                    case RELAY, TUNNEL -> true;
                    case HEAD, CONNECT, CLOSED -> false;
                };
        if (anew) {
            waitFor(waitOf(phase));
        }
    }

    /** When the wait ends, as {@link System#nanoTime}. */
    long nanoTime() {
        return nanoTime;
    }

    /** How long the wait is as a whole. */
    int millis() {
        return millis;
    }

    private int waitOf(Phase phase) {
        return switch (phase) {
            case IDLE -> onceTaken(timeouts.idleMillis());
            case HEAD -> timeouts.headMillis();
            case CONNECT -> timeouts.connectMillis();
            case RESPONSE, RELAY -> timeouts.transferMillis();
            case TUNNEL -> timeouts.tunnelIdleMillis();
            case FAREWELL -> onceTaken(FAREWELL_MILLIS);
            case CLOSED -> 0;
        };
    }

    /** While the client has not taken its answer, it is given the time to do so first. */
    private int onceTaken(int afterwards) {
        return driver.unsent(Side.CLIENT) > 0 ? timeouts.transferMillis() : afterwards;
    }

    private void waitFor(int millis) {
        this.millis = millis;
        nanoTime = context.after(millis);
    }
}
