package tinygate.sqpoll;

import static tinygate.iouring.IoUringConstants.IORING_ENTER_GETEVENTS;

import java.util.concurrent.atomic.LongAdder;
import java.util.function.BooleanSupplier;
import tinygate.iouring.CompletionQueue;
import tinygate.iouring.Ring;
import tinygate.iouring.RingErrors;
import tinygate.iouring.SubmissionQueue;
import tinygate.iouring.Submitter;
import tinygate.linux.LinuxException;

/**
 * Leaves submissions where the kernel's poller finds them, and enters the kernel only for what the
 * poller cannot do: to be woken, and to let this thread sleep.
 *
 * <pre>
 *   publish --> poller asleep? --> look for completions --> still none? --> next turn
 *                   |               for a while                 |
 *               enter: wake it                             enter: sleep
 * </pre>
 *
 * <p>A gate that is busy makes neither of the two calls. One that is idle sleeps in the second.
 */
final class SqPollSubmitter implements Submitter {
    private final SubmissionQueue submissions;
    private final Enter kernel;
    private final Handover handover;
    private final BusyWait forCompletions;
    private final BooleanSupplier completed;

    /**
     * @param busyNanos how long it looks for completions at most before it sleeps
     * @param wakeUps counts how often the poller was woken
     */
    SqPollSubmitter(Ring ring, long busyNanos, LongAdder wakeUps) {
        this(ring.submissions(), ring.completions(), ring::enter, busyNanos, wakeUps);
    }

    /** With another kernel. */
    SqPollSubmitter(
            SubmissionQueue submissions,
            CompletionQueue completions,
            Enter kernel,
            long busyNanos,
            LongAdder wakeUps) {
        this.submissions = submissions;
        this.kernel = kernel;
        handover = new Handover(submissions, kernel, wakeUps);
        forCompletions = new BusyWait(busyNanos);
        completed = completions::ready;
    }

    // tag::ex-4-7[]
    // tag::submit[]
    /** Hands over all that was written, and comes back when the poller has taken it. */
    @Override
    public void submit() throws LinuxException {
        handover.publish();
        handover.awaitRoom();
    }

    /**
     * Hands over what was written and does not wait for it to be taken, but for a completion: looks
     * for a while, then sleeps in the kernel. If completions have overflowed it fetches those
     * instead, and waits for nothing.
     */
    @Override
    public void submitAndWait(long timeoutNanos) throws LinuxException {
        handover.publish();
        if (submissions.completionsOverflowed()) {
            enter(0, 0); // the poller does not deliver them
        } else if (timeoutNanos != 0) {
            await(timeoutNanos);
        }
    }

    /** Looks for a while, and sleeps for what is left of the time then. */
    private void await(long timeoutNanos) throws LinuxException {
        long limit = timeoutNanos < 0 ? Long.MAX_VALUE : timeoutNanos;
        long begin = System.nanoTime();
        if (!forCompletions.await(completed, limit)) {
            long left = limit - (System.nanoTime() - begin);
            if (left > 0) {
                enter(1, timeoutNanos < 0 ? timeoutNanos : left);
            }
        }
    }

    // end::submit[]
    // end::ex-4-7[]

    /** Takes what the kernel has kept, and waits for so many completions. */
    private void enter(int minComplete, long timeoutNanos) throws LinuxException {
        RingErrors.entered(kernel.enter(0, minComplete, IORING_ENTER_GETEVENTS, timeoutNanos));
    }
}
