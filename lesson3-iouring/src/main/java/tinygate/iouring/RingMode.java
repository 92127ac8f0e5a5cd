package tinygate.iouring;

import static tinygate.iouring.IoUringConstants.IORING_SETUP_DEFER_TASKRUN;

import java.util.function.Supplier;
import tinygate.RingSettings;
import tinygate.linux.Linux;
import tinygate.linux.LinuxException;

/**
 * What lesson 4 does in another way than lesson 3: how a loop's ring is set up, how submissions
 * reach the kernel, and how sockets are named.
 */
public interface RingMode {

    RingSetup setup();

    /**
     * Makes the ring of one loop, not enabled yet.
     *
     * @throws LinuxException if the kernel refuses
     */
    default Ring ring(Linux linux) throws LinuxException {
        return new Ring(linux, setup());
    }

    /**
     * @param ring one that is not enabled yet
     */
    Submitter submitter(Ring ring);

    /**
     * @param ring one that is not enabled yet
     * @param entries gives the next entry that is free
     * @throws LinuxException if the kernel refuses
     */
    SocketNames names(Linux linux, Ring ring, Supplier<SubmissionEntry> entries)
            throws LinuxException;

    /** Lesson 3's: the loop's thread enters the kernel, once a turn. */
    static RingMode entering(RingSettings settings) {
        return new RingMode() {
            private static final int SUBMISSIONS = 1024;
            private static final int COMPLETIONS = 8192;
            private static final int BUFFERS = 1024;

            @Override
            public RingSetup setup() {
                RingSetup all = RingSetup.ofOneThread(SUBMISSIONS, COMPLETIONS, BUFFERS);
                return settings.deferTaskrun() ? all : all.without(IORING_SETUP_DEFER_TASKRUN);
            }

            @Override
            public Submitter submitter(Ring ring) {
                return new EnteringSubmitter(ring);
            }

            @Override
            public SocketNames names(Linux linux, Ring ring, Supplier<SubmissionEntry> entries) {
                return SocketNames.descriptors();
            }
        };
    }
}
