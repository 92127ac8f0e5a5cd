package tinygate.sqpoll;

import static tinygate.iouring.IoUringConstants.IORING_ENTER_SQ_WAIT;
import static tinygate.iouring.IoUringConstants.IORING_ENTER_SQ_WAKEUP;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BooleanSupplier;
import tinygate.iouring.RingErrors;
import tinygate.iouring.SubmissionQueue;
import tinygate.kit.NotDoneYet;
import tinygate.linux.LinuxException;

/**
 * Leaves entries in the submission queue for the poller, which takes them when it gets round to it:
 * when lesson 3 comes back from the kernel its queue is empty; here it may still be full.
 */
final class Handover {
    private static final long ROOM_NANOS = TimeUnit.MICROSECONDS.toNanos(50);

    private final SubmissionQueue submissions;
    private final Enter kernel;
    private final LongAdder wakeUps;
    private final WakeUp wakeUp;
    private final BusyWait forRoom = new BusyWait(ROOM_NANOS);
    private final BooleanSupplier taken;

    /**
     * @param wakeUps counts how often {@link #publish} has woken the poller
     */
    Handover(SubmissionQueue submissions, Enter kernel, LongAdder wakeUps) {
        this.submissions = submissions;
        this.kernel = kernel;
        this.wakeUps = wakeUps;
        wakeUp = new WakeUp(submissions::publish, submissions::pollerSleeps);
        taken = () -> submissions.pending() == 0;
    }

    /**
     * Shows the poller what was written, and wakes and counts it if it sleeps. Does nothing if
     * nothing was written, so that a poller that sleeps goes on sleeping.
     *
     * @throws LinuxException if the kernel refuses in a way that will not pass
     */
    void publish() throws LinuxException {
        throw new NotDoneYet("4.3", "Handover.publish");
    }

    /**
     * Waits until the poller has taken all that was published: a chain begins with an empty queue,
     * and with room for one entry the next one would wait again. It looks for {@link #ROOM_NANOS}
     * at most; then it enters the kernel with SQ_WAIT, which comes back as soon as the queue is not
     * full (io_uring_enter(2)). If that was not all it offers its processor to the poller, which
     * may have no other, and looks again. Nobody takes anything while the poller sleeps.
     *
     * @throws LinuxException if the kernel refuses in a way that will not pass
     */
    void awaitRoom() throws LinuxException {
        throw new NotDoneYet("4.3", "Handover.awaitRoom");
    }

    private void enter(int flags) throws LinuxException {
        RingErrors.entered(kernel.enter(0, 0, flags, 0));
    }
}
