package tinygate.sqpoll;

import static tinygate.iouring.IoUringConstants.IORING_SETUP_COOP_TASKRUN;
import static tinygate.iouring.IoUringConstants.IORING_SETUP_DEFER_TASKRUN;
import static tinygate.iouring.IoUringConstants.IORING_SETUP_SQPOLL;
import static tinygate.iouring.IoUringConstants.IORING_SETUP_SQ_AFF;
import static tinygate.iouring.IoUringConstants.IORING_SETUP_TASKRUN_FLAG;

import tinygate.kit.NotDoneYet;

/**
 * Which set-up flags go with a poller. The kernel refuses the others too, but with EINVAL alone
 * (io_uring_setup(2)), which says neither which flag it was nor why.
 */
final class PollerFlags {
    private PollerFlags() {}

    /**
     * Returns the flags, if they go together. A poller excludes DEFER_TASKRUN, COOP_TASKRUN and
     * TASKRUN_FLAG; SQ_AFF needs one. Other flags are not looked at.
     *
     * @throws IllegalArgumentException whose message names the flag in full (IORING_SETUP_...), the
     *     cause, and behind "Cure: " what helps
     */
    static int checked(int flags) {
        throw new NotDoneYet("4.1", "PollerFlags.checked");
    }

    /** Refuses one flag, if it is set. Leaving it out is always a cure; there is another one. */
    private static void refuse(int flags, int flag, String what, String cause, String otherCure) {
        throw new NotDoneYet("4.1", "PollerFlags.refuse");
    }
}
