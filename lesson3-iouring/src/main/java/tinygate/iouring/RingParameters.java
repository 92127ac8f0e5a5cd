package tinygate.iouring;

import java.nio.ByteBuffer;
import tinygate.linux.NativeMemory;

// tag::offsets[]
/**
 * What {@code io_uring_setup} is asked and answers ({@code struct io_uring_params}): a view of 120
 * bytes of native memory. The kernel says where in the ring's mapping each word lies, so that new
 * kernels may move them.
 *
 * <pre>
 *    0            4            8            12           16           20           24        28
 *    +------------+------------+------------+------------+------------+------------+---------+
 *    | sq entries | cq entries | flags      | poller cpu | poller idle| features   | wq fd   |
 *    +------------+------------+------------+------------+------------+------------+---------+
 *    40           44           48           52           56           60           64        68
 *    +------------+------------+------------+------------+------------+------------+---------+
 * sq | head       | tail       | mask       | entries    | flags      | dropped    | array   |
 *    +------------+------------+------------+------------+------------+------------+---------+
 *    80           84           88           92           96           100          104
 *    +------------+------------+------------+------------+------------+------------+
 * cq | head       | tail       | mask       | entries    | overflow   | completions|
 *    +------------+------------+------------+------------+------------+------------+
 * </pre>
 *
 * The second and third row are offsets into the mapping, in bytes.
 */
final class RingParameters {
    // end::offsets[]
    private final NativeMemory memory;

    RingParameters(NativeMemory memory) {
        this.memory = memory;
    }

    static int size() {
        return 120;
    }

    // tag::ex-3-2[]
    /** Writes what is asked for; the rest becomes zero, or the kernel refuses it. */
    void ask(int flags, RingSetup setup) {
        ByteBuffer buffer = memory.buffer();
        for (int i = 0; i < size(); i += Long.BYTES) {
            buffer.putLong(i, 0);
        }
        buffer.putInt(4, setup.completions());
        buffer.putInt(8, flags);
        buffer.putInt(12, setup.poller().cpu());
        buffer.putInt(16, setup.poller().idleMillis());
        buffer.putInt(24, setup.poller().sharedWith());
    }

    // end::ex-3-2[]

    long address() {
        return memory.address();
    }

    // tag::ex-3-2[]
    int submissionEntries() {
        return memory.buffer().getInt(0);
    }

    int completionEntries() {
        return memory.buffer().getInt(4);
    }

    int flags() {
        return memory.buffer().getInt(8);
    }

    int features() {
        return memory.buffer().getInt(20);
    }

    int submissionHead() {
        return memory.buffer().getInt(40);
    }

    int submissionTail() {
        return memory.buffer().getInt(44);
    }

    int submissionFlags() {
        return memory.buffer().getInt(56);
    }

    int submissionArray() {
        return memory.buffer().getInt(64);
    }

    int completionHead() {
        return memory.buffer().getInt(80);
    }

    int completionTail() {
        return memory.buffer().getInt(84);
    }

    int completions() {
        return memory.buffer().getInt(100);
    }

    // end::ex-3-2[]
}
