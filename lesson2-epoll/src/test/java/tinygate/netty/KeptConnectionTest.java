package tinygate.netty;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.EventLoopGroup;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import tinygate.contract.Bench;
import tinygate.contract.RawClient;
import tinygate.contract.ScriptedUpstream.Connection;
import tinygate.relay.Chunk;

/**
 * What an upstream says unasked is never taken for an answer, nor is a request lost on a connection
 * that has ended, even if both have come in the same batch of events.
 */
@Timeout(60)
class KeptConnectionTest {

    @Nested
    @ExtendWith(NoBufferIsLost.class)
    class OnEpoll extends Cases {
        OnEpoll() {
            super(Transport.EPOLL);
        }
    }

    @Nested
    @ExtendWith(NoBufferIsLost.class)
    class OnNio extends Cases {
        OnNio() {
            super(Transport.NIO);
        }
    }

    abstract static class Cases {
        private static final String POST =
                "POST / HTTP/1.1\r\nHost: a.test\r\nContent-Length: 5\r\n\r\nhello";
        private static final String FORGED = "HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nforged";
        private static final int BUFFER_BYTES = 32 * 1024 - Chunk.HEAD_ROOM;
        private static final int WAIT_SECONDS = 10;

        private final Bench bench;
        private EventLoopGroup loops;

        /** A gate of one loop, which can be held up. */
        Cases(Transport transport) {
            Transport ofOneLoop =
                    new Transport(
                            transport.name(),
                            (count, threads) -> loops = transport.loops().apply(1, threads),
                            transport.listener(),
                            transport.socket(),
                            transport.beforeEnd());
            bench = new Bench(settings -> new NettyGate(settings, ofOneLoop));
        }

        @AfterEach
        void closeBench() throws IOException {
            bench.close();
        }

        private interface Doing {
            void run() throws IOException;
        }

        /** Holds up the loop, so that all that is done meanwhile comes to it at once. */
        private void inOneBatch(Doing doing) throws Exception {
            CountDownLatch held = new CountDownLatch(1);
            CountDownLatch done = new CountDownLatch(1);
            loops.next()
                    .submit(
                            () -> {
                                held.countDown();
                                return done.await(WAIT_SECONDS, TimeUnit.SECONDS);
                            });
            assertThat(held.await(WAIT_SECONDS, TimeUnit.SECONDS)).as("the loop is held").isTrue();
            doing.run();
            done.countDown();
        }

        private Connection kept(RawClient client) throws IOException {
            client.send(Bench.GET);
            Connection connection = bench.upstream().accept();
            connection.answer(Bench.OK);
            assertThat(client.readResponse().text()).isEqualTo("ok");
            return connection;
        }

        private void isServedByANewConnection(RawClient client) throws IOException {
            bench.upstream().accept().answer(Bench.OK);
            assertThat(client.readResponse().text()).isEqualTo("ok");
        }

        @Test
        void anEndInTheBatchThatBringsTheRequest() throws Exception {
            RawClient client = bench.client();
            Connection kept = kept(client);
            inOneBatch(
                    () -> {
                        client.send(POST);
                        kept.close();
                    });
            isServedByANewConnection(client);
        }

        @Test
        void bytesInTheBatchThatBringsTheRequest() throws Exception {
            RawClient client = bench.client();
            Connection kept = kept(client);
            inOneBatch(
                    () -> {
                        client.send(POST);
                        kept.send(FORGED);
                    });
            isServedByANewConnection(client);
        }

        @Test
        void bytesBehindAResponseThatFillsTheBuffer() throws Exception {
            RawClient client = bench.client();
            client.send(Bench.GET + Bench.GET);
            Connection first = bench.upstream().accept();
            first.readRequest();
            String head = "HTTP/1.1 200 OK\r\nContent-Length: 32000\r\nX: ";
            String rest = "\r\n\r\n" + "x".repeat(32_000);
            String padding = "x".repeat(BUFFER_BYTES - head.length() - rest.length());
            inOneBatch(() -> first.send(head + padding + rest + FORGED));
            assertThat(client.readResponse().text()).hasSize(32_000);
            isServedByANewConnection(client);
        }
    }
}
