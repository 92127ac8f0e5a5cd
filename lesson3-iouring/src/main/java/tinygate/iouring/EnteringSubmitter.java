package tinygate.iouring;

import static tinygate.iouring.IoUringConstants.IORING_ENTER_GETEVENTS;

import tinygate.linux.LinuxException;

/** Enters the kernel once for a whole batch: it takes what was written and waits in one call. */
public final class EnteringSubmitter implements Submitter {
    private final Ring ring;

    public EnteringSubmitter(Ring ring) {
        this.ring = ring;
    }

    // tag::ex-3-8[]
    @Override
    public void submit() throws LinuxException {
        ring.submissions().publish();
        RingErrors.entered(ring.enter(ring.submissions().pending(), 0, 0, 0));
    }

    /** GETEVENTS even without a wait: only then the kernel delivers what it has held back. */
    @Override
    // tag::once[]
    public void submitAndWait(long timeoutNanos) throws LinuxException {
        ring.submissions().publish();
        int toSubmit = ring.submissions().pending();
        int minComplete = timeoutNanos == 0 ? 0 : 1;
        RingErrors.entered(ring.enter(toSubmit, minComplete, IORING_ENTER_GETEVENTS, timeoutNanos));
    }
    // end::once[]

    // end::ex-3-8[]
}
