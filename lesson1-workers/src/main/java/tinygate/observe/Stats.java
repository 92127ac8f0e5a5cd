package tinygate.observe;

import java.util.concurrent.atomic.LongAdder;

/** What one gate has counted since it was made. Counting is safe from any thread and lock-free. */
public final class Stats {
    private final LongAdder accepted = new LongAdder();
    private final LongAdder closed = new LongAdder();
    private final LongAdder refused = new LongAdder();
    private final LongAdder started = new LongAdder();
    private final LongAdder finished = new LongAdder();
    private final LongAdder retries = new LongAdder();
    private final LongAdder upstreamConnects = new LongAdder();
    private final LongAdder upstreamFailures = new LongAdder();
    private final LongAdder[] answers = new LongAdder[6];

    public Stats() {
        for (int i = 0; i < answers.length; i++) {
            answers[i] = new LongAdder();
        }
    }

    /** A client connection was accepted. */
    public void connectionAccepted() {
        accepted.increment();
    }

    /** An accepted client connection was closed. */
    public void connectionClosed() {
        closed.increment();
    }

    /** A client connection was answered 503 and closed because a limit was reached. */
    public void connectionRefused() {
        refused.increment();
    }

    /** A request head was read whole, or was refused with an error. */
    public void exchangeStarted() {
        started.increment();
    }

    /**
     * An exchange ended, whole or not.
     *
     * @param status the final status the client was sent, 0 if it got none
     */
    public void exchangeFinished(int status) {
        finished.increment();
        answers[status < 100 || status > 599 ? 0 : status / 100].increment();
    }

    /** A request was sent again. */
    public void retried() {
        retries.increment();
    }

    /** A new connection to an upstream was opened. */
    public void upstreamConnected() {
        upstreamConnects.increment();
    }

    /** A connection or an exchange with an upstream failed. */
    public void upstreamFailed() {
        upstreamFailures.increment();
    }

    public long connectionsAccepted() {
        return accepted.sum();
    }

    public long connectionsActive() {
        return accepted.sum() - closed.sum();
    }

    public long connectionsRefused() {
        return refused.sum();
    }

    public long exchangesRunning() {
        return started.sum() - finished.sum();
    }

    /** Exchanges that ended with a final status of this class: 2 for 2xx; 0 for no answer. */
    public long answers(int statusClass) {
        return answers[statusClass].sum();
    }

    public long exchangesFinished() {
        return finished.sum();
    }

    public long retries() {
        return retries.sum();
    }

    public long upstreamConnects() {
        return upstreamConnects.sum();
    }

    public long upstreamFailures() {
        return upstreamFailures.sum();
    }
}
