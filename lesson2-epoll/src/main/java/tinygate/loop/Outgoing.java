package tinygate.loop;

import tinygate.loop.NativeChunks.NativeChunk;
import tinygate.relay.Chunk;
import tinygate.relay.ChunkQueue;

/**
 * What waits to be sent on one connection, and the FIN that follows it. It makes no system call: a
 * connection has the kernel send from {@link #first} or {@link #lendFirst}, and says with {@link
 * #sent} how much of it was taken.
 */
public final class Outgoing {
    private final ChunkQueue waiting = new ChunkQueue();
    private NativeChunk first; // null until it is needed
    private boolean lent; // whether the kernel may be reading from the first chunk
    private long bytes;
    private boolean finishWanted;
    private boolean finished;
    private boolean cutShort; // whether the last send was, of those that have not failed
    private boolean lost;

    /** Takes a chunk; its bytes may be joined with those of the one before. */
    public void add(Chunk chunk) {
        if (lost) {
            chunk.release();
            return;
        }
        bytes += chunk.bytes().remaining();
        waiting.add(chunk);
    }

    public boolean isEmpty() {
        return first == null && waiting.isEmpty();
    }

    /** The chunk whose bytes are sent next; there must be one. */
    public NativeChunk first() {
        if (first == null) {
            first = (NativeChunk) waiting.remove();
        }
        return first;
    }

    /** As {@link #first}; the chunk is the kernel's until {@link #sent}, and is not released. */
    public NativeChunk lendFirst() {
        lent = true;
        return first();
    }

    /** So many bytes of the first chunk were sent, which may be fewer than there are. */
    public void sent(int count) {
        lent = false;
        first.bytes().position(first.bytes().position() + count);
        bytes = lost ? 0 : bytes - count;
        if (!lost) {
            cutShort = first.bytes().hasRemaining();
        }
        if (lost || !first.bytes().hasRemaining()) {
            first.release();
            first = null;
        }
    }

    /** Whether the last send has left some of its chunk, of those that have not failed. */
    public boolean cutShort() {
        return cutShort;
    }

    /** How many bytes wait. */
    public long bytes() {
        return bytes;
    }

    /** The sending direction is to end after what is here. */
    public void finish() {
        finishWanted = true;
    }

    /** Whether the FIN is due now; true once. */
    public boolean finishDue() {
        boolean due = finishWanted && !finished && !lost && isEmpty();
        finished |= due;
        return due;
    }

    /**
     * Sending has failed for good, or the connection closes: drops what is here and what comes. A
     * chunk that is lent follows when it comes back.
     */
    public void lose() {
        lost = true;
        bytes = 0;
        waiting.clear();
        if (first != null && !lent) {
            first.release();
            first = null;
        }
    }

    /** Whether {@link #lose} was called. */
    public boolean lost() {
        return lost;
    }

    /** Whether it is as new: nothing waits, nothing was lost, and no end was asked for. */
    public boolean quiet() {
        return isEmpty() && !finishWanted && !lost;
    }
}
