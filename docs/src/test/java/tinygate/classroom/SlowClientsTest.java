package tinygate.classroom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SlowClientsTest {
    private static final Duration INTERVAL = Duration.ofMillis(5);

    private ServerSocket listener;

    @BeforeEach
    void listen() throws IOException {
        listener = new ServerSocket(0, 16, InetAddress.getLoopbackAddress());
    }

    @AfterEach
    void stop() throws IOException {
        listener.close();
    }

    @Test
    void eachSendsAHeadThatDoesNotEnd() throws IOException {
        try (SlowClients slow = new SlowClients(address(), 2, INTERVAL);
                Socket first = listener.accept();
                Socket second = listener.accept()) {
            assertThat(text(first, 50)).startsWith("GET / HTTP/1.1\r\n").contains("X-Slow: aaa");
            assertThat(text(second, 50))
                    .startsWith("GET / HTTP/1.1\r\n")
                    .doesNotContain("\r\n\r\n");
            assertThat(slow.state()).isEqualTo(new SlowClients.State(2, 0, ""));
        }
    }

    @Test
    void aClientThatIsAnsweredOrClosedDoesNotComeBack() throws IOException {
        try (SlowClients slow = new SlowClients(address(), 3, INTERVAL);
                Socket answered = listener.accept();
                Socket closed = listener.accept();
                Socket held = listener.accept()) {
            answered.getOutputStream()
                    .write(
                            "HTTP/1.1 408 Request Timeout\r\n\r\n"
                                    .getBytes(StandardCharsets.US_ASCII));
            closed.shutdownOutput();
            await().until(() -> slow.state().answered() == 2);
            assertThat(slow.state())
                    .isEqualTo(new SlowClients.State(1, 2, "HTTP/1.1 408 Request Timeout"));
            assertThat(held.getInputStream().read()).isEqualTo('G');
        }
    }

    @Test
    void closingEndsThemAll() throws IOException {
        SlowClients slow = new SlowClients(address(), 1, INTERVAL);
        try (Socket client = listener.accept()) {
            slow.close();
            client.getInputStream().readAllBytes(); // until the connection ends
            assertThat(slow.state().holding()).isZero();
        }
    }

    private InetSocketAddress address() {
        return (InetSocketAddress) listener.getLocalSocketAddress();
    }

    private static String text(Socket socket, int bytes) throws IOException {
        InputStream in = socket.getInputStream();
        return new String(in.readNBytes(bytes), StandardCharsets.US_ASCII);
    }
}
