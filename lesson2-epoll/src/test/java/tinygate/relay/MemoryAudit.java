package tinygate.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collection;

/** Checks at each step of a {@link FakeDriver} that the memory of its exchange is bounded. */
final class MemoryAudit {
    /** Both directions full of chunks that are half full on average, and some under way. */
    private static final int MOST_CHUNKS = 32;

    private final ChunkPool chunks;
    private final long mostUnsentBytes;
    private int stragglers;
    private long stragglerBytes;

    MemoryAudit(ChunkPool chunks, int chunkBytes) {
        this.chunks = chunks;
        // High water, and what is under way when it is reached.
        mostUnsentBytes = Math.max(64 * 1024, 2 * chunkBytes) + 2L * chunkBytes;
    }

    /**
     * A receive has completed that was not wanted any more. That cannot be helped, so what it has
     * brought may be held besides, until nothing is held at all.
     */
    void straggled(int bytes) {
        stragglers++;
        stragglerBytes += bytes;
    }

    void check(Collection<Link> links) {
        if (chunks.lent() == 0) {
            stragglers = 0;
            stragglerBytes = 0;
        }
        assertThat(chunks.lent())
                .as("chunks that are lent")
                .isLessThanOrEqualTo(MOST_CHUNKS + stragglers);
        for (Link link : links) {
            assertThat(link.unsent)
                    .as("bytes unsent to %s", link.side)
                    .isLessThanOrEqualTo(mostUnsentBytes + stragglerBytes);
        }
    }
}
