package tinygate.netty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.SocketChannel;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import tinygate.Gate;
import tinygate.HostPort;
import tinygate.Settings;
import tinygate.contract.Bench;
import tinygate.contract.RawClient;
import tinygate.contract.ScriptedUpstream.Connection;

/**
 * A few exchanges of each kind on each of Netty's transports; {@link NettyGateContractTest} has the
 * rest.
 */
@Timeout(60)
class NettyGateTest {

    @Nested
    @ExtendWith(NoBufferIsLost.class)
    class OnEpoll extends Exchanges {
        OnEpoll() {
            super(Transport.EPOLL);
        }
    }

    @Nested
    @ExtendWith(NoBufferIsLost.class)
    class OnNio extends Exchanges {
        OnNio() {
            super(Transport.NIO);
        }
    }

    abstract static class Exchanges {
        private static final String POST =
                "POST / HTTP/1.1\r\nHost: a.test\r\nContent-Length: 0\r\n\r\n";
        private static final String UPGRADE =
                "GET / HTTP/1.1\r\nHost: a.test\r\nConnection: Upgrade\r\nUpgrade: echo\r\n\r\n";
        private static final String SWITCHING =
                "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: echo\r\n\r\n";

        private final Transport transport;
        private Bench bench;

        Exchanges(Transport transport) {
            this.transport = transport;
        }

        private Gate newGate(Settings settings) {
            return new NettyGate(settings, transport);
        }

        @BeforeEach
        void openBench() {
            bench = new Bench(this::newGate);
        }

        @AfterEach
        void closeBench() throws IOException {
            bench.close();
        }

        @Test
        void pipelinedRequestsAreAnsweredInOrder() throws IOException {
            RawClient client = bench.client();
            client.send(Bench.GET + Bench.GET);
            Connection upstream = bench.upstream().accept();
            upstream.answer("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nfirst");
            upstream.answer("HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nsecond");
            assertThat(client.readResponse().text()).isEqualTo("first");
            assertThat(client.readResponse().text()).isEqualTo("second");
        }

        @Test
        void anAnswerThatIsThereAsSoonAsTheConnectionIsRelayed() throws IOException {
            try (SlowStart start = new SlowStart()) {
                RawClient client = start.bench.client();
                client.send(POST);
                Connection upstream = start.bench.upstream().accept();
                upstream.send("HTTP/1.1 503 Service Unavailable\r\nContent-Length: 4\r\n\r\nfull");
                upstream.shutdownOutput();
                start.goOn();
                assertThat(client.readResponse().text()).isEqualTo("full");
            }
        }

        @Test
        void anEndThatIsThereAsSoonAsTheConnectionIsNoticed() throws IOException {
            try (SlowStart start = new SlowStart()) {
                RawClient client = start.bench.client();
                client.send(POST);
                start.bench.upstream().accept().shutdownOutput();
                start.goOn();
                Bench.expectOwnAnswer(client.readResponse(), 502);
            }
        }

        /**
         * A gate whose loops stand still behind each connect until {@link #goOn}: what the upstream
         * has done until then is told in one event.
         */
        private final class SlowStart implements Closeable {
            private final CountDownLatch begun = new CountDownLatch(1);
            private final Bench bench =
                    new Bench(settings -> new NettyGate(settings, slow(transport)));

            private Transport slow(Transport quick) {
                return new Transport(
                        quick.name(),
                        quick.loops(),
                        quick.listener(),
                        () -> slow(quick.socket()),
                        quick.beforeEnd());
            }

            private SocketChannel slow(Supplier<? extends SocketChannel> sockets) {
                SocketChannel channel = sockets.get();
                channel.pipeline().addLast(new SlowConnect(begun));
                return channel;
            }

            void goOn() {
                begun.countDown();
            }

            @Override
            public void close() throws IOException {
                goOn();
                bench.close();
            }
        }

        private static final class SlowConnect extends ChannelOutboundHandlerAdapter {
            private final CountDownLatch goOn;

            SlowConnect(CountDownLatch goOn) {
                this.goOn = goOn;
            }

            @Override
            public void connect(
                    ChannelHandlerContext context,
                    SocketAddress to,
                    SocketAddress from,
                    ChannelPromise promise)
                    throws InterruptedException {
                context.connect(to, from, promise);
                goOn.await(10, TimeUnit.SECONDS);
            }
        }

