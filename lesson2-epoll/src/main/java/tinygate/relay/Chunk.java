package tinygate.relay;

import java.nio.ByteBuffer;

// tag::picture[]
/**
 * Bytes on their way from one connection to the other, in a buffer that the driver lends:
 *
 * <pre>
 *   0              position            limit          capacity
 *   | head-room    | bytes             | spare room   |
 * </pre>
 *
 * The head-room lets a new head be written in front of a body that is not moved. A chunk has one
 * owner, who either hands it on or releases it, once; see the package's description.
 */
public abstract class Chunk {
    /** Enough for what a response's head grows by when it is forwarded, mostly. */
    public static final int HEAD_ROOM = 512;

    // end::picture[]

    private final ByteBuffer bytes;
    private boolean lent;
    Chunk next; // in the queue that holds this chunk

    /**
     * @param bytes the whole buffer; a driver keeps it for the chunk's life
     */
    protected Chunk(ByteBuffer bytes) {
        this.bytes = bytes;
    }

    /**
     * Called by the driver whenever it takes the chunk into use, for the kernel to write into or
     * for an exchange that has asked for one: empty, behind its head-room, it belongs to somebody
     * until it is released. So one that arrives is lent already, and is not lent again.
     *
     * @throws IllegalStateException if it still has another owner
     */
    public final void lend() {
        if (lent) {
            throw new IllegalStateException("this chunk still belongs to somebody");
        }
        lent = true;
        bytes.limit(HEAD_ROOM).position(HEAD_ROOM);
    }

    /**
     * Gives the chunk back to the driver it came from; its bytes must not be touched any more.
     *
     * @throws IllegalStateException if it was given back already
     */
    public final void release() {
        if (!lent) {
            throw new IllegalStateException("this chunk was released already");
        }
        lent = false;
        recycle();
    }

    /** Takes the buffer back. */
    protected abstract void recycle();

    /** The buffer; what is between its position and limit are the chunk's bytes. */
    public final ByteBuffer bytes() {
        return bytes;
    }

    final int size() {
        return bytes.remaining();
    }

    /** How many bytes can be put behind those that are there. */
    final int room() {
        return bytes.capacity() - bytes.limit();
    }

    /** Puts bytes behind those that are there, as many as fit; moves the source's position. */
    final void append(ByteBuffer source) {
        int count = append(source, source.position(), source.remaining());
        source.position(source.position() + count);
    }

    /** Puts bytes behind those that are there, as many as fit; returns how many that were. */
    final int append(ByteBuffer source, int from, int count) {
        int fitting = Math.min(count, room());
        int end = bytes.limit();
        bytes.limit(end + fitting);
        bytes.put(end, source, from, fitting);
        return fitting;
    }

    // tag::prepend[]
    /**
     * Puts bytes in front of those that are there.
     *
     * @return false if there is no room for them; nothing has changed then
     */
    final boolean prepend(ByteBuffer source) {
        int start = bytes.position() - source.remaining();
        if (start < 0) {
            return false;
        }
        bytes.put(start, source, source.position(), source.remaining());
        bytes.position(start);
        return true;
    }
    // end::prepend[]
}
