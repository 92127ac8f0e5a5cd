package tinygate.iouring;

import java.util.ArrayDeque;

/**
 * The receives that are to be armed or cancelled, which is looked at before the ring is entered.
 *
 * <p>Those that found no buffer wait here until some have come back. Without one a receive ends at
 * once, with -ENOBUFS, so arming it again at once would fail at once, and so for ever.
 */
final class UnsettledReceives {
    private final ReceiveBuffers buffers;
    private final ArrayDeque<Receive> unsettled = new ArrayDeque<>();
    private final ArrayDeque<Receive> outOfBuffers = new ArrayDeque<>();

    UnsettledReceives(ReceiveBuffers buffers) {
        this.buffers = buffers;
    }

    // tag::ex-3-6[]
    /** Has a receive settled before the ring is entered; once, however often it is added. */
    void add(Receive receive) {
        if (!receive.queued) {
            receive.queued = true;
            unsettled.add(receive);
        }
    }

    /**
     * Fills the buffers up and settles who was added: at once, but those that are {@link
     * Receive#outOfBuffers} one after the other, until so many of them are receiving as there are
     * buffers filled; the others keep their place until the next turn.
     */
    // tag::starved[]
    void settle() {
        buffers.refill();
        while (!unsettled.isEmpty()) {
            Receive receive = unsettled.remove();
            if (receive.outOfBuffers()) {
                outOfBuffers.add(receive);
            } else {
                settle(receive);
            }
        }
        int left = buffers.filled();
        while (left > 0 && !outOfBuffers.isEmpty()) {
            if (settle(outOfBuffers.remove())) {
                left--;
            }
        }
    }

    // end::starved[]
    // end::ex-3-6[]

    /** Whether it was armed: its connection may be closed meanwhile, or want nothing. */
    private static boolean settle(Receive receive) {
        receive.queued = false;
        return receive.settle();
    }
}
