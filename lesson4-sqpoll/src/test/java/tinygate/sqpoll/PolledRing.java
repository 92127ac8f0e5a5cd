package tinygate.sqpoll;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.awaitility.Awaitility;
import tinygate.PollerSettings;
import tinygate.iouring.CompletionQueue;
import tinygate.iouring.Ring;
import tinygate.iouring.SubmissionEntry;
import tinygate.iouring.SubmissionQueue;
import tinygate.linux.Linux;
import tinygate.linux.LinuxException;

/** A ring with a poller, used by the thread of a test, and short words for it. */
final class PolledRing implements AutoCloseable {
    static final long WAIT_NANOS = TimeUnit.SECONDS.toNanos(20);

    final Linux linux = new Linux();
    final LongAdder wakeUps = new LongAdder();
    final SqPollSubmitter submitter;
    final SubmissionQueue submissions;
    final CompletionQueue completions;
    final Ring ring;

    /**
     * @param idleMillis after which the poller sleeps
     * @param busyNanos for which a wait looks before it enters the kernel
     */
    PolledRing(int submissions, int completions, int idleMillis, long busyNanos)
            throws LinuxException {
        this(mode(submissions, completions, idleMillis), busyNanos);
    }

    /** The next ring of a mode, whose rings share a poller. */
    PolledRing(SqPollMode mode, long busyNanos) throws LinuxException {
        ring = mode.ring(linux);
        ring.enable();
        submissions = ring.submissions();
        completions = ring.completions();
        submitter = new SqPollSubmitter(ring, busyNanos, wakeUps);
    }

    static SqPollMode mode(int submissions, int completions, int idleMillis) {
        PollerSettings settings = new PollerSettings(-1, idleMillis, 0, false);
        return new SqPollMode(settings, submissions, completions, 1, 1);
    }

    SubmissionEntry next() {
        SubmissionEntry entry = submissions.next();
        assertThat(entry).as("a free entry").isNotNull();
        return entry;
    }

    /**
     * Submits what was written, and awaits the next completion, which must be of this operation.
     */
    void expect(long userData) throws LinuxException {
        if (!completions.next()) {
            submitter.submitAndWait(WAIT_NANOS);
            assertThat(completions.next()).as("completion of %d in time", userData).isTrue();
        }
        assertThat(completions.userData()).as("user data").isEqualTo(userData);
        completions.release();
    }

    void awaitSleep() {
        Awaitility.await().pollInSameThread().until(submissions::pollerSleeps);
    }

    @Override
    public void close() {
        ring.close();
    }
}
