package tinygate.iouring;

import tinygate.linux.Errno;
import tinygate.loop.NativeChunks.NativeChunk;

/**
 * Hands what a turn of the {@link RingLoop} has brought to those it concerns, in the order in which
 * the kernel wrote it.
 */
final class CompletionBatches {
    /** Whom the cancel of an accept is for; no connection has a slot so high. */
    static final long ACCEPTOR = Integer.MAX_VALUE;

    private final RingLoop loop;
    private final Ring ring;
    private final CompletionQueue completions;
    private final RingCounters counters;

    CompletionBatches(RingLoop loop, Ring ring, RingCounters counters) {
        this.loop = loop;
        this.ring = ring;
        this.completions = ring.completions();
        this.counters = counters;
    }

    // tag::batch[]
    /**
     * Handles all that have come. They are looked through before any of them is acted upon: else a
     * request could be sent on a kept connection of which the same batch brings the end, or bytes
     * that nobody asked for.
     */
    void handle() {
        int untold = 0;
        while (completions.next()) {
            untold++;
            note(completions.userData());
        }
        completions.rewind();
        try {
            for (; untold > 0; untold--) {
                completions.next();
                completed(
                        completions.userData(),
                        completions.result(),
                        completions.more(),
                        completions.buffer());
            }
        } finally {
            completions.release(); // no completion is handled twice, whatever it has led to
        }
        if (ring.submissions().completionsOverflowed()) {
            counters.completionsOverflowed().inc();
        }
    }

    private void note(long userData) {
        RingConnection connection = connection(userData);
        if (connection != null) {
            connection.untold++;
        }
    }

    // end::batch[]

    /** The connection on which an operation was; null if it was on none. */
    private RingConnection connection(long userData) {
        return switch (UserData.operation(userData)) {
            case CONNECT, RECEIVE, HANG_UP, SEND -> loop.slots.get(UserData.token(userData));
            default -> null;
        };
    }

    private void completed(long userData, int result, boolean more, int buffer) {
        RingConnection connection = connection(userData);
        RingDriver driver = null;
        if (connection != null) {
            connection.untold--;
            driver = connection.driver();
        }
        try {
            long token = UserData.token(userData);
            handle(UserData.operation(userData), connection, token, result, more, buffer);
        } catch (RuntimeException | OutOfMemoryError fault) {
            if (driver == null) {
                throw fault;
            }
            driver.giveUp(fault);
        }
    }

    private void handle(
            Operation operation,
            RingConnection connection,
            long token,
            int result,
            boolean more,
            int buffer) {
        switch (operation) {
            case WAKE_UP -> {
                if (!more) {
                    loop.awaitWakeUp();
                }
            }
            case ACCEPT -> loop.acceptCompleted(result, more);
            case CONNECT -> connection.connectCompleted(result);
            case RECEIVE -> received(connection, result, more, buffer);
            case HANG_UP -> connection.hungUp();
            case SEND -> connection.sendCompleted(result);
            case CHECK -> loop.checkCompleted(token, result);
            case CANCEL -> cancelled(token, result);
            case CLOSE, REGISTER -> {}
        }
    }

    /** Something of the acceptor or of a connection was cancelled, which may be gone meanwhile. */
    private void cancelled(long token, int result) {
        if (!Errno.ENOENT.is(result)) {
            return;
        }
        RingConnection connection = loop.slots.get(token);
        if (connection != null) {
            connection.cancelFoundNothing();
        } else if (token == ACCEPTOR) {
            loop.acceptCancelFoundNothing();
        }
    }

    private void received(RingConnection connection, int result, boolean more, int buffer) {
        if (Errno.ENOBUFS.is(result)) {
            counters.buffersExhausted().inc();
            loop.buffers.exhausted();
        }
        NativeChunk chunk = buffer < 0 ? null : loop.buffers.take(buffer, Math.max(0, result));
        connection.receiveCompleted(result, more, chunk);
    }
}
