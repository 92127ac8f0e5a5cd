package tinygate.sqpoll;

import static tinygate.iouring.IoUringConstants.IORING_SETUP_ATTACH_WQ;
import static tinygate.iouring.IoUringConstants.IORING_SETUP_NO_SQARRAY;
import static tinygate.iouring.IoUringConstants.IORING_SETUP_SQPOLL;
import static tinygate.iouring.IoUringConstants.IORING_SETUP_SQ_AFF;
import static tinygate.iouring.IoUringConstants.IORING_SETUP_SUBMIT_ALL;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import tinygate.PollerSettings;
import tinygate.iouring.Ring;
import tinygate.iouring.RingMode;
import tinygate.iouring.RingSetup;
import tinygate.iouring.SocketNames;
import tinygate.iouring.SubmissionEntry;
import tinygate.iouring.Submitter;
import tinygate.linux.Linux;
import tinygate.linux.LinuxException;

/**
 * Rings whose submissions a thread of the kernel fetches, the same one for all loops of a gate:
 *
 * <pre>
 *   loop 0 --- ring --+
 *                     +--- poller (iou-sqp-PID): fetches, does the socket work, completes
 *   loop 1 --- ring --+
 * </pre>
 */
final class SqPollMode implements RingMode {
    private final PollerSettings settings;
    private final int submissions;
    private final int completions;
    private final int buffers;
    private final int places;
    private final LongAdder wakeUps = new LongAdder();
    private Ring first;

    SqPollMode(PollerSettings settings) {
        this(settings, 1024, 8192, 1024, 4096);
    }

    /**
     * With rings of these sizes, see {@link RingSetup}.
     *
     * @param places for registered files, if there are any
     */
    SqPollMode(PollerSettings settings, int submissions, int completions, int buffers, int places) {
        this.settings = settings;
        this.submissions = submissions;
        this.completions = completions;
        this.buffers = buffers;
        this.places = places;
    }

    /** How often a poller was woken. */
    long wakeUps() {
        return wakeUps.sum();
    }

    /** A ring with a poller of its own. */
    @Override
    public RingSetup setup() {
        int affinity = settings.cpu() < 0 ? 0 : IORING_SETUP_SQ_AFF;
        return setup(affinity, Math.max(0, settings.cpu()), 0);
    }

    // tag::shared[]
    private RingSetup setup(int moreFlags, int cpu, int sharedWith) {
        int flags = IORING_SETUP_SUBMIT_ALL | IORING_SETUP_SQPOLL | moreFlags;
        return new RingSetup(
                submissions,
                completions,
                buffers,
                PollerFlags.checked(flags),
                IORING_SETUP_NO_SQARRAY,
                new RingSetup.Poller(settings.idleMillis(), cpu, sharedWith));
    }

    /** The first ring brings the poller, the others share it. */
    @Override
    public Ring ring(Linux linux) throws LinuxException {
        if (first == null) {
            first = new Ring(linux, setup());
            return first;
        }
        return new Ring(linux, setup(IORING_SETUP_ATTACH_WQ, 0, first.fd()));
    }

    // end::shared[]

    @Override
    public Submitter submitter(Ring ring) {
        long busyNanos = TimeUnit.MICROSECONDS.toNanos(settings.busyWaitMicros());
        return new SqPollSubmitter(ring, busyNanos, wakeUps);
    }

    @Override
    public SocketNames names(Linux linux, Ring ring, Supplier<SubmissionEntry> entries)
            throws LinuxException {
        return settings.registeredFiles()
                ? new RegisteredFiles(linux, ring, places, entries)
                : SocketNames.descriptors();
    }
}
