package tinygate.linux;

import static tinygate.linux.Constants.MAP_ANONYMOUS;
import static tinygate.linux.Constants.MAP_POPULATE;
import static tinygate.linux.Constants.MAP_PRIVATE;
import static tinygate.linux.Constants.MAP_SHARED;
import static tinygate.linux.Constants.PROT_READ;
import static tinygate.linux.Constants.PROT_WRITE;

import com.sun.jna.Pointer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Memory that Java and the kernel both reach: Java through a {@link ByteBuffer}, the kernel by an
 * address that never moves. What a system call reads or writes lies in such memory.
 *
 * <p>Who allocates it owns it and closes it, on the loop's thread, when neither Java nor the kernel
 * uses it any more. It comes from {@code mmap} in whole pages: it begins on a page's boundary and
 * is zero at first, so it is meant for a few large areas, not for many small ones.
 */
public final class NativeMemory implements AutoCloseable {
    private final Linux linux;
    private final long address;
    private final int size;
    private ByteBuffer buffer;

    private NativeMemory(Linux linux, long address, int size) {
        this.linux = linux;
        this.address = address;
        this.size = size;
        this.buffer = new Pointer(address).getByteBuffer(0, size).order(ByteOrder.nativeOrder());
    }

    /**
     * New memory, all zero.
     *
     * @param size in bytes, at least 1
     * @throws LinuxException if the machine has not that much memory
     */
    public static NativeMemory allocate(Linux linux, int size) throws LinuxException {
        return map(linux, size, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    }

    /**
     * Memory shared with the kernel through a descriptor, such as that of a ring.
     *
     * @param size in bytes, at least 1
     * @param offset where in the descriptor's range the memory begins, in bytes
     * @throws LinuxException if the descriptor has no such memory
     */
    public static NativeMemory share(Linux linux, int fd, long offset, int size)
            throws LinuxException {
        return map(linux, size, MAP_SHARED | MAP_POPULATE, fd, offset);
    }

    // tag::map[]
    private static NativeMemory map(Linux linux, int size, int flags, int fd, long offset)
            throws LinuxException {
        long address = linux.mmap(size, PROT_READ | PROT_WRITE, flags, fd, offset);
        if (address < 0) {
            throw new LinuxException("mmap", "of " + size + " bytes", (int) address);
        }
        return new NativeMemory(linux, address, size);
    }

    // end::map[]

    /** The size in bytes. */
    public int size() {
        return size;
    }

    /**
     * The address of the first byte.
     *
     * @throws IllegalStateException after {@link #close}
     */
    public long address() {
        buffer();
        return address;
    }

    /**
     * All of the memory in native byte order, always the same object. It must not be used after
     * {@link #close}, nor may a slice of it: the JVM would crash. So keep the memory, not the
     * buffer, where that can happen.
     *
     * @throws IllegalStateException after {@link #close}
     */
    public ByteBuffer buffer() {
        ByteBuffer open = buffer;
        if (open == null) {
            throw new IllegalStateException("this native memory was closed");
        }
        return open;
    }

    /** Gives the memory back to the kernel; does nothing the second time. */
    @Override
    public void close() {
        if (buffer != null) {
            buffer = null;
            linux.munmap(address, size);
        }
    }
}