        @Test
        void anUpgradedConnectionIsATunnelBothOfWhoseEndsArePassedOn() throws IOException {
            RawClient client = bench.client();
            client.send(UPGRADE);
            Connection upstream = bench.upstream().accept();
            upstream.answer(SWITCHING);
            assertThat(client.readResponse().status()).isEqualTo(101);
            client.send("question");
            client.shutdownOutput();
            assertThat(upstream.readToEnd()).isEqualTo("question");
            upstream.send("answer");
            upstream.shutdownOutput();
            assertThat(client.readToEnd()).isEqualTo("answer");
        }

        @Test
        void aConnectionOutlivesABadResponse() throws IOException {
            RawClient client = bench.client();
            client.send(Bench.GET);
            bench.upstream().accept().answer("nonsense\r\n\r\n");
            Bench.expectOwnAnswer(client.readResponse(), 502);
            assertThat(bench.relayed(client, Bench.GET, Bench.OK_CLOSE).text()).isEqualTo("ok");
        }

        @Test
        void aKeptConnectionThatSaysSomethingUnaskedIsClosed() throws IOException {
            RawClient client = bench.client();
            client.send(Bench.GET);
            Connection upstream = bench.upstream().accept();
            upstream.answer(Bench.OK);
            assertThat(client.readResponse().text()).isEqualTo("ok");
            upstream.send("unasked");
            upstream.expectClosed();
        }

        @Test
        void anUpstreamThatIsResetInTheMiddleOfAResponseCutsTheClientOff() throws IOException {
            RawClient client = bench.client();
            client.send(Bench.GET);
            Connection upstream = bench.upstream().accept();
            upstream.answer("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\npart");
            client.readThrough("part");
            upstream.reset();
            assertThat(client.readToEnd()).as("the rest").isEmpty();
        }

        @Test
        void beyondTheLimitClientsAreAnswered503() throws IOException {
            bench.limit("connections", 1);
            RawClient first = bench.client();
            assertThat(bench.relayed(first, Bench.GET, Bench.OK_CLOSE).text()).isEqualTo("ok");
            Bench.expectOwnAnswer(bench.client().readResponse(), 503);
        }

        @Test
        void anIdleGateDrainsAtOnce() throws Exception {
            RawClient client = bench.client();
            assertThat(bench.relayed(client, Bench.GET, Bench.OK_CLOSE).text()).isEqualTo("ok");
            assertThat(bench.gate().drain(Duration.ofSeconds(5))).isTrue();
            client.expectClosed();
            assertThatThrownBy(bench::client).isInstanceOf(IOException.class);
        }

        @Test
        void anAddressInUseIsReported() throws IOException {
            HostPort taken = bench.upstream().address();
            bench.settings(settings -> settings.withListen(taken));
            assertThatThrownBy(bench::client)
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("in use");
        }

        @Test
        void aBigChunkedBodyComesBackUnchanged() throws Exception {
            byte[] body = new byte[16 << 20];
            new Random(1).nextBytes(body);
            ExecutorService threads = Executors.newCachedThreadPool();
            HttpServer echo = echo(threads);
            try {
                bench.upstreams(new HostPort("127.0.0.1", echo.getAddress().getPort()));
                HttpRequest request =
                        HttpRequest.newBuilder(URI.create(bench.url("/")))
                                .timeout(Duration.ofSeconds(30))
                                .POST(
                                        BodyPublishers.fromPublisher(
                                                BodyPublishers.ofByteArray(body)))
                                .build();
                HttpResponse<byte[]> response =
                        HttpClient.newHttpClient().send(request, BodyHandlers.ofByteArray());
                assertThat(response.body()).isEqualTo(body);
            } finally {
                echo.stop(0);
                threads.shutdownNow();
            }
        }

        /**
         * A server that sends each request's body back in chunks, once it has all of it: the JDK's
         * client reads no response before it has sent its request.
         */
        private static HttpServer echo(ExecutorService threads) throws IOException {
            HttpServer server =
                    HttpServer.create(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.setExecutor(threads);
            server.createContext(
                    "/",
                    exchange -> {
                        byte[] body = exchange.getRequestBody().readAllBytes();
                        exchange.sendResponseHeaders(200, 0);
                        exchange.getResponseBody().write(body);
                        exchange.close();
                    });
            server.start();
            return server;
        }
    }
}
