package tinygate.iouring;

import java.util.concurrent.TimeUnit;
import tinygate.linux.NativeMemory;

/**
 * How long a wait may last, as {@code io_uring_enter} takes it: a view of 40 bytes of native
 * memory. So a deadline needs no operation of its own on the ring.
 *
 * <pre>
 *    0               8               16              24              32              40
 *    +---------------+---------------+---------------+---------------+---------------+
 *    | 0 (sigmask)   | 0             | ts ---------> | seconds       | nanoseconds   |
 *    +---------------+---------------+---------------+---------------+---------------+
 *    struct io_uring_getevents_arg                    struct __kernel_timespec
 * </pre>
 */
final class WaitArgument {
    private final NativeMemory memory;
    private final int offset;

    WaitArgument(NativeMemory memory, int offset) {
        this.memory = memory;
        this.offset = offset;
    }

    static int size() {
        return 40;
    }

    /** How much of it is the argument itself. */
    static int argumentSize() {
        return 24;
    }

    /**
     * @param nanos a negative number for ever
     */
    void set(long nanos) {
        long seconds = TimeUnit.NANOSECONDS.toSeconds(nanos);
        memory.buffer()
                .putLong(offset + 16, nanos < 0 ? 0 : address() + argumentSize())
                .putLong(offset + 24, seconds)
                .putLong(offset + 32, nanos - TimeUnit.SECONDS.toNanos(seconds));
    }

    long address() {
        return memory.address() + offset;
    }
}
