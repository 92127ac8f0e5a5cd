package tinygate.iouring;

import static tinygate.iouring.IoUringConstants.IORING_OFF_SQES;
import static tinygate.iouring.IoUringConstants.IORING_OFF_SQ_RING;
import static tinygate.iouring.IoUringConstants.IORING_SETUP_NO_SQARRAY;

import tinygate.kit.NotDoneYet;
import tinygate.linux.Linux;
import tinygate.linux.LinuxException;
import tinygate.linux.NativeMemory;

/**
 * The memory that a {@link Ring} shares with the kernel: two mappings of the ring's descriptor.
 *
 * <pre>
 *   IORING_OFF_SQ_RING                                      IORING_OFF_SQES
 *   +---------------------+-----------------+---------+     +---------+---------+-----
 *   | heads, tails, flags | completions ... | array   |     | entry 0 | entry 1 | ...
 *   +---------------------+-----------------+---------+     +---------+---------+-----
 *     where each begins is told by RingParameters             of 64 bytes each
 * </pre>
 *
 * <p>The array, of an int for each submission entry, tells older kernels where the entry lies; a
 * ring with NO_SQARRAY (6.6) has none. See io_uring_setup(2).
 *
 * @param queues the first mapping
 * @param entries the second
 */
record RingMemory(NativeMemory queues, NativeMemory entries) implements AutoCloseable {

    /**
     * Maps the memory of a ring that was just set up, and fills its array if it has one. What was
     * mapped is given back if the rest cannot be.
     *
     * @param parameters what the kernel has answered
     * @throws LinuxException if the kernel refuses
     */
    static RingMemory map(Linux linux, int fd, RingParameters parameters) throws LinuxException {
        throw new NotDoneYet("3.2", "RingMemory.map");
    }

    /** The bytes up to the end of the completions or of the array, whichever is later. */
    static int sizeOfQueues(RingParameters parameters) {
        throw new NotDoneYet("3.2", "RingMemory.sizeOfQueues");
    }

    /** The bytes of all submission entries. */
    static int sizeOfEntries(RingParameters parameters) {
        throw new NotDoneYet("3.2", "RingMemory.sizeOfEntries");
    }

    /** Each entry's place in the array is its own number, once and for all. */
    void fillArray(RingParameters parameters) {
        throw new NotDoneYet("3.2", "RingMemory.fillArray");
    }

    @Override
    public void close() {
        entries.close();
        queues.close();
    }
}
