package tinygate.workers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class WatchdogTest {
    private static final int MOST_FAREWELLS = 256;

    private final Watchdog watchdog = new Watchdog();
    private final Thread thread = new Thread(watchdog, "watchdog");
    private final List<SocketChannel> clients = new ArrayList<>();
    private final List<SocketChannel> refused = new ArrayList<>();

    @BeforeEach
    void start() {
        thread.start();
    }

    @AfterEach
    void stop() throws Exception {
        thread.interrupt();
        thread.join(5_000);
        for (SocketChannel client : clients) {
            client.close();
        }
    }

    private void refuse(ServerSocketChannel listener) throws IOException {
        clients.add(SocketChannel.open(listener.getLocalAddress()));
        SocketChannel accepted = listener.accept();
        refused.add(accepted);
        watchdog.sayFarewell(accepted);
    }

    @Test
    void refusedClientsThatStayHoldABoundedNumberOfDescriptors() throws IOException {
        try (ServerSocketChannel listener = ServerSocketChannel.open()) {
            listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            for (int i = 0; i < MOST_FAREWELLS + 100; i++) {
                refuse(listener);
                assertThat(refused.stream().filter(SocketChannel::isOpen).count())
                        .as("refused clients that are still connected")
                        .isLessThanOrEqualTo(MOST_FAREWELLS);
            }
        }
    }
}
