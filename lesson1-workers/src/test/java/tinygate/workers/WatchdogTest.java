package tinygate.workers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How the clients that were refused are seen off. */
@Timeout(60)
class WatchdogTest {
    private final Watchdog watchdog = new Watchdog();
    private final Thread thread = new Thread(watchdog, "watchdog");
    private final List<SocketChannel> clients = new ArrayList<>();
    private final List<SocketChannel> refused = new ArrayList<>();

    @BeforeEach
    void connectOneMoreThanLinger() throws IOException {
        try (ServerSocketChannel listener = ServerSocketChannel.open()) {
            listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            for (int i = 0; i <= Watchdog.MOST_FAREWELLS; i++) {
                clients.add(SocketChannel.open(listener.getLocalAddress()));
                refused.add(listener.accept());
            }
        }
        thread.start();
    }

    @AfterEach
    void close() {
        Threads.stop(List.of(thread));
        clients.forEach(Wire::closeQuietly);
        refused.forEach(Wire::closeQuietly);
    }

    @Test
    void soManyClientsLingerAndOneMoreIsClosedAtOnce() throws IOException {
        for (SocketChannel channel : refused) {
            watchdog.sayFarewell(channel);
        }
        assertThat(refused).filteredOn(channel -> !channel.isOpen()).isNotEmpty();
    }

    @Test
    void aClientThatHasClosedMakesRoomForAnother() throws IOException {
        SocketChannel last = refused.remove(Watchdog.MOST_FAREWELLS);
        try (last) {
            for (SocketChannel channel : refused) {
                watchdog.sayFarewell(channel);
            }
            clients.get(0).close();
            Awaitility.await("the first one is closed")
                    .atMost(Duration.ofSeconds(5))
                    .until(() -> !refused.get(0).isOpen());
            watchdog.sayFarewell(last);
            assertThat(last.isOpen()).isTrue();
        }
    }
}
