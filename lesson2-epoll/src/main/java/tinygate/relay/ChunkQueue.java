package tinygate.relay;

/**
 * Chunks in the order they came. The links are in the chunks themselves, so that a queue allocates
 * nothing; a chunk is in one queue at most, whose holder owns it.
 */
public final class ChunkQueue {
    /** A chunk is small if no more than this part of it is filled: that little is soon copied. */
    private static final int SMALL_PART = 8;

    private Chunk first;
    private Chunk last;

    public boolean isEmpty() {
        return first == null;
    }

    /** The first chunk, or null. */
    public Chunk first() {
        return first;
    }

    /**
     * Puts a chunk behind the others. If its bytes fit behind those of the last one, they may be
     * moved there, and the chunk is released: else a peer that dribbles to one that does not read
     * would fill the memory with chunks of one byte. But to copy costs time, so a chunk that is not
     * small is moved only if several wait already; the first of them is soon sent, mostly.
     */
    public void add(Chunk chunk) {
        if (first == null) {
            first = chunk;
        } else if (chunk.size() <= last.room() && (small(chunk) || first != last)) {
            last.append(chunk.bytes());
            chunk.release();
            return;
        } else {
            last.next = chunk;
        }
        last = chunk;
    }

    private static boolean small(Chunk chunk) {
        return chunk.size() <= chunk.bytes().capacity() / SMALL_PART;
    }

    /** Takes out the first chunk, which there must be. */
    public Chunk remove() {
        Chunk removed = first;
        first = removed.next;
        removed.next = null;
        return removed;
    }

    /** Puts a chunk in the place of the first one, which is thereby taken out. */
    void replaceFirst(Chunk chunk) {
        Chunk removed = remove();
        chunk.next = first;
        if (first == null) {
            last = chunk;
        }
        first = chunk;
        removed.release();
    }

    /** Moves bytes from the second chunk behind those of the first, as many as fit. */
    void joinFirstTwo() {
        Chunk second = first.next;
        first.append(second.bytes());
        if (second.size() == 0) {
            first.next = second.next;
            if (last == second) {
                last = first;
            }
            second.next = null;
            second.release();
        }
    }

    /** Releases all. */
    public void clear() {
        while (first != null) {
            remove().release();
        }
    }
}
