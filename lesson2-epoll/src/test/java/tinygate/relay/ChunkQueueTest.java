package tinygate.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** When bytes are moved together in a queue of chunks, and what that bounds. */
class ChunkQueueTest {
    private static final int CHUNK_BYTES = Chunk.HEAD_ROOM + 3_584;
    private static final int SMALL = CHUNK_BYTES / 8;

    private final ChunkPool chunks = new ChunkPool(CHUNK_BYTES);
    private final ChunkQueue queue = new ChunkQueue();
    private final ByteArrayOutputStream added = new ByteArrayOutputStream();

    private Chunk add(int size) {
        byte[] bytes = new byte[size];
        new Random(added.size()).nextBytes(bytes);
        added.writeBytes(bytes);
        Chunk chunk = chunks.lendToExchange();
        chunk.bytes().limit(Chunk.HEAD_ROOM + size);
        chunk.bytes().put(Chunk.HEAD_ROOM, bytes);
        queue.add(chunk);
        return chunk;
    }

    private void holdsWhatWasAdded() {
        ByteArrayOutputStream taken = new ByteArrayOutputStream();
        while (!queue.isEmpty()) {
            Chunk chunk = queue.remove();
            byte[] bytes = new byte[chunk.size()];
            chunk.bytes().get(bytes);
            taken.writeBytes(bytes);
            chunk.release();
        }
        boolean same = Arrays.equals(taken.toByteArray(), added.toByteArray());
        assertThat(same).as("the bytes that were added, in their order").isTrue();
        assertThat(chunks.lent()).isZero();
    }

    @Test
    void aSmallChunkIsMovedBehindTheBytesOfTheLastOneAndReleased() {
        Chunk first = add(1_000);
        add(SMALL);
        assertThat(chunks.lent()).isEqualTo(1);
        assertThat(first.size()).isEqualTo(1_000 + SMALL);
        holdsWhatWasAdded();
    }

    @Test
    void aChunkThatIsNotSmallIsNotCopiedBehindTheOneThatIsBeingSent() {
        Chunk first = add(1_000);
        add(SMALL + 1);
        assertThat(chunks.lent()).isEqualTo(2);
        assertThat(first.size()).isEqualTo(1_000);
        holdsWhatWasAdded();
    }

    @Test
    void aSmallChunkThatDoesNotFitKeepsItsBuffer() {
        add(3_584 - SMALL + 1);
        add(SMALL);
        assertThat(chunks.lent()).isEqualTo(2);
        holdsWhatWasAdded();
    }

    @Property
    void theBuffersAreHalfFullOnAverageHoweverTheBytesCome(
            @ForAll @Size(max = 300) List<@IntRange(min = 1, max = 3_584) Integer> sizes,
            @ForAll @IntRange(min = 1, max = 3_584) int mostBytes) {
        added.reset();
        for (int size : sizes) {
            add(Math.min(size, mostBytes));
        }
        int room = CHUNK_BYTES - Chunk.HEAD_ROOM;
        assertThat(chunks.lent()).isLessThanOrEqualTo(2 + 2 * added.size() / room);
        holdsWhatWasAdded();
    }
}
