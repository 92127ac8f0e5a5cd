package tinygate.sqpoll;

import java.lang.invoke.VarHandle;
import java.util.function.BooleanSupplier;

// tag::race[]
/**
 * Shows the kernel what was written into the submission queue, and finds out whether its poller
 * must be woken to look. Each side writes one word and then reads the other's:
 *
 * <pre>
 *   the loop (here)                     the poller, when it has found nothing for a while
 *
 *   1  writes the tail                  1  writes NEED_WAKEUP
 *   2  full fence                       2  full fence
 *   3  reads NEED_WAKEUP                3  reads the tail
 *      set? enter with SQ_WAKEUP           unchanged? sleeps
 * </pre>
 *
 * <p>With both fences at least one of them sees what the other wrote: either the loop sees that the
 * poller is about to sleep and wakes it, or the poller sees the entries and stays awake.
 *
 * <p>Without the loop's fence both may read the old value. A processor keeps a write in a buffer of
 * its own for a while and reads on meanwhile; that a later read overtakes an earlier write of
 * another word is the one reordering that x86 does, and neither release nor acquire forbids it. The
 * loop then reads "awake" before the poller can see the tail; the poller sleeps on a queue that is
 * not empty, nobody wakes it, and the request hangs until another one comes. It happens about once
 * in thousands of times when the poller goes to sleep, and not at all in a debugger.
 */
final class WakeUp {
    // end::race[]
    private final Runnable tail;
    private final BooleanSupplier asleep;
    private final Runnable fence;

    /**
     * @param tail writes the queue's tail, with release
     * @param asleep reads NEED_WAKEUP, with acquire
     */
    WakeUp(Runnable tail, BooleanSupplier asleep) {
        this(tail, asleep, VarHandle::fullFence);
    }

    /** With another fence, to see what it is good for. */
    WakeUp(Runnable tail, BooleanSupplier asleep, Runnable fence) {
        this.tail = tail;
        this.asleep = asleep;
        this.fence = fence;
    }

    // tag::publish[]
    /** Publishes the tail; answers whether the poller must be woken. */
    boolean publish() {
        tail.run();
        fence.run();
        return asleep.getAsBoolean();
    }
    // end::publish[]
}
