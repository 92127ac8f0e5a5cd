package tinygate.iouring;

import static tinygate.iouring.IoUringConstants.IORING_ENTER_GETEVENTS;

import tinygate.kit.NotDoneYet;
import tinygate.linux.LinuxException;

/** Enters the kernel once for a whole batch: it takes what was written and waits in one call. */
public final class EnteringSubmitter implements Submitter {
    private final Ring ring;

    public EnteringSubmitter(Ring ring) {
        this.ring = ring;
    }

    @Override
    public void submit() throws LinuxException {
        throw new NotDoneYet("3.8", "EnteringSubmitter.submit");
    }

    /** GETEVENTS even without a wait: only then the kernel delivers what it has held back. */
    @Override
    public void submitAndWait(long timeoutNanos) throws LinuxException {
        throw new NotDoneYet("3.8", "EnteringSubmitter.submitAndWait");
    }
}
