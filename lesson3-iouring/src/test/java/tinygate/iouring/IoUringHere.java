package tinygate.iouring;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import tinygate.linux.Linux;
import tinygate.linux.LinuxException;

/** Skips a class of tests, with the reason, where the kernel grants no ring. */
public final class IoUringHere implements BeforeAllCallback {

    @Override
    public void beforeAll(ExtensionContext context) {
        String refusal = null;
        try (Ring ring = new Ring(new Linux(), RingSetup.ofOneThread(1, 1, 1))) {
            ring.enable();
        } catch (LinuxException | UnsupportedOperationException e) {
            refusal = e.getMessage();
        }
        assumeTrue(refusal == null, refusal);
    }
}
