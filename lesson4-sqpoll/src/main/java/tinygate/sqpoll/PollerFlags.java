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
            String cause = "it places a poller, and there is none";
            refuse(flags, IORING_SETUP_SQ_AFF, "SQ_AFF needs", cause, "or add SQPOLL");
        } else {
            String cause = "it is about work of the loop's thread, which the poller does";
            String cure = "or use no poller";
            refuse(flags, IORING_SETUP_DEFER_TASKRUN, "DEFER_TASKRUN excludes", cause, cure);
            refuse(flags, IORING_SETUP_COOP_TASKRUN, "COOP_TASKRUN excludes", cause, cure);
            refuse(flags, IORING_SETUP_TASKRUN_FLAG, "TASKRUN_FLAG excludes", cause, cure);
        }
        return flags;
    }

    /** Refuses one flag, if it is set. Leaving it out is always a cure; there is another one. */
    private static void refuse(int flags, int flag, String what, String cause, String otherCure) {
        if ((flags & flag) != 0) {
            throw new IllegalArgumentException(
                    "IORING_SETUP_%s IORING_SETUP_SQPOLL: %s. Cure: leave it out, %s."
                            .formatted(what, cause, otherCure));
        }
    }
    // end::check[]
    // end::ex-4-1[]
}
