package tinygate.linux;

import java.nio.ByteBuffer;

/**
 * A list of pieces of memory that {@code sendmsg} sends in one call, such as a head and its body; a
 * view of native memory that someone else owns. See sendmsg(2).
 *
 * <pre>
 *   0           8           16          24          32          40          48
 *   +-----------+-----------+-----------+-----------+-----------+-----------+-----------+
 *   | name, its length      | iov       | iovlen    | control, its length   | flags     |  msghdr
 *   +-----------+-----------+----|------+-----------+-----------+-----------+-----------+
 *                                |
 *   56          64          72   |      80
 *   +-----------+-----------+-----------+-----------+---
 *   | address   | length    | address   | length    | ...     an iovec for each piece
 *   +-----------+-----------+-----------+-----------+---
 * </pre>
 *
 * Name and control stay 0: the socket is connected, and bytes are all we send.
 */
public final class IoVectors {
    private static final int IOV = 16;
    private static final int IOVLEN = 24;
    private static final int SIZE_OF_MSGHDR = 56;
    private static final int SIZE_OF_IOVEC = 16;

    private final NativeMemory memory;
    private final int offset;
    private final int maxPieces;
    private int pieces;

    /**
     * An empty list in native memory that is zero.
     *
     * @param offset of the first of {@link #size} bytes, a multiple of 8
     * @param maxPieces 1 to 1024, the kernel's limit (UIO_MAXIOV)
     */
    public IoVectors(NativeMemory memory, int offset, int maxPieces) {
        if (maxPieces < 1 || maxPieces > 1024) {
            throw new IllegalArgumentException(maxPieces + " pieces: the kernel takes 1 to 1024");
        }
        this.memory = memory;
        this.offset = offset;
        this.maxPieces = maxPieces;
        memory.buffer().putLong(offset + IOV, address() + SIZE_OF_MSGHDR);
    }

    /** How many bytes a list of so many pieces takes. */
    public static int size(int maxPieces) {
        return SIZE_OF_MSGHDR + SIZE_OF_IOVEC * maxPieces;
    }

    public void clear() {
        setPieces(0);
    }

    public boolean isFull() {
        return pieces == maxPieces;
    }

    /**
     * Appends a piece, which must stay as it is until it has been sent.
     *
     * @param length in bytes
     * @throws IllegalStateException if the list is full
     */
    public void add(long address, int length) {
        if (isFull()) {
            throw new IllegalStateException("all " + maxPieces + " pieces are in use");
        }
        ByteBuffer buffer = memory.buffer();
        int iovec = offset + SIZE_OF_MSGHDR + SIZE_OF_IOVEC * pieces;
        buffer.putLong(iovec, address);
        buffer.putLong(iovec + 8, length);
        setPieces(pieces + 1);
    }

    /** The address of the {@code msghdr}. */
    public long address() {
        return memory.address() + offset;
    }

    private void setPieces(int pieces) {
        this.pieces = pieces;
        memory.buffer().putLong(offset + IOVLEN, pieces);
    }
}
