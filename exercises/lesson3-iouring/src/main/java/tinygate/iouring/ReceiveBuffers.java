package tinygate.iouring;

import tinygate.kit.NotDoneYet;
import tinygate.linux.Linux;
import tinygate.linux.LinuxException;
import tinygate.loop.NativeChunks;
import tinygate.loop.NativeChunks.NativeChunk;
import tinygate.relay.Chunk;

/**
 * Keeps a {@link BufferRing} filled with chunks. A buffer's id is a place, not a piece of memory:
 *
 * <pre>
 *   1  refill()    a chunk is put into a place and lent to the kernel
 *   2  (kernel)    receives into it, for whichever connection has bytes
 *   3  take(id)    the chunk leaves its place and goes its way, with the bytes in it
 *   4  refill()    the place gets another chunk: the one that was released last, still in the cache
 * </pre>
 *
 * <p>So a connection whose peer reads slowly holds chunks, and its place is filled with another one
 * for the rest. As few places are filled as will do: when the kernel finds none, there are twice as
 * many from then on.
 */
final class ReceiveBuffers implements AutoCloseable {
    private static final int GROUP = 0;
    private static final int FEWEST = 32;

    /**
     * What a client's two connections may hold: in each direction the two chunks at which it is
     * read no more ({@link tinygate.relay.RelayContext}), and one that was received meanwhile. The
     * first burst of a slow connection may be five times that ({@link Receive}): so if very many
     * slow ones come at once, all of them together are read no more for a while.
     */
    private static final int CHUNKS_EACH = 6;

    private final NativeChunks chunks;
    private final BufferRing ring;
    private final int mostLent;
    private final int most;
    private final NativeChunk[] places;
    private final int[] emptyPlaces;
    private int filled;
    private int wanted;
    private boolean exhausted;

    /**
     * @param most how many buffers the kernel is given at most, a power of two
     * @param clients how many there may be; if so many chunks are lent as all of them together may
     *     hold, receives run ahead of what was wanted, and the kernel is given no more
     * @throws LinuxException if the kernel refuses the buffer ring
     */
    ReceiveBuffers(Linux linux, Ring ring, int most, int clients, NativeChunks chunks)
            throws LinuxException {
        this.chunks = chunks;
        this.ring = new BufferRing(linux, ring, GROUP, most);
        this.most = most;
        mostLent = most + CHUNKS_EACH * clients;
        wanted = Math.min(FEWEST, most);
        places = new NativeChunk[most];
        emptyPlaces = new int[most];
        for (int place = 0; place < most; place++) {
            emptyPlaces[place] = place;
        }
    }

    int group() {
        return GROUP;
    }

    /**
     * Fills empty places until as many are filled as are wanted, or no more {@link #mayLend may be
     * lent}, so that receiving must pause; once a turn, before the ring is entered. The kernel is
     * given what lies behind a chunk's head-room, from its position to its capacity. If it found no
     * buffer since the last time, twice as many are wanted from now on, up to the most.
     */
    void refill() {
        throw new NotDoneYet("3.6", "ReceiveBuffers.refill");
    }

    /** Whether there is memory for one more, within the limit and at all. */
    private boolean mayLend() {
        return chunks.lent() < mostLent && chunks.available();
    }

    /** How many buffers the kernel has. */
    int filled() {
        return filled;
    }

    /**
     * The chunk that the kernel has used, with the bytes it put there between position and limit;
     * it belongs to the caller, and its place is empty.
     *
     * @param bytes how many there are, perhaps none
     */
    NativeChunk take(int place, int bytes) {
        throw new NotDoneYet("3.6", "ReceiveBuffers.take");
    }

    /** The kernel found no buffer in this turn. */
    void exhausted() {
        exhausted = true;
    }

    /** Takes all back; nothing must be receiving any more. */
    @Override
    public void close() {
        ring.close();
        for (NativeChunk chunk : places) {
            if (chunk != null) {
                chunk.release();
            }
        }
    }
}
