package tinygate.epoll;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tinygate.HostPort;
import tinygate.Settings;
import tinygate.loop.UnmadeLoop;
import tinygate.proxy.Rules;
import tinygate.relay.RelayContext;
import tinygate.upstream.Routes;

@Timeout(60)
class EventLoopTest {
    private static final int CROWD = 16;
    private static final int FEW = 7;

    @Test
    void aLoopThatCannotBeMadeGivesBackWhatItHadGot() throws IOException {
        UnmadeLoop.expectNothingLeft(EpollGate::new);
    }

    /** Sixteen heads trickle in; a turn brings a byte of seven of them. */
    @Test
    void whereFewEventsComeFastAndManyRequestsAreUnderWayThereIsAPauseBeforeTheWait()
            throws IOException {
        Settings settings =
                Settings.loopback(
                        List.of(
                                new Settings.Route(
                                        null,
                                        null,
                                        List.of(
                                                new Settings.UpstreamServer(
                                                        new HostPort("127.0.0.1", 9), 1)))));
        EpollGate gate = new EpollGate(settings);
        Rules rules = Rules.of(settings, "gate.test", true);
        Routes routes = new Routes(settings.routes(), settings.health(), System::nanoTime);
        RelayContext context = new RelayContext(settings, rules, routes, gate.stats(), 0);
        List<SocketChannel> clients = new ArrayList<>();
        try (SocketChannel holder = SocketChannel.open()) { // of the port, until the loop listens
            holder.setOption(StandardSocketOptions.SO_REUSEPORT, true);
            holder.bind(new InetSocketAddress("127.0.0.1", 0));
            InetSocketAddress address = (InetSocketAddress) holder.getLocalAddress();
            EventLoop loop = new EventLoop(gate, context, address);
            try {
                while (clients.size() < CROWD) {
                    clients.add(SocketChannel.open(address));
                    write(clients.get(clients.size() - 1), "GET / HTTP/1.1\r\nX: ");
                }
                long calls;
                do { // until all are accepted, and a turn is nothing but a wait
                    loop.later(() -> {});
                    calls = callsOfATurn(loop);
                } while (context.underWay() < CROWD || calls > 1);
                int pauses = 0;
                for (int turn = 0; pauses < 10; turn++) {
                    assertThat(turn)
                            .as("turns, of which %d had a pause", pauses)
                            .isLessThan(20_000);
                    for (int i = 0; i < FEW; i++) {
                        write(clients.get((turn * FEW + i) % CROWD), "x");
                    }
                    calls = callsOfATurn(loop);
                    pauses += calls == 1 + 1 + FEW ? 1 : 0; // the pause, the wait, the receives
                }
            } finally {
                loop.closeAll();
            }
        } finally {
            for (SocketChannel client : clients) {
                client.close();
            }
        }
    }

    private static long callsOfATurn(EventLoop loop) throws IOException {
        long before = loop.linux.calls();
        loop.turn();
        return loop.linux.calls() - before;
    }

    private static void write(SocketChannel client, String text) throws IOException {
        client.write(ByteBuffer.wrap(text.getBytes(ISO_8859_1)));
    }
}
