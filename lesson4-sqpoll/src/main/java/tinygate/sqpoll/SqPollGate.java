package tinygate.sqpoll;

import tinygate.Settings;
import tinygate.iouring.IoUringGate;
import tinygate.iouring.Ring;
import tinygate.linux.Errno;
import tinygate.linux.Linux;
import tinygate.linux.LinuxException;

/**
 * Lesson 4's gate: lesson 3's loops, whose rings are served by a thread of the kernel, so that a
 * request needs close to no system call. The work the calls did is not gone: the poller does it,
 * and uses a processor for as long as it looks for more.
 */
public class SqPollGate extends IoUringGate {

    /**
     * @throws IllegalArgumentException if the routes or the poller's settings cannot be used
     * @throws UnsupportedOperationException if a ring with a poller cannot be had here, with the
     *     cause and the cure
     */
    public SqPollGate(Settings settings) {
        this(settings, new SqPollMode(settings.poller()));
    }

    SqPollGate(Settings settings, SqPollMode mode) {
        super(settings, mode);
        PollerRequirements.check(settings.poller()).require();
        tryOut(settings, mode);
        stats.gauge("ring_poller_wake_ups", "Times the poller was woken.", mode::wakeUps);
    }

    /** Makes a ring and closes it, so that what is wrong is told before anything listens. */
    private static void tryOut(Settings settings, SqPollMode mode) {
        Linux linux = new Linux();
        try (Ring ring = new Ring(linux, mode.setup())) {
            mode.names(linux, ring, ring.submissions()::next).close();
        } catch (LinuxException e) {
            int cpu = settings.poller().cpu();
            if (e.errno() == Errno.EINVAL && cpu >= 0) {
                throw new IllegalArgumentException(
                        "poller.cpu: the poller cannot run on processor "
                                + cpu
                                + ", which is not there or not for this process. Cure: one of those"
                                + " that Cpus_allowed_list in /proc/self/status names, or -1 for"
                                + " any",
                        e);
            }
            throw new UnsupportedOperationException(e.getMessage(), e);
        }
    }
}
