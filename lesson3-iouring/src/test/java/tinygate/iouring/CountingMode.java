package tinygate.iouring;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import tinygate.RingSettings;
import tinygate.linux.Linux;
import tinygate.linux.LinuxException;

/** Lesson 3's way, counted. */
final class CountingMode implements RingMode {
    /** What was written down for the kernel. */
    final AtomicInteger entries = new AtomicInteger();

    /** How often it was handed over before the turn ended. */
    final AtomicInteger early = new AtomicInteger();

    private final RingMode usual;

    CountingMode(RingSettings settings) {
        usual = RingMode.entering(settings);
    }

    @Override
    public RingSetup setup() {
        return usual.setup();
    }

    @Override
    public Submitter submitter(Ring ring) {
        Submitter submitter = usual.submitter(ring);
        return new Submitter() {
            @Override
            public void submit() throws LinuxException {
                early.incrementAndGet();
                entries.addAndGet(ring.submissions().pending());
                submitter.submit();
            }

            @Override
            public void submitAndWait(long timeoutNanos) throws LinuxException {
                entries.addAndGet(ring.submissions().pending());
                submitter.submitAndWait(timeoutNanos);
            }
        };
    }

    @Override
    public SocketNames names(Linux linux, Ring ring, Supplier<SubmissionEntry> entries)
            throws LinuxException {
        return usual.names(linux, ring, entries);
    }
}
