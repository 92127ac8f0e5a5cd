package tinygate.iouring;

import static tinygate.iouring.IoUringConstants.IORING_SETUP_DEFER_TASKRUN;
import static tinygate.iouring.IoUringConstants.IORING_SETUP_NO_SQARRAY;
import static tinygate.iouring.IoUringConstants.IORING_SETUP_SINGLE_ISSUER;
import static tinygate.iouring.IoUringConstants.IORING_SETUP_SUBMIT_ALL;

/**
 * How large a ring is and how it works. The queues' sizes are rounded up to a power of two by the
 * kernel.
 *
 * @param submissions how many operations can be written before the kernel must take some
 * @param completions how many results the kernel can leave before it must keep some to itself; at
 *     least as many as submissions
 * @param buffers how many buffers the kernel is given at most to receive into, a power of two up to
 *     32768
 * @param flags IORING_SETUP_… that the program relies on
 * @param optionalFlags those that it can do without: they are left out on a kernel without them
 * @param poller for a ring with IORING_SETUP_SQPOLL, else {@link Poller#NONE}
 */
public record RingSetup(
        int submissions,
        int completions,
        int buffers,
        int flags,
        int optionalFlags,
        Poller poller) {

    /**
     * The thread of the kernel that fetches submissions (lesson 4).
     *
     * @param idleMillis after so long without work it sleeps; 0 means one second
     * @param cpu the processor it runs on, with the flag SQ_AFF
     * @param sharedWith the descriptor of the ring whose thread it is, with the flag ATTACH_WQ
     */
    public record Poller(int idleMillis, int cpu, int sharedWith) {
        public static final Poller NONE = new Poller(0, 0, 0);
    }

    /** A ring without a poller. */
    public RingSetup(int submissions, int completions, int buffers, int flags, int optionalFlags) {
        this(submissions, completions, buffers, flags, optionalFlags, Poller.NONE);
    }

    /**
     * A ring that one thread enters, and whose work is done while that thread waits: without
     * DEFER_TASKRUN the kernel interrupts the thread for each piece of it.
     */
    // tag::one-thread[]
    public static RingSetup ofOneThread(int submissions, int completions, int buffers) {
        return new RingSetup(
                submissions,
                completions,
                buffers,
                IORING_SETUP_SUBMIT_ALL | IORING_SETUP_SINGLE_ISSUER | IORING_SETUP_DEFER_TASKRUN,
                IORING_SETUP_NO_SQARRAY);
    }

    // end::one-thread[]

    /** The same without one of the flags. */
    RingSetup without(int flag) {
        return new RingSetup(
                submissions, completions, buffers, flags & ~flag, optionalFlags, poller);
    }
}
