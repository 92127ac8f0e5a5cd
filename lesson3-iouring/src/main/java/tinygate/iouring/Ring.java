package tinygate.iouring;

import static tinygate.iouring.IoUringConstants.IORING_ENTER_EXT_ARG;
import static tinygate.iouring.IoUringConstants.IORING_ENTER_REGISTERED_RING;
import static tinygate.iouring.IoUringConstants.IORING_FEAT_EXT_ARG;
import static tinygate.iouring.IoUringConstants.IORING_FEAT_NODROP;
import static tinygate.iouring.IoUringConstants.IORING_FEAT_SINGLE_MMAP;
import static tinygate.iouring.IoUringConstants.IORING_REGISTER_ENABLE_RINGS;
import static tinygate.iouring.IoUringConstants.IORING_REGISTER_RING_FDS;
import static tinygate.iouring.IoUringConstants.IORING_SETUP_CQSIZE;
import static tinygate.iouring.IoUringConstants.IORING_SETUP_R_DISABLED;
import static tinygate.iouring.IoUringConstants.IORING_UNREGISTER_RING_FDS;

import tinygate.linux.Errno;
import tinygate.linux.Linux;
import tinygate.linux.LinuxException;
import tinygate.linux.NativeMemory;

/**
 * An io_uring: two queues in memory that Java and the kernel share, and a descriptor to enter the
 * kernel with. See io_uring(7); needs Linux 6.1.
 *
 * <pre>
 *                         +------------------------------------+
 *   Java  -- entries ---> | submission queue                   | ---> the kernel does them
 *                         |                                    |
 *   Java  &lt;-- results --- |                   completion queue | &lt;--- as they are done
 *                         +------------------------------------+
 *              io_uring_enter: "look at the one, I wait for the other"
 * </pre>
 *
 * <p>A ring is made by any thread, so that a gate can say at its start what is wrong; the thread
 * that will use it calls {@link #enable}, and from then on it is used by that thread alone.
 */
public final class Ring implements AutoCloseable {
    private static final int WAIT = 128; // behind RingParameters, on a page of their own
    private static final int REGISTRATION = 192;

    private final Linux linux;
    private final NativeMemory page;
    private final RingParameters parameters;
    private final WaitArgument wait;
    private int fd = -1;
    private int registered = -1; // the descriptor's place in the thread's table of rings
    private RingMemory memory;
    private final SubmissionQueue submissions;
    private final CompletionQueue completions;

    /**
     * @throws LinuxException if the kernel refuses, with the likely cause and the cure
     */
    public Ring(Linux linux, RingSetup setup) throws LinuxException {
        this.linux = linux;
        page = NativeMemory.allocate(linux, REGISTRATION + 16);
        parameters = new RingParameters(page);
        wait = new WaitArgument(page, WAIT);
        try {
            fd = setUp(setup);
            memory = RingMemory.map(linux, fd, parameters);
        } catch (LinuxException e) {
            close();
            throw e;
        }
        SharedWords words = new MappedWords(memory.queues());
        submissions = new SubmissionQueue(words, parameters, new SubmissionEntry(memory.entries()));
        completions = new CompletionQueue(words, parameters, memory.queues());
    }

    private int setUp(RingSetup setup) throws LinuxException {
        int flags = setup.flags() | IORING_SETUP_R_DISABLED | IORING_SETUP_CQSIZE;
        int result = setUp(setup, flags | setup.optionalFlags());
        if (Errno.EINVAL.is(result)) {
            result = setUp(setup, flags);
        }
        if (result < 0) {
            throw RingErrors.setUp(result);
        }
        int needed = IORING_FEAT_SINGLE_MMAP | IORING_FEAT_NODROP | IORING_FEAT_EXT_ARG;
        if ((parameters.features() & needed) != needed) {
            linux.close(result);
            throw RingErrors.setUp(-Errno.EINVAL.number());
        }
        return result;
    }

    private int setUp(RingSetup setup, int flags) {
        parameters.ask(flags, setup);
        return linux.ioUringSetup(setup.submissions(), parameters.address());
    }

    /**
     * Makes the calling thread the one that uses the ring.
     *
     * @throws LinuxException if the kernel refuses
     */
    public void enable() throws LinuxException {
        LinuxException.check(
                "io_uring_register", "ENABLE_RINGS", register(IORING_REGISTER_ENABLE_RINGS, 0, 0));
        // The thread's own table of rings saves the look-up of the descriptor at each entering.
        // {u32 place, any; u32 0; u64 descriptor}
        page.buffer().putInt(REGISTRATION, -1).putInt(REGISTRATION + 4, 0);
        page.buffer().putLong(REGISTRATION + 8, fd);
        if (register(IORING_REGISTER_RING_FDS, page.address() + REGISTRATION, 1) == 1) {
            registered = page.buffer().getInt(REGISTRATION);
        }
    }

    /** Whether it is entered by its place in the thread's table; there are 16 places (5.18). */
    boolean isRegistered() {
        return registered >= 0;
    }

    public SubmissionQueue submissions() {
        return submissions;
    }

    public CompletionQueue completions() {
        return completions;
    }

    /**
     * Enters the kernel: {@code io_uring_enter}.
     *
     * @param toSubmit how many published entries it shall take
     * @param minComplete for how many completions it waits, if the flags have GETEVENTS
     * @param flags IORING_ENTER_…
     * @param timeoutNanos how long it waits at most; a negative number for ever
     * @return how many entries were taken, or -errno; -ETIME if the time is over
     */
    // tag::enter[]
    public int enter(int toSubmit, int minComplete, int flags, long timeoutNanos) {
        wait.set(timeoutNanos);
        boolean direct = registered < 0;
        return linux.ioUringEnter(
                direct ? fd : registered,
                toSubmit,
                minComplete,
                flags | IORING_ENTER_EXT_ARG | (direct ? 0 : IORING_ENTER_REGISTERED_RING),
                wait.address(),
                WaitArgument.argumentSize());
    }

    // end::enter[]

    /** For another ring that shares this one's poller. */
    public int fd() {
        return fd;
    }

    /** Registers something with the ring, {@code io_uring_register}; answers -errno if refused. */
    public int register(int operation, long argument, int count) {
        return linux.ioUringRegister(fd, operation, argument, count);
    }

    /** Which of the flags that were asked for the ring has, IORING_SETUP_…. */
    public int flags() {
        return parameters.flags();
    }

    /**
     * Ends the ring; does nothing the second time. What is still under way is cancelled, but not
     * before this returns: memory that the kernel may yet use must outlive the operations, so wait
     * for their completions first.
     */
    @Override
    public void close() {
        if (fd >= 0) {
            if (registered >= 0) {
                page.buffer().putInt(REGISTRATION, registered).putLong(REGISTRATION + 8, 0);
                register(IORING_UNREGISTER_RING_FDS, page.address() + REGISTRATION, 1);
            }
            linux.close(fd);
            fd = -1;
        }
        if (memory != null) {
            memory.close();
        }
        page.close();
    }
}
