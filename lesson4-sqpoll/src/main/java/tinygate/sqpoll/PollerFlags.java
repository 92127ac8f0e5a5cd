package tinygate.sqpoll;

import static tinygate.iouring.IoUringConstants.IORING_SETUP_COOP_TASKRUN;
import static tinygate.iouring.IoUringConstants.IORING_SETUP_DEFER_TASKRUN;
import static tinygate.iouring.IoUringConstants.IORING_SETUP_SQPOLL;
import static tinygate.iouring.IoUringConstants.IORING_SETUP_SQ_AFF;
import static tinygate.iouring.IoUringConstants.IORING_SETUP_TASKRUN_FLAG;

/**
 * Which set-up flags go with a poller. The kernel refuses the others too, but with EINVAL alone
 * (io_uring_setup(2)), which says neither which flag it was nor why.
 */
final class PollerFlags {
    private PollerFlags() {}

    // tag::ex-4-1[]
    // tag::check[]
    /**
     * Returns the flags, if they go together. A poller excludes DEFER_TASKRUN, COOP_TASKRUN and
     * TASKRUN_FLAG; SQ_AFF needs one. Other flags are not looked at.
     *
     * @throws IllegalArgumentException whose message names the flag in full (IORING_SETUP_...), the
     *     cause, and behind "Cure: " what helps
     */
    static int checked(int flags) {
        if ((flags & IORING_SETUP_SQPOLL) == 0) {
            refuse(flags, IORING_SETUP_SQ_AFF, "SQ_AFF", "places a poller, and there is none");
        } else {
            String cause = "is about work that the loop's thread does, but the poller does it";
            refuse(flags, IORING_SETUP_DEFER_TASKRUN, "DEFER_TASKRUN", cause);
            refuse(flags, IORING_SETUP_COOP_TASKRUN, "COOP_TASKRUN", cause);
            refuse(flags, IORING_SETUP_TASKRUN_FLAG, "TASKRUN_FLAG", cause);
        }
        return flags;
    }

    private static void refuse(int flags, int flag, String name, String cause) {
        if ((flags & flag) != 0) {
            boolean poller = (flags & IORING_SETUP_SQPOLL) != 0;
            throw new IllegalArgumentException(
                    "IORING_SETUP_%s %s IORING_SETUP_SQPOLL: it %s. Cure: leave it out%s."
                            .formatted(
                                    name,
                                    poller ? "cannot go with" : "needs",
                                    cause,
                                    poller ? ", or use no poller" : ", or add SQPOLL"));
        }
    }
    // end::check[]
    // end::ex-4-1[]
}
