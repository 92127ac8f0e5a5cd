package tinygate.iouring;

import java.nio.ByteBuffer;
import tinygate.kit.NotDoneYet;
import tinygate.linux.NativeMemory;

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
    private final NativeMemory memory;

    RingParameters(NativeMemory memory) {
        this.memory = memory;
    }

    static int size() {
        return 120;
    }

    /** Writes what is asked for; the rest becomes zero, or the kernel refuses it. */
    void ask(int flags, RingSetup setup) {
        throw new NotDoneYet("3.2", "RingParameters.ask");
    }

    long address() {
        return memory.address();
    }

    int submissionEntries() {
        throw new NotDoneYet("3.2", "RingParameters.submissionEntries");
    }

    int completionEntries() {
        throw new NotDoneYet("3.2", "RingParameters.completionEntries");
    }

    int flags() {
        throw new NotDoneYet("3.2", "RingParameters.flags");
    }

    int features() {
        throw new NotDoneYet("3.2", "RingParameters.features");
    }

    int submissionHead() {
        throw new NotDoneYet("3.2", "RingParameters.submissionHead");
    }

    int submissionTail() {
        throw new NotDoneYet("3.2", "RingParameters.submissionTail");
    }

    int submissionFlags() {
        throw new NotDoneYet("3.2", "RingParameters.submissionFlags");
    }

    int submissionArray() {
        throw new NotDoneYet("3.2", "RingParameters.submissionArray");
    }

    int completionHead() {
        throw new NotDoneYet("3.2", "RingParameters.completionHead");
    }

    int completionTail() {
        throw new NotDoneYet("3.2", "RingParameters.completionTail");
    }

    int completions() {
        throw new NotDoneYet("3.2", "RingParameters.completions");
    }
}
