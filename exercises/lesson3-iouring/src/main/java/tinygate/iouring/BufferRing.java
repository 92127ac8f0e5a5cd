package tinygate.iouring;

import static tinygate.iouring.IoUringConstants.IORING_REGISTER_PBUF_RING;
import static tinygate.iouring.IoUringConstants.IORING_UNREGISTER_PBUF_RING;

import java.nio.ByteBuffer;
import java.util.function.Function;
import tinygate.kit.NotDoneYet;
import tinygate.linux.Linux;
import tinygate.linux.LinuxException;
import tinygate.linux.NativeMemory;

/**
 * Provided buffers: memory into which the kernel may receive, handed over before anybody knows who
 * will need it. So a connection that waits holds no buffer. A third ring beside the two queues;
 * Java writes at the tail, the kernel picks from the head:
 *
 * <pre>
 *     0                       8            12      14      16
 *     +-----------------------+------------+-------+-------+
 *   0 | address               | length     | id    | TAIL  |    the ring's tail overlays the
 *     +-----------------------+------------+-------+-------+    reserved field of entry 0
 *   1 | address               | length     | id    |   -   |
 *     +-----------------------+------------+-------+-------+
 * </pre>
 *
 * <p>So that field must never be written together with its entry: it would move the tail. A
 * completion tells the id of the buffer that was picked; the buffer is Java's from then on, until
 * it is provided again. If there is none, a receive ends with -ENOBUFS and must be submitted again.
 * Since Linux 5.19; see io_uring_register_buf_ring(3).
 */
public final class BufferRing implements AutoCloseable {
    private static final int REGISTRATION = 40; // bytes

    private final Ring ring;
    private final int group;
    private final int entries;
    private final NativeMemory memory;
    private final SharedWords words;
    private short tail;

    /**
     * @param group a number of its own among the ring's groups, 0 to 65535
     * @param entries how many buffers it can hold, a power of two up to 32768
     * @throws LinuxException if the kernel refuses it
     */
    public BufferRing(Linux linux, Ring ring, int group, int entries) throws LinuxException {
        this(linux, ring, group, entries, MappedWords::new);
    }

    /**
     * @param words how the tail is written
     */
    BufferRing(
            Linux linux,
            Ring ring,
            int group,
            int entries,
            Function<NativeMemory, SharedWords> words)
            throws LinuxException {
        this.ring = ring;
        this.group = group;
        this.entries = entries;
        // The ring, and behind it the argument of io_uring_register.
        memory = NativeMemory.allocate(linux, entries * sizeOfEntry() + REGISTRATION);
        this.words = words.apply(memory);
        try {
            LinuxException.check(
                    "io_uring_register", "PBUF_RING", register(IORING_REGISTER_PBUF_RING));
        } catch (LinuxException e) {
            memory.close();
            throw e;
        }
    }

    static int sizeOfEntry() {
        return 16;
    }

    static int offsetOfTail() {
        return 14;
    }

    /** Of {@code struct io_uring_buf_reg}: the ring's address, its entries, its group, zeroes. */
    private int register(int operation) {
        int at = entries * sizeOfEntry();
        memory.buffer().putLong(at, memory.address());
        memory.buffer().putInt(at + 8, entries).putShort(at + 12, (short) group);
        return ring.register(operation, memory.address() + at, 1);
    }

    /**
     * Provides a buffer, which belongs to the kernel from {@link #publish} on. There must be room:
     * no more buffers than entries may be with the kernel.
     *
     * @param id what a completion will call it, 0 to 65535
     */
    public void provide(int id, long address, int length) {
        throw new NotDoneYet("3.6", "BufferRing.provide");
    }

    /** Shows the kernel all that was provided so far. */
    public void publish() {
        throw new NotDoneYet("3.6", "BufferRing.publish");
    }

    public int group() {
        return group;
    }

    public int entries() {
        return entries;
    }

    /** Takes all buffers back; nothing must be receiving into them. */
    @Override
    public void close() {
        register(IORING_UNREGISTER_PBUF_RING);
        memory.close();
    }
}
