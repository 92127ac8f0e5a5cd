package tinygate.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import tinygate.http.HeadLimits;
import tinygate.http.HttpViolation;
import tinygate.http.Method;
import tinygate.http.RequestHead;

/** What a pipe does with the bytes that have arrived; what it sends, other tests see. */
class PipeTest {
    private final ChunkPool chunks = new ChunkPool(4_096);
    private final Pipe pipe = new Pipe(null, Side.CLIENT, 0);
    private final RequestHead head = new RequestHead(new HeadLimits(1_024, 10, 512));

    private void arrives(String bytes) {
        Chunk chunk = chunks.lendToExchange();
        chunk.bytes().limit(chunk.bytes().position());
        chunk.append(StandardCharsets.ISO_8859_1.encode(bytes));
        pipe.received(chunk);
    }

    @Test
    void aHeadThatWasSkippedKeepsItsFactsAndItsTextsFailLoudly() throws HttpViolation {
        arrives(Stage.get("one"));
        assertThat(pipe.parse(head)).isTrue();
        assertThat(head.host()).isEqualTo("one");
        pipe.skip(head);
        assertThat(chunks.lent()).isZero();
        assertThat(head.method()).isEqualTo(Method.GET);
        assertThat(head.keepAlive()).isTrue();
        assertThatNullPointerException().isThrownBy(head::host);
        assertThatNullPointerException().isThrownBy(() -> head.fields().value(0));
    }

    @Test
    void theHeadBehindTheOneThatWasSkippedIsReadWhereItLies() throws HttpViolation {
        arrives(Stage.get("one") + Stage.get("two"));
        assertThat(pipe.parse(head)).isTrue();
        pipe.skip(head);
        head.reset();
        assertThat(pipe.parse(head)).isTrue();
        assertThat(head.host()).isEqualTo("two");
        pipe.discard();
        assertThat(chunks.lent()).isZero();
    }
}
