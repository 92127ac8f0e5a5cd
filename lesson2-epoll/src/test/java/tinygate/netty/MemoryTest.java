package tinygate.netty;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PoolArenaMetric;
import io.netty.buffer.PooledByteBufAllocator;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import tinygate.contract.Bench;
import tinygate.contract.RawClient;
import tinygate.contract.ScriptedUpstream.Connection;

/** What a gate takes memory for that is not received: bounded, and if there is none left. */
@Timeout(60)
@ExtendWith(NoBufferIsLost.class)
class MemoryTest {
    private static final Duration STALL = Duration.ofMillis(300);

    /** Some 64 may wait in the cache of the loop's thread. */
    private static final int MOST_BUFFERS = 120;

    private final Memory memory = new Memory();
    private final Bench bench =
            new Bench(settings -> new NettyGate(settings, Transport.EPOLL, memory));

    @AfterEach
    void closeBench() throws IOException {
        bench.close();
    }

    @Test
    void interimResponsesThatNobodyTakesAreNotHeld() throws IOException {
        RawClient client = bench.client(4_096);
        client.send(Bench.GET);
        Connection upstream = bench.upstream().accept();
        upstream.readRequest();
        byte[] many = "HTTP/1.1 100 \r\n\r\n".repeat(10_000).getBytes(StandardCharsets.US_ASCII);
        ByteBuffer rest = ByteBuffer.wrap(many);
        for (int i = 0; i < 1_000 && upstream.sendSome(rest, STALL) && !rest.hasRemaining(); i++) {
            rest = ByteBuffer.wrap(many);
        }
        assertThat(rest.hasRemaining()).as("the gate reads no more").isTrue();
        assertThat(memory.inUse()).as("buffers in use").isLessThan(MOST_BUFFERS);
        assertThat(client.readResponse().status()).isEqualTo(100);
    }

    @Test
    void aClientWhoseAnswerThereIsNoMemoryForIsClosed() throws IOException {
        RawClient client = bench.client();
        client.send(Bench.GET);
        Connection upstream = bench.upstream().accept();
        upstream.readRequest();
        memory.exhausted = true;
        upstream.send("nonsense\r\n\r\n");
        client.expectClosed();
        upstream.expectClosed();
    }

    @Test
    void aClientWhoseTimeIsOverWhileThereIsNoMemoryIsClosed() throws IOException {
        RawClient client = bench.timeout("responseMillis", 3_000).client();
        client.send(Bench.GET);
        Connection upstream = bench.upstream().accept();
        upstream.readRequest();
        memory.exhausted = true;
        client.expectClosed();
        upstream.expectClosed();
    }

    /** Counts, and gives none once it is told so. */
    private static final class Memory extends PooledByteBufAllocator {
        private volatile boolean exhausted;

        Memory() {
            super(true);
        }

        @Override
        protected ByteBuf newDirectBuffer(int initialCapacity, int maxCapacity) {
            if (exhausted) {
                throw new OutOfMemoryError("as a test wants it");
            }
            return super.newDirectBuffer(initialCapacity, maxCapacity);
        }

        long inUse() {
            return metric().directArenas().stream()
                    .mapToLong(PoolArenaMetric::numActiveAllocations)
                    .sum();
        }
    }
}
