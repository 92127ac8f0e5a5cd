package tinygate.relay;

import java.util.ArrayDeque;
import java.util.Deque;

/** Lends a {@link FakeDriver}'s chunks and counts them. */
final class ChunkPool {
    private final int chunkBytes;
    private final Deque<AuditedChunk> free = new ArrayDeque<>();
    private int lent;
    private int mostLent;

    ChunkPool(int chunkBytes) {
        this.chunkBytes = chunkBytes;
    }

    AuditedChunk lendToExchange() {
        AuditedChunk chunk = free.isEmpty() ? new AuditedChunk(this, chunkBytes) : free.pop();
        chunk.lend();
        chunk.owner = AuditedChunk.Owner.EXCHANGE;
        lent++;
        mostLent = Math.max(mostLent, lent);
        return chunk;
    }

    void takeBack(AuditedChunk chunk) {
        lent--;
        free.push(chunk);
    }

    int lent() {
        return lent;
    }

    int mostLent() {
        return mostLent;
    }
}
