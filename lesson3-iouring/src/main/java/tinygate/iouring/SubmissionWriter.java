package tinygate.iouring;

import io.prometheus.metrics.core.metrics.Counter;
import java.io.UncheckedIOException;
import tinygate.linux.LinuxException;

/**
 * Where everything of a loop writes down what it wants of the kernel. Mostly it is all handed over
 * when the turn ends; if the queue is full before, a part of it is handed over earlier.
 */
final class SubmissionWriter {
    private static final int MOST_TRIES = 1_000;

    private final SubmissionQueue queue;
    private final Submitter submitter;
    private final Counter full;

    SubmissionWriter(SubmissionQueue queue, Submitter submitter, Counter full) {
        this.queue = queue;
        this.submitter = submitter;
        this.full = full;
    }

    // tag::ex-3-8[]
    /**
     * The next entry, to be filled before the next call. If the queue is full, what is in it is
     * handed over, until there is room; each time that it is found full is counted.
     *
     * @throws IllegalStateException if the kernel takes nothing for a thousand times
     */
    SubmissionEntry next() {
        for (int i = 0; i < MOST_TRIES; i++) {
            SubmissionEntry entry = queue.next();
            if (entry != null) {
                return entry;
            }
            full.inc();
            submit();
        }
        throw new IllegalStateException("the kernel takes nothing from a full submission queue");
    }

    // end::ex-3-8[]

    /** Hands over what is written so far, and does not wait for the turn's end. */
    void handOver() {
        if (queue.pending() > 0) {
            submit();
        }
    }

    private void submit() {
        try {
            submitter.submit();
        } catch (LinuxException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Cancels the operation with this user data; its own completion tells how it ended.
     *
     * @param token whom the completion of the cancel itself is for
     */
    void cancel(long userData, long token) {
        next().cancel(userData).userData(UserData.of(Operation.CANCEL, token));
    }
}
