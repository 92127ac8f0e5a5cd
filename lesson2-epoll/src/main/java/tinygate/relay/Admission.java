package tinygate.relay;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import tinygate.ConnectionCount;
import tinygate.Settings;
import tinygate.observe.Stats;

/**
 * Decides what becomes of a client that was accepted, and counts it until it is gone. All loops of
 * a gate share one; any thread may call it.
 *
 * <p>Clients that are told that there is no room linger for a moment, so that the answer reaches
 * them. They are counted apart from those that are served: else a crowd at the door would keep
 * everybody out of a gate that is empty.
 */
public final class Admission {
    /** How many clients are told at once that there is no room; more are closed in silence. */
    private static final int MOST_REFUSALS = 256;

    private final Stats stats;
    private final Semaphore room;
    private final Semaphore refusals = new Semaphore(MOST_REFUSALS);
    private final ConnectionCount connections = new ConnectionCount();

    /** What becomes of a client. */
    public enum Verdict {
        SERVE,
        REFUSE,
        CLOSE
    }

    public Admission(Settings.Limits limits, Stats stats) {
        this.stats = stats;
        room = new Semaphore(limits.connections());
    }

    /** A client's connection was accepted; {@link #closed} must follow, whatever the verdict. */
    public Verdict opened() {
        stats.connectionAccepted();
        connections.opened();
        if (room.tryAcquire()) {
            return Verdict.SERVE;
        }
        stats.connectionRefused();
        return refusals.tryAcquire() ? Verdict.REFUSE : Verdict.CLOSE;
    }

    /** The connection of a client with this verdict was closed. */
    public void closed(Verdict verdict) {
        if (verdict == Verdict.SERVE) {
            room.release();
        } else if (verdict == Verdict.REFUSE) {
            refusals.release();
        }
        stats.connectionClosed();
        connections.closed();
    }

    /**
     * Waits until every client is gone.
     *
     * @return false if some still are there at the limit
     */
    public boolean awaitNone(Duration limit) throws InterruptedException {
        return connections.awaitNone(limit);
    }
}
