package tinygate.sqpoll;

import static tinygate.iouring.IoUringConstants.IORING_REGISTER_BUFFERS;

import java.nio.ByteBuffer;
import tinygate.iouring.Ring;
import tinygate.iouring.SubmissionEntry;
import tinygate.linux.Constants;
import tinygate.linux.Errno;
import tinygate.linux.Linux;
import tinygate.linux.LinuxException;
import tinygate.linux.NativeMemory;

/**
 * Memory whose pages the kernel has looked up and pinned once, instead of at each operation, and
 * from which it sends without a copy. Whose a buffer is:
 *
 * <pre>
 *   take()                      Java's: the bytes are written
 *   send()                      the kernel's
 *   completion, with MORE       so many bytes were taken; still the kernel's, which may have to
 *                               send them again
 *   completion, without MORE    the peer has acknowledged all: Java's, and free
 * </pre>
 *
 * <p>Who writes into it after the first of the two completions sends something else than he meant.
 *
 * <p>The gate sends with a copy, and has none of these. Its peers decide when a buffer comes back:
 * a client that reads nothing keeps it, even behind a close. What it sends is small as a rule, and
 * a copy of some kilobytes costs less than a second completion. And between programs of one machine
 * the kernel copies anyway. It pays for large bodies on a real network.
 *
 * <p>See io_uring_register(2) and io_uring_prep_send_zc(3); Linux 6.0.
 */
final class RegisteredBuffers implements AutoCloseable {
    private static final int IOVEC = 16; // bytes: address, length

    private final int bytesEach;
    private final NativeMemory memory;
    private final int[] free;
    private int freeCount;

    /**
     * @param count how many buffers, at most 16384
     * @param bytesEach how large each is
     * @throws LinuxException if the kernel refuses them
     */
    RegisteredBuffers(Linux linux, Ring ring, int count, int bytesEach) throws LinuxException {
        this.bytesEach = bytesEach;
        memory = NativeMemory.allocate(linux, count * bytesEach);
        free = new int[count];
        try (NativeMemory vectors = NativeMemory.allocate(linux, count * IOVEC)) {
            for (int index = count - 1; index >= 0; index--) {
                vectors.buffer().putLong(index * IOVEC, address(index));
                vectors.buffer().putLong(index * IOVEC + Long.BYTES, bytesEach);
                free[freeCount++] = index;
            }
            check(ring.register(IORING_REGISTER_BUFFERS, vectors.address(), count));
        } catch (LinuxException e) {
            memory.close();
            throw e;
        }
    }

    private static void check(int result) throws LinuxException {
        if (Errno.ENOMEM.is(result)) {
            throw new LinuxException(
                    "io_uring_register",
                    "BUFFERS",
                    result,
                    "registered buffers are locked memory, of which all processes of a user"
                            + " together may have RLIMIT_MEMLOCK",
                    "raise the limit (ulimit -l), or register less");
        }
        LinuxException.check("io_uring_register", "BUFFERS", result);
    }

    private long address(int index) {
        return memory.address() + (long) index * bytesEach;
    }

    // tag::ex-4-5[]
    // tag::buffers[]
    /** A buffer that is Java's from now on; -1 if all are in use. */
    int take() {
        return freeCount == 0 ? -1 : free[--freeCount];
    }

    /** Writes bytes at the beginning of a buffer that was taken. */
    void fill(int index, byte[] bytes) {
        ByteBuffer buffer = memory.buffer();
        buffer.put(index * bytesEach, bytes);
    }

    /**
     * Has so many bytes of a buffer sent, from its beginning and without a copy; it is the kernel's
     * from now on. Answers the entry, which lacks the socket and the user data yet.
     */
    SubmissionEntry send(SubmissionEntry entry, int index, int length) {
        return entry.sendZeroCopy(address(index), length, Constants.MSG_NOSIGNAL)
                .registeredBuffer(index);
    }

    /**
     * A completion of a send from this buffer has come.
     *
     * @param more whether another one will; if not, the buffer is free
     */
    void completed(int index, boolean more) {
        if (!more) {
            free[freeCount++] = index;
        }
    }

    // end::buffers[]
    // end::ex-4-5[]

    /** Gives the memory back, when the ring is closed, which has pinned it until then. */
    @Override
    public void close() {
        memory.close();
    }
}
