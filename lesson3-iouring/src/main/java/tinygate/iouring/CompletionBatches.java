package tinygate.iouring;

import tinygate.linux.Errno;
import tinygate.loop.NativeChunks.NativeChunk;

/**
 * Hands what a turn of the {@link RingLoop} has brought to those it concerns, in the order in which
 * the kernel wrote it.
 */
final class CompletionBatches {
    private final RingLoop loop;
    private final Ring ring;
    private final CompletionQueue completions;
    private final RingCounters counters;
    private long noted; // completions, since the loop began
    private long handled;

    CompletionBatches(RingLoop loop, Ring ring, RingCounters counters) {
        this.loop = loop;
        this.ring = ring;
        this.completions = ring.completions();
        this.counters = counters;
    }

    /**
     * Handles all that have come. They are looked through before any of them is acted upon: else a
     * request could be sent on a kept connection of which the same batch brings the end, or bytes
     * that nobody asked for.
     */
    void handle() {
        while (completions.next()) {
            noted++;
            note(completions.userData());
        }
        completions.rewind();
        while (handled < noted) {
            handled++;
            completions.next();
            completed(
                    completions.userData(),
                    completions.result(),
                    completions.more(),
                    completions.buffer());
        }
        completions.release();
        if (ring.submissions().completionsOverflowed()) {
            counters.completionsOverflowed().inc();
        }
    }

    private void note(long userData) {
        Operation operation = UserData.operation(userData);
        if (operation == Operation.RECEIVE || operation == Operation.HANG_UP) {
            loop.slots.get(UserData.token(userData)).lastTold = noted;
        }
    }

    /** How many completions the loop has handled, or begun to. */
    long handled() {
        return handled;
    }

    private void completed(long userData, int result, boolean more, int buffer) {
        long token = UserData.token(userData);
        RingConnection connection = loop.slots.get(token);
        RingDriver driver = connection == null ? null : connection.driver();
        try {
            handle(UserData.operation(userData), token, result, more, buffer);
        } catch (RuntimeException fault) {
            if (driver == null) {
                throw fault;
            }
            driver.giveUp(fault);
        }
    }

    private void handle(Operation operation, long token, int result, boolean more, int buffer) {
        switch (operation) {
            case WAKE_UP -> {
                if (!more) {
                    loop.awaitWakeUp();
                }
            }
            case ACCEPT -> loop.acceptCompleted(result, more);
            case CONNECT -> loop.slots.get(token).connectCompleted(result);
            case RECEIVE -> received(loop.slots.get(token), result, more, buffer);
            case HANG_UP -> loop.slots.get(token).hungUp();
            case SEND -> loop.slots.get(token).sendCompleted(result);
            case CHECK -> loop.checkCompleted(token, result);
            case CANCEL, CLOSE, REGISTER -> {}
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
