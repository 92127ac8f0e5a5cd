package tinygate.epoll;

import static tinygate.linux.Constants.SOL_SOCKET;
import static tinygate.linux.Constants.SO_RCVBUF;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import tinygate.HostPort;
import tinygate.Settings;
import tinygate.contract.Bench;
import tinygate.linux.Errno;
import tinygate.linux.Linux;
import tinygate.linux.NativeMemory;
import tinygate.proxy.Rules;
import tinygate.relay.RelayContext;
import tinygate.upstream.Routes;

/**
 * The real event loop of a gate, on a port of its own; but its turns are taken one by one, by the
 * test, so that what happens in which turn is no matter of luck. No upstream is needed: the gate
 * answers 404 to the only host that the tests ask for.
 */
final class HandTurnedLoop implements AutoCloseable {
    /** The gate answers it by itself, and the connection lives on. */
    static final String GET = "GET / HTTP/1.1\r\nHost: nobody.test\r\n\r\n";

    /** Small heads make small chunks, so that little is needed to fill many. */
    private static final Settings.Limits LIMITS = new Settings.Limits(10_000, 16, 256, 20, 128, 0);

    /** Receives and leaves the bytes where they are (recv(2)). */
    private static final int MSG_PEEK = 2;

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    final EpollGate gate;
    final EventLoop loop;
    final int chunkBytes;
    private final InetSocketAddress address;
    private final List<Client> clients = new ArrayList<>();
    private long turns;

    HandTurnedLoop() throws IOException {
        Settings.Route route =
                Bench.route("a.test", Settings.Balance.ROUND_ROBIN, new HostPort("127.0.0.1", 9));
        Settings settings = Settings.loopback(List.of(route)).withLimits(LIMITS);
        gate = new EpollGate(settings);
        Routes routes = new Routes(settings.routes(), settings.health(), System::nanoTime);
        Rules rules = Rules.of(settings, "gate.test", true);
        RelayContext context = new RelayContext(settings, rules, routes, gate.stats(), 0);
        chunkBytes = context.chunkBytes();
        try (Socket holder = new Socket()) { // nobody else gets the port before the loop listens
            holder.setOption(StandardSocketOptions.SO_REUSEPORT, true);
            holder.bind(new InetSocketAddress("127.0.0.1", 0));
            address = (InetSocketAddress) holder.getLocalSocketAddress();
            loop = new EventLoop(gate, context, address);
        }
    }

    /** One turn of the loop, which does not sleep in it. */
    void turn() throws IOException {
        turns++;
        loop.later(() -> {}); // a loop that has a task looks only
        loop.turn();
    }

    /** Turns the loop until something is so; false if that takes too long. */
    boolean turnsUntil(Callable<Boolean> condition) {
        return until(
                () -> {
                    turn();
                    return condition.call();
                });
    }

    /** Waits until something is so; false if that takes too long. */
    static boolean until(Callable<Boolean> condition) {
        try {
            Awaitility.await()
                    .pollInSameThread()
                    .pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(1))
                    .atMost(PATIENCE)
                    .until(condition);
            return true;
        } catch (ConditionTimeoutException e) {
            return false;
        }
    }

    /** A new client; its connection waits to be accepted. */
    Client client() throws IOException {
        return clients(1).get(0);
    }

    /** So many new clients; their connections wait to be accepted. */
    List<Client> clients(int count) throws IOException {
        long before = waiting();
        List<Client> crowd = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            crowd.add(new Client(SocketChannel.open(address)));
        }
        clients.addAll(crowd);
        if (!until(() -> waiting() == before + count)) {
            throw new IllegalStateException("connections do not reach the listener's queue");
        }
        return crowd;
    }

    /**
     * A client that the test has accepted for the loop, so that it knows the descriptor. Its
     * connection has room for many bytes that nobody has read.
     */
    Client clientWithRoom(int bytes) throws IOException {
        int listener = loop.sockets.listen(new InetSocketAddress("127.0.0.1", 0), 1, false);
        loop.sockets.setOption(listener, SOL_SOCKET, SO_RCVBUF, 2 * bytes);
        Client client = new Client(SocketChannel.open(loop.sockets.localAddress(listener)));
        clients.add(client);
        until(() -> (client.acceptedAs = loop.sockets.accept(listener)) >= 0);
        loop.linux.close(listener);
        loop.accepted(client.acceptedAs, loop.sockets.peer().getAddress());
        return client;
    }

    /** How many bytes of such a client have arrived and are not read yet; -1 once it is closed. */
    int unread(Client client) throws IOException {
        Linux other = new Linux(); // the loop's counts its calls
        try (NativeMemory memory = NativeMemory.allocate(other, 1 << 20)) {
            int count = other.recv(client.acceptedAs, memory.address(), 1 << 20, MSG_PEEK);
            return Errno.EAGAIN.is(count) ? 0 : Math.max(-1, count);
        }
    }

    /** A client that was accepted and answered once. */
    Client knownClient() throws IOException {
        Client client = client();
        client.send(GET);
        if (!turnsUntil(() -> client.answers() == 1)) {
            throw new AssertionError("a client that sends " + GET + " gets no answer");
        }
        return client;
    }

    /**
     * How many connections wait in the listener's queue: the "rx_queue" of a listening socket
     * (state 0A) in /proc/net/tcp, where those come first, so that the many others are not read.
     */
    long waiting() throws IOException {
        String listening = String.format(":%04X 00000000:0000 0A", address.getPort());
        try (Stream<String> sockets = Files.lines(Path.of("/proc/net/tcp"))) {
            return sockets.filter(line -> line.contains(listening))
                    .map(line -> line.strip().split("[ :]+")[7])
                    .map(queue -> Long.parseLong(queue, 16))
                    .findFirst()
                    .orElseThrow();
        }
    }

    /** How many system calls the loop has made, without the wait of each turn. */
    long calls() {
        return loop.linux.calls() - turns;
    }

    /** How many clients the gate serves just now. */
    long served() {
        return gate.stats().connectionsActive();
    }

    @Override
    public void close() throws IOException {
        for (Client client : clients) {
            client.close();
        }
        loop.closeAll();
    }

    /** One who talks to the gate, and never waits. */
    static final class Client {
        private final SocketChannel channel;
        private final ByteBuffer buffer = ByteBuffer.allocate(64 * 1024);
        private final StringBuilder got = new StringBuilder();
        private boolean ended;
        private int acceptedAs;

        private Client(SocketChannel channel) throws IOException {
            this.channel = channel;
            channel.configureBlocking(false);
        }

        /** Sends as much of a text as the kernel takes, and tells how much that was. */
        int send(String text) throws IOException {
            return channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1)));
        }

        void sendEnd() throws IOException {
            channel.shutdownOutput();
        }

        /** Leaves with a reset. */
        void reset() throws IOException {
            channel.setOption(StandardSocketOptions.SO_LINGER, 0);
            channel.close();
        }

        private void receive() throws IOException {
            int count = 1;
            while (!ended && count > 0) {
                count = channel.read(buffer.clear());
                ended = count < 0;
                got.append(StandardCharsets.ISO_8859_1.decode(buffer.flip()));
            }
        }

        /** How many answers it has got so far. */
        int answers() throws IOException {
            receive();
            return got.toString().split("HTTP/1.1 404 ", -1).length - 1;
        }

        /** Whether the gate has closed the connection. */
        boolean sawEnd() throws IOException {
            receive();
            return ended;
        }

        private void close() throws IOException {
            channel.close();
        }
    }
}
