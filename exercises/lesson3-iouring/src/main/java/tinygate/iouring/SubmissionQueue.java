package tinygate.iouring;

import static tinygate.iouring.IoUringConstants.IORING_SQ_CQ_OVERFLOW;
import static tinygate.iouring.IoUringConstants.IORING_SQ_NEED_WAKEUP;

import tinygate.kit.NotDoneYet;

/**
 * The queue of operations on their way to the kernel. Java writes entries at the tail, the kernel
 * takes them from the head, and neither ever waits for the other.
 *
 * <pre>
 *              head (the kernel moves it)        published       tail (ours)
 *                v                                 v               v
 *   +-----+-----+-----+-----+-----+-----+-----+-----+-----+-----+-----+-----+
 *   |     |     |  x  |  x  |  x  |  x  |  x  |  x  |  o  |  o  |     |     |
 *   +-----+-----+-----+-----+-----+-----+-----+-----+-----+-----+-----+-----+
 *                x the kernel may take them        o written, not shown to it yet
 * </pre>
 *
 * <p>Head and tail count entries for ever and wrap at 2^32; the place of an entry is its number
 * modulo the size, which is a power of two. Used by the loop's thread alone.
 */
public final class SubmissionQueue {
    private final SharedWords words;
    private final RingParameters at;
    private final SubmissionEntry entry;
    private final int size;
    private int tail;
    private int knownHead; // the kernel may be further by now

    SubmissionQueue(SharedWords words, RingParameters at, SubmissionEntry entry) {
        this.words = words;
        this.at = at;
        this.entry = entry;
        size = at.submissionEntries();
        tail = words.get(at.submissionTail());
        knownHead = tail;
    }

    /** The next free entry, all zero, to be filled before the next call; null if there is none. */
    public SubmissionEntry next() {
        throw new NotDoneYet("3.3", "SubmissionQueue.next");
    }

    /** Shows the kernel all that was written so far, and nothing that is written later. */
    public void publish() {
        throw new NotDoneYet("3.3", "SubmissionQueue.publish");
    }

    /** How many entries the kernel has not taken yet. */
    public int pending() {
        throw new NotDoneYet("3.3", "SubmissionQueue.pending");
    }

    /**
     * Whether completions did not fit into their queue. The kernel keeps them, and delivers them
     * when the ring is entered with GETEVENTS and there is room.
     */
    public boolean completionsOverflowed() {
        return has(IORING_SQ_CQ_OVERFLOW);
    }

    /**
     * Whether the kernel's thread that takes entries by itself sleeps; there is one in lesson 4.
     */
    public boolean pollerSleeps() {
        return has(IORING_SQ_NEED_WAKEUP);
    }

    private boolean has(int flag) {
        return (words.getAcquire(at.submissionFlags()) & flag) != 0;
    }
}
