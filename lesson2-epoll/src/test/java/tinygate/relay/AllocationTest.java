package tinygate.relay;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tinygate.observe.Stats;
import tinygate.proxy.Rules;
import tinygate.upstream.Routes;
import tinygate.upstream.Upstream;

/** What a request costs the garbage collector, counted by the JVM. */
class AllocationTest {
    private static final int REQUESTS = 100_000;
    private static final int MOST_BYTES_A_REQUEST = 512;

    private static final byte[] REQUEST =
            ("GET /index.html HTTP/1.1\r\nHost: one\r\nUser-Agent: wrk\r\nAccept: */*\r\n\r\n")
                    .getBytes(StandardCharsets.ISO_8859_1);
    private static final byte[] RESPONSE =
            ("HTTP/1.1 200 OK\r\nServer: origin\r\nContent-Type: text/plain\r\n"
                            + "Content-Length: 12\r\n\r\nhello, world")
                    .getBytes(StandardCharsets.ISO_8859_1);

    @Test
    @Timeout(value = 60, threadMode = Timeout.ThreadMode.SAME_THREAD)
    void aRequestOnKeptConnectionsAllocatesAtMost512Bytes() {
        Driverless driver = new Driverless();
        Exchange exchange = driver.exchange;
        for (int i = 0; i < REQUESTS; i++) {
            driver.exchangeOnce(); // until the compiler has done its work
        }
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < REQUESTS; i++) {
            driver.exchangeOnce();
        }
        long bytes = threads.getCurrentThreadAllocatedBytes() - before;
        assertThat(exchange.phase()).isEqualTo(Phase.IDLE);
        assertThat(driver.sentToClient).isEqualTo(2 * REQUESTS);
        assertThat(bytes / REQUESTS)
                .as("bytes a request")
                .isLessThanOrEqualTo(MOST_BYTES_A_REQUEST);
    }

    /** The least driver: every send succeeds at once, and nothing that it does allocates. */
    private static final class Driverless implements Driver {
        private final ArrayDeque<Chunk> free = new ArrayDeque<>();
        private final Exchange exchange;
        private boolean upstreamKept;
        private int sentToClient;

        Driverless() {
            Routes routes = new Routes(Stage.SETTINGS.routes(), Stage.SETTINGS.health(), () -> 0);
            Rules rules = Rules.of(Stage.SETTINGS, "gate.example:80", true);
            RelayContext context = new RelayContext(Stage.SETTINGS, rules, routes, new Stats(), 0);
            context.setTime(0, 0);
            exchange = new Exchange(context, this, InetAddress.getLoopbackAddress());
        }

        void exchangeOnce() {
            exchange.received(Side.CLIENT, filled(REQUEST));
            if (exchange.phase() == Phase.CONNECT) {
                exchange.connected(false);
            }
            exchange.received(Side.UPSTREAM, filled(RESPONSE));
        }

        private Chunk filled(byte[] bytes) {
            Chunk chunk = newChunk();
            ByteBuffer buffer = chunk.bytes();
            int from = buffer.position();
            buffer.limit(from + bytes.length);
            buffer.put(from, bytes);
            return chunk;
        }

        @Override
        public Chunk newChunk() {
            Chunk chunk = free.isEmpty() ? new PooledChunk(free) : free.pop();
            chunk.lend();
            return chunk;
        }

        @Override
        public boolean connect(Upstream upstream, boolean mayBeKept) {
            return upstreamKept;
        }

        @Override
        public void read(Side side, boolean wanted) {}

        @Override
        public void send(Side side, Chunk chunk) {
            sentToClient += side == Side.CLIENT ? 1 : 0;
            chunk.release();
        }

        @Override
        public long unsent(Side side) {
            return 0;
        }

        @Override
        public void finish(Side side) {}

        @Override
        public void close(Side side) {
            upstreamKept = false;
        }

        @Override
        public void abort(Side side) {}

        @Override
        public void keepUpstream() {
            upstreamKept = true;
        }
    }

    private static final class PooledChunk extends Chunk {
        private final ArrayDeque<Chunk> free;

        PooledChunk(ArrayDeque<Chunk> free) {
            super(ByteBuffer.allocateDirect(RelayContext.leastChunkBytes(Stage.SETTINGS)));
            this.free = free;
        }

        @Override
        protected void recycle() {
            free.push(this);
        }
    }
}
