package tinygate.iouring;

import java.util.ArrayDeque;

/**
 * The connections whose receive is to begin or to end, which is looked at before the ring is
 * entered.
 *
 * <p>Those that found no buffer wait here until some have come back. A receive ends with -ENOBUFS
 * at once, so submitting it again at once would fail at once, and so for ever.
 */
final class UnsettledReceives {
    private final ReceiveBuffers buffers;
    private final ArrayDeque<RingConnection> unsettled = new ArrayDeque<>();
    private final ArrayDeque<RingConnection> outOfBuffers = new ArrayDeque<>();

    UnsettledReceives(ReceiveBuffers buffers) {
        this.buffers = buffers;
    }

    // tag::ex-3-6[]
    /** Has a connection settled before the ring is entered; once, however often it is added. */
    void add(RingConnection connection) {
        if (!connection.queued) {
            connection.queued = true;
            unsettled.add(connection);
        }
    }

    /**
     * Fills the buffers up and settles who was added: at once, but those that are {@link
     * RingConnection#outOfBuffers} one after the other, until so many of them are receiving as
     * there are buffers filled; the others keep their place until the next turn.
     */
    // tag::starved[]
    void settle() {
        buffers.refill();
        while (!unsettled.isEmpty()) {
            RingConnection connection = unsettled.remove();
            if (connection.outOfBuffers()) {
                outOfBuffers.add(connection);
            } else {
                settle(connection);
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

    /** Whether a receive has begun: a connection may be closed meanwhile, or want nothing. */
    private static boolean settle(RingConnection connection) {
        connection.queued = false;
        return connection.settle();
    }
}
