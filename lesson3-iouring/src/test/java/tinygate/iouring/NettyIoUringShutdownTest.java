package tinygate.iouring;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import tinygate.Gate;
import tinygate.HostPort;
import tinygate.Settings;
import tinygate.contract.Bench;
import tinygate.netty.NoBufferIsLost;

/**
 * The event loops end when the gate closes, whatever goes on at that moment: the incubator's do not
 * if a channel is left open ({@link NettyIoUring}).
 */
@NeedsIoUring
@Timeout(60)
@ExtendWith(NoBufferIsLost.class)
class NettyIoUringShutdownTest {
    private static final int CLIENTS = 20;
    private static final byte[] BODY = new byte[20_000];

    private final ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
    private final ExecutorService upstreamThreads = Executors.newCachedThreadPool();
    private HttpServer upstream;

    @BeforeEach
    void startUpstream() throws IOException {
        upstream = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        upstream.setExecutor(upstreamThreads);
        upstream.createContext(
                "/",
                exchange -> {
                    exchange.sendResponseHeaders(200, BODY.length);
                    exchange.getResponseBody().write(BODY);
                    exchange.close();
                });
        upstream.start();
    }

    @AfterEach
    void stopUpstream() throws InterruptedException {
        clients.shutdownNow();
        upstream.stop(0);
        upstreamThreads.shutdownNow();
        assertThat(clients.awaitTermination(20, TimeUnit.SECONDS)).isTrue();
    }

    @RepeatedTest(20)
    void theLoopsEndWhenTheGateClosesUnderLoad() throws Exception {
        HostPort server = new HostPort("127.0.0.1", upstream.getAddress().getPort());
        Settings settings =
                Settings.loopback(List.of(Bench.route("*", Settings.Balance.ROUND_ROBIN, server)));
        CountDownLatch answered = new CountDownLatch(5 * CLIENTS);
        try (Gate gate = NettyIoUring.gate(settings)) {
            gate.start();
            for (int i = 0; i < CLIENTS; i++) {
                clients.execute(() -> askUntilRefused(gate.address(), answered));
            }
            assertThat(answered.await(30, TimeUnit.SECONDS)).as("the load flows").isTrue();
        }
        NettyLoops.expectEnd();
    }

    /** Connects, asks a few times, closes, and so on until the gate is gone. */
    private static void askUntilRefused(InetSocketAddress gate, CountDownLatch answered) {
        byte[] answer = new byte[BODY.length];
        while (true) {
            try (Socket socket = new Socket()) {
                socket.setSoTimeout(20_000);
                socket.connect(gate);
                for (int i = 0; i < 5; i++) {
                    socket.getOutputStream().write(Bench.GET.getBytes());
                    if (socket.getInputStream().readNBytes(answer, 0, answer.length)
                            < answer.length) {
                        return;
                    }
                    answered.countDown();
                }
            } catch (IOException e) {
                return;
            }
        }
    }
}
