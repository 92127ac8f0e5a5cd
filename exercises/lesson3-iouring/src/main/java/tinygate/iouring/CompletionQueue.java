package tinygate.iouring;

import static tinygate.iouring.IoUringConstants.IORING_CQE_BUFFER_SHIFT;
import static tinygate.iouring.IoUringConstants.IORING_CQE_F_BUFFER;
import static tinygate.iouring.IoUringConstants.IORING_CQE_F_MORE;

import tinygate.kit.NotDoneYet;
import tinygate.linux.NativeMemory;

/**
 * The queue of results: the kernel writes them at the tail, Java reads them from the head. One
 * entry ({@code struct io_uring_cqe}):
 *
 * <pre>
 *    0                       8            12           16
 *    +-----------------------+------------+------------+
 *    | user data             | result     | flags      |
 *    +-----------------------+------------+------------+
 *                                          31       16 15         0
 *                                         | buffer    |  MORE ... |
 * </pre>
 *
 * <p>The result is the one of the system call: a number of bytes, a descriptor, or -errno. It is a
 * view that moves over the entries and allocates nothing. Used by the loop's thread alone.
 */
public final class CompletionQueue {
    private final SharedWords words;
    private final RingParameters at;
    private final NativeMemory memory;
    private final int size;
    private int head; // of the next entry to read
    private int released; // the head that the kernel knows
    private int knownTail;
    private int entry; // where the present one begins, in bytes

    CompletionQueue(SharedWords words, RingParameters at, NativeMemory memory) {
        this.words = words;
        this.at = at;
        this.memory = memory;
        size = at.completionEntries();
        head = words.get(at.completionHead());
        released = head;
        knownTail = head;
    }

    static int sizeOfEntry() {
        return 16;
    }

    /** Whether there is a next completion. */
    public boolean ready() {
        throw new NotDoneYet("3.3", "CompletionQueue.ready");
    }

    /** Moves to the next completion; false if there is none. */
    public boolean next() {
        throw new NotDoneYet("3.3", "CompletionQueue.next");
    }

    /** Gives the kernel back the places of all that were read, the present one too. */
    public void release() {
        throw new NotDoneYet("3.3", "CompletionQueue.release");
    }

    /** Goes back to the first entry that was not released, to read a batch once more. */
    public void rewind() {
        head = released;
    }

    /** What the operation was submitted with. */
    public long userData() {
        return memory.buffer().getLong(entry);
    }

    /** What the system call would have answered; -errno if it failed. */
    public int result() {
        return memory.buffer().getInt(entry + 8);
    }

    /** Whether more completions of this operation will come. If not, the operation is over. */
    public boolean more() {
        return (flags() & IORING_CQE_F_MORE) != 0;
    }

    /** The provided buffer that the kernel has picked and used, or -1. */
    public int buffer() {
        int flags = flags();
        return (flags & IORING_CQE_F_BUFFER) == 0 ? -1 : flags >>> IORING_CQE_BUFFER_SHIFT;
    }

    private int flags() {
        return memory.buffer().getInt(entry + 12);
    }
}
