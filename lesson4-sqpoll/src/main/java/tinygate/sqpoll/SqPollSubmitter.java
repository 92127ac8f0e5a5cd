package tinygate.sqpoll;

import static tinygate.iouring.IoUringConstants.IORING_ENTER_GETEVENTS;
import static tinygate.iouring.IoUringConstants.IORING_ENTER_SQ_WAIT;
import static tinygate.iouring.IoUringConstants.IORING_ENTER_SQ_WAKEUP;

import java.util.concurrent.TimeUnit;
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
    private static final long ROOM_NANOS = TimeUnit.MICROSECONDS.toNanos(50);

    private final Ring ring;
    private final SubmissionQueue submissions;
    private final WakeUp wakeUp;
    private final LongAdder wakeUps;
    private final BusyWait forCompletions;
    private final BusyWait forRoom = new BusyWait(ROOM_NANOS);
    private final BooleanSupplier completed;
    private final BooleanSupplier taken;

    /**
     * @param busyNanos how long it looks for completions at most before it sleeps
     * @param wakeUps counts how often the poller was woken
     */
    SqPollSubmitter(Ring ring, long busyNanos, LongAdder wakeUps) {
        this.ring = ring;
        this.wakeUps = wakeUps;
        submissions = ring.submissions();
        wakeUp = new WakeUp(submissions::publish, submissions::pollerSleeps);
        forCompletions = new BusyWait(busyNanos);
        CompletionQueue completions = ring.completions();
        completed = completions::ready;
        taken = () -> submissions.pending() == 0;
    }

    // tag::submit[]
    // tag::room[]
    /**
     * Waits until the poller has taken all. It needs some time for each entry, since it does what
     * they say; if the queue is full the kernel can be asked to wait for room.
     */
    @Override
    public void submit() throws LinuxException {
        publish();
        while (!forRoom.await(taken, ROOM_NANOS)) {
            int wake = submissions.pollerSleeps() ? IORING_ENTER_SQ_WAKEUP : 0;
            enter(0, IORING_ENTER_SQ_WAIT | wake, 0);
        }
    }

    // end::room[]

    // tag::wait[]
    @Override
    public void submitAndWait(long timeoutNanos) throws LinuxException {
        publish();
        if (submissions.completionsOverflowed()) {
            enter(0, IORING_ENTER_GETEVENTS, 0); // the poller does not deliver them
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
                enter(1, IORING_ENTER_GETEVENTS, timeoutNanos < 0 ? timeoutNanos : left);
            }
        }
    }

    // end::wait[]

    /** Does nothing if nothing was written, so that a poller that sleeps goes on sleeping. */
    private void publish() throws LinuxException {
        if (submissions.pending() > 0 && wakeUp.publish()) {
            wakeUps.increment();
            enter(0, IORING_ENTER_SQ_WAKEUP, 0);
        }
    }

    // end::submit[]

    private void enter(int minComplete, int flags, long timeoutNanos) throws LinuxException {
        RingErrors.entered(ring.enter(0, minComplete, flags, timeoutNanos));
    }
}
