package tinygate.iouring;

import static tinygate.iouring.IoUringConstants.IORING_ENTER_GETEVENTS;

import tinygate.linux.Errno;
import tinygate.linux.LinuxException;

/** Enters the kernel once for a whole batch: it takes what was written and waits in one call. */
public final class EnteringSubmitter implements Submitter {
    private final Ring ring;

    public EnteringSubmitter(Ring ring) {
        this.ring = ring;
    }

    @Override
    public void submit() throws LinuxException {
        ring.submissions().publish();
        check(ring.enter(ring.submissions().pending(), 0, 0, 0));
    }

    /** GETEVENTS even without a wait: only then the kernel delivers what has overflowed. */
    @Override
    public void submitAndWait(long timeoutNanos) throws LinuxException {
        ring.submissions().publish();
        int toSubmit = ring.submissions().pending();
        int minComplete = timeoutNanos == 0 ? 0 : 1;
        check(ring.enter(toSubmit, minComplete, IORING_ENTER_GETEVENTS, timeoutNanos));
    }

    private static void check(int result) throws LinuxException {
        boolean passing =
                result >= 0
                        || Errno.ETIME.is(result)
                        || Errno.EINTR.is(result)
                        // No memory for the entry, or completions to be read first: what was not
                        // taken stays in the queue for the next time.
                        || Errno.EAGAIN.is(result)
                        || Errno.EBUSY.is(result);
        if (!passing) {
            throw new LinuxException("io_uring_enter", "", result);
        }
    }
}
