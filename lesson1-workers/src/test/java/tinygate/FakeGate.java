package tinygate;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import tinygate.observe.Stats;

/** A gate that only listens, for tests of the command line; says what is called. */
class FakeGate implements Gate {
    private final Settings settings;
    private final boolean busy;
    private final Stats stats = new Stats();
    private ServerSocket socket;

    private FakeGate(Settings settings, boolean busy) {
        this.settings = settings;
        this.busy = busy;
    }

    /**
     * The engines by name: one that drains at once, one that never does, two that refuse, and one
     * that cannot start.
     */
    static Map<String, Function<Settings, Gate>> engines() {
        Map<String, Function<Settings, Gate>> engines = new LinkedHashMap<>();
        engines.put("idle", settings -> new FakeGate(settings, false));
        engines.put("busy", settings -> new FakeGate(settings, true));
        engines.put(
                "foreign",
                settings -> {
                    throw new UnsupportedOperationException("io_uring is switched off");
                });
        engines.put(
                "strict",
                settings -> {
                    throw new IllegalArgumentException("workers: virtual needs JDK 21");
                });
        engines.put("poor", PoorGate::new);
        return engines;
    }

    private static final class PoorGate extends FakeGate {
        PoorGate(Settings settings) {
            super(settings, false);
        }

        @Override
        public void start() throws IOException {
            throw new IOException("epoll_create1 failed with EMFILE (24)");
        }
    }

    /** The program that tests start as a process of its own. */
    static final class Main {
        private Main() {}

        public static void main(String[] args) {
            System.exit(Cli.run(args, engines()));
        }
    }

    @Override
    public void start() throws IOException {
        socket = new ServerSocket();
        socket.bind(settings.listen().resolve());
    }

    @Override
    public InetSocketAddress address() {
        return (InetSocketAddress) socket.getLocalSocketAddress();
    }

    @Override
    public Stats stats() {
        return stats;
    }

    @Override
    public boolean drain(Duration limit) throws InterruptedException {
        System.out.println("fake gate drains");
        return !busy || new CountDownLatch(1).await(limit.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        System.out.println("fake gate closes");
        try {
            if (socket != null) {
                socket.close();
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
