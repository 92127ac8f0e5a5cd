package tinygate.loop;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tinygate.linux.Linux;
import tinygate.loop.NativeChunks.NativeChunk;

/** What waits to be sent: order, short sends, and chunks that the kernel still reads. */
class OutgoingTest {
    private static final int CHUNK_BYTES = 4096;

    private final NativeChunks chunks = new NativeChunks(new Linux(), CHUNK_BYTES);
    private final Outgoing outgoing = new Outgoing();

    @AfterEach
    void everyChunkIsGivenBack() {
        outgoing.lose();
        assertThat(chunks.lent()).as("chunks that are still lent").isZero();
        chunks.close();
    }

    /** A chunk of so many bytes of one value; with 3,000 of them no second one fits behind it. */
    private NativeChunk chunk(int value, int size) {
        NativeChunk chunk = chunks.take();
        int from = chunk.bytes().position();
        chunk.bytes().limit(from + size);
        for (int i = 0; i < size; i++) {
            chunk.bytes().put(from + i, (byte) value);
        }
        return chunk;
    }

    private byte firstByte() {
        return outgoing.first().bytes().get(outgoing.first().bytes().position());
    }

    @Test
    void aShortSendLeavesTheRestInFront() {
        outgoing.add(chunk(1, 3_000));
        outgoing.add(chunk(2, 3_000));

        outgoing.lendFirst();
        outgoing.sent(1_000);

        assertThat(firstByte()).isEqualTo((byte) 1);
        assertThat(outgoing.first().bytes().remaining()).isEqualTo(2_000);
        assertThat(outgoing.bytes()).isEqualTo(5_000);

        outgoing.sent(2_000);
        assertThat(firstByte()).isEqualTo((byte) 2);
        assertThat(chunks.lent()).as("the first is released").isEqualTo(1);
    }

    @Test
    void aSendThatHasFailedIsNotShortButTheOneBeforeItMayHaveBeen() {
        outgoing.add(chunk(1, 100));
        outgoing.lendFirst();
        outgoing.lose();
        outgoing.sent(0);
        assertThat(outgoing.cutShort()).isFalse();

        Outgoing other = new Outgoing();
        other.add(chunk(1, 100));
        other.lendFirst();
        other.sent(40);
        other.lendFirst();
        other.lose();
        other.sent(0);
        assertThat(other.cutShort()).isTrue();
    }

    @Test
    void aChunkThatTheKernelReadsIsNotReleasedBeforeItComesBack() {
        outgoing.add(chunk(1, 3_000));
        outgoing.add(chunk(2, 3_000));
        outgoing.lendFirst();

        outgoing.lose();
        assertThat(chunks.lent()).as("the one that the kernel reads").isEqualTo(1);
        assertThat(outgoing.bytes()).isZero();

        outgoing.sent(100);
        assertThat(chunks.lent()).isZero();
        assertThat(outgoing.bytes()).isZero();
        assertThat(outgoing.isEmpty()).isTrue();
    }

    @Test
    void whatIsAddedWhileTheKernelReadsComesBehind() {
        outgoing.add(chunk(1, 10));
        outgoing.lendFirst();
        outgoing.add(chunk(2, 10));

        assertThat(outgoing.first().bytes().remaining()).as("what it reads").isEqualTo(10);
        outgoing.sent(10);
        assertThat(firstByte()).isEqualTo((byte) 2);
        outgoing.sent(10);
        assertThat(outgoing.isEmpty()).isTrue();
    }

    @Test
    void afterALossNothingIsTakenAnyMore() {
        outgoing.lose();
        outgoing.add(chunk(1, 10));
        assertThat(outgoing.isEmpty()).isTrue();
        assertThat(chunks.lent()).isZero();
    }

    @Test
    void theFinIsDueOnceAndNotBeforeTheLastByte() {
        outgoing.add(chunk(1, 10));
        outgoing.finish();
        assertThat(outgoing.finishDue()).isFalse();
        outgoing.lendFirst();
        outgoing.sent(4);
        assertThat(outgoing.finishDue()).isFalse();
        outgoing.sent(6);
        assertThat(outgoing.finishDue()).isTrue();
        assertThat(outgoing.finishDue()).isFalse();
    }

    @Test
    void aConnectionIsQuietAsLongAsNothingWaitsAndNoEndWasAskedFor() {
        assertThat(outgoing.quiet()).isTrue();
        outgoing.add(chunk(1, 10));
        assertThat(outgoing.quiet()).isFalse();
        outgoing.first();
        outgoing.sent(10);
        assertThat(outgoing.quiet()).isTrue();
        outgoing.finish();
        assertThat(outgoing.quiet()).isFalse();
    }
}
