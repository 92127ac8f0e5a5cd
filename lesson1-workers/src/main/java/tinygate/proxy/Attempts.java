package tinygate.proxy;

import java.net.InetAddress;
import tinygate.http.RequestHead;
import tinygate.observe.Stats;
import tinygate.upstream.Pool;
import tinygate.upstream.Upstream;

/**
 * The attempts to have one request answered: which upstream is tried, what its failure means for
 * its health, and which one is tried next. One object serves a connection for all its requests.
 */
public final class Attempts {
    /** How an attempt failed, and so what may be tried next. */
    public enum Failure {
        /** The gate itself lacks something, a file descriptor say: another upstream is no help. */
        OWN,
        /** No byte of the request was sent: it may go elsewhere, whatever it is. */
        NOT_SENT,
        /**
         * The connection broke after the request was sent, before a byte of the response: only what
         * does no harm if it is done twice may be sent again.
         */
        NOT_ANSWERED,
        /** The upstream took too long, or what it answered is no whole response: that was it. */
        NOT_REPEATABLE
    }

    private final Stats stats;
    private Pool pool;
    private InetAddress client;
    private Upstream upstream;
    private int count;

    public Attempts(Stats stats) {
        this.stats = stats;
    }

    /**
     * Chooses the upstream for the first attempt.
     *
     * @return false if none can be used
     */
    public boolean begin(Pool pool, InetAddress client) {
        this.pool = pool;
        this.client = client;
        count = 1;
        upstream = pool.acquire(client, null);
        return upstream != null;
    }

    /** The upstream of the present attempt. */
    public Upstream upstream() {
        return upstream;
    }

    /** Whether this is the first attempt; a later one takes a new connection, never a kept one. */
    public boolean first() {
        return count == 1;
    }

    /**
     * The upstream has given a whole response. Its head alone is no success: else an upstream that
     * breaks off every body would never have failed several times in a row.
     */
    public void succeeded() {
        upstream.succeeded();
    }

    /** The upstream is to blame for a failure. */
    public void blame() {
        upstream.failed();
        stats.upstreamFailed();
    }

    /**
     * The present attempt failed: ends it and chooses the next one, if there may be one. That is
     * another upstream; or the same once more if only a kept connection to it had become stale, for
     * which nobody is to blame.
     *
     * @param kept whether the attempt used a connection kept from an earlier exchange
     * @return false if there is no further attempt
     */
    public boolean failed(RequestHead request, Failure failure, boolean kept) {
        boolean stale = kept && failure == Failure.NOT_ANSWERED;
        if (!stale && failure != Failure.OWN) {
            blame();
        }
        Upstream tried = upstream;
        end();
        boolean sent = failure != Failure.NOT_SENT;
        boolean over = failure == Failure.NOT_REPEATABLE;
        if (failure == Failure.OWN || !Retry.allowed(request, count, sent, over)) {
            return false;
        }
        upstream = pool.acquire(client, tried);
        if (upstream == null && stale) {
            upstream = pool.acquire(client, null);
        }
        if (upstream == null) {
            return false;
        }
        count++;
        stats.retried();
        return true;
    }

    /** Gives up the upstream, if there is one. */
    public void end() {
        if (upstream != null) {
            upstream.release();
            upstream = null;
        }
    }
}
