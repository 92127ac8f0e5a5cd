package tinygate.iouring;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import tinygate.HostPort;
import tinygate.Settings;
import tinygate.linux.Linux;
import tinygate.linux.LinuxException;
import tinygate.linux.NativeMemory;
import tinygate.observe.Stats;
import tinygate.proxy.Rules;
import tinygate.relay.RelayContext;
import tinygate.relay.Side;
import tinygate.upstream.Upstream;

/**
 * A loop that stands still, on a ring that nobody enters. The test is the kernel: it looks at what
 * was {@link #written} down, and tells the loop what has become of it.
 */
final class StillLoop implements AutoCloseable, RingMode {
    private static final int ENTRIES = 1024;
    private static final int CHUNK_BYTES = 4096;

    final RingLoop loop;
    final Stats stats;
    final Upstream upstream; // the only one, which the loop checks if it runs
    private final int buffers;
    private final List<Socket> clients = new ArrayList<>();
    private Ring ring;
    private final NativeMemory entries; // of the ring, mapped once more
    private int seen;

    /** What happens instead of a turn's entering, should the loop be run. */
    Runnable turn = () -> {};

    /** The gate whose loop it is; it is never started. */
    private static final class StillGate extends IoUringGate {
        StillGate(Settings settings, RingMode mode) {
            super(settings, mode);
        }

        RelayContext context() {
            Rules rules = Rules.of(settings(), "gate.test", true);
            return new RelayContext(settings(), rules, routes(), stats(), CHUNK_BYTES);
        }
    }

    /**
     * @param buffers how many the kernel may be given to receive into
     */
    StillLoop(int buffers) throws IOException {
        this.buffers = buffers;
        Settings.UpstreamServer server =
                new Settings.UpstreamServer(new HostPort("127.0.0.1", 9), 1);
        Settings settings =
                Settings.loopback(
                                List.of(
                                        new Settings.Route(
                                                "*",
                                                Settings.Balance.ROUND_ROBIN,
                                                List.of(server))))
                        .withHealth(new Settings.Health(1, 10_000, "/up", 60_000));
        StillGate gate = new StillGate(settings, this);
        stats = gate.stats();
        upstream = gate.upstreams().get(0);
        loop = (RingLoop) gate.newLoop(gate.context(), new InetSocketAddress("127.0.0.1", 0));
        entries =
                NativeMemory.share(
                        loop.linux, ring.fd(), IoUringConstants.IORING_OFF_SQES, ENTRIES * 64);
    }

    @Override
    public RingSetup setup() {
        return RingSetup.ofOneThread(ENTRIES, ENTRIES, buffers);
    }

    @Override
    public Ring ring(Linux linux) throws LinuxException {
        ring = new Ring(linux, setup());
        return ring;
    }

    @Override
    public Submitter submitter(Ring ring) {
        return new Submitter() {
            @Override
            public void submit() {}

            @Override
            public void submitAndWait(long timeoutNanos) {
                turn.run();
            }
        };
    }

    @Override
    public SocketNames names(Linux linux, Ring ring, Supplier<SubmissionEntry> unused) {
        return SocketNames.descriptors();
    }

    /** What was written down since the last time, in order. */
    List<Written> written() {
        List<Written> all = new ArrayList<>();
        for (int end = ring.submissions().pending(); seen < end; seen++) {
            all.add(Written.at(entries.buffer(), seen));
        }
        return all;
    }

    /** The operations that were written down since the last time, in order, with commas between. */
    String operations() {
        return names(written());
    }

    /** As {@link #operations}, but these alone. */
    String operationsOf(Operation only) {
        return names(written().stream().filter(entry -> entry.operation() == only).toList());
    }

    /** What entries ask for. */
    static String names(List<Written> entries) {
        return entries.stream()
                .map(entry -> entry.operation().toString())
                .collect(Collectors.joining(", "));
    }

    /** How many clients the gate has begun to serve. */
    long served() {
        return stats.connectionsAccepted();
    }

    // Sockets

    /** A client that connects to a listening socket; it waits 3 s for anything at most. */
    Socket client(InetSocketAddress to) throws IOException {
        Socket client = new Socket();
        clients.add(client);
        client.setSoTimeout(3_000);
        client.connect(to, 5_000);
        return client;
    }

    /** The descriptor of the next client of a listening socket, as an accept would bring it. */
    int accept(int listener) {
        return Awaitility.await()
                .pollInSameThread()
                .until(() -> loop.sockets.accept(listener), fd -> fd >= 0);
    }

    /** The other end of a connection, and the loop's end: a client, connected. */
    RingConnection connection(Socket[] otherEnd) throws IOException {
        int listener = loop.sockets.listen(new InetSocketAddress("127.0.0.1", 0), 1, false);
        otherEnd[0] = client(loop.sockets.localAddress(listener));
        int fd = accept(listener);
        loop.linux.close(listener);
        long token = loop.slots.reserve();
        RingConnection connection = new RingConnection(loop, fd, token, null, Side.CLIENT);
        loop.slots.put(token, connection);
        connection.connected();
        return connection;
    }

    @Override
    public void close() throws IOException {
        for (Socket client : clients) {
            client.close();
        }
        entries.close();
        ring.close();
    }
}
