package tinygate.epoll;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import tinygate.Gate;
import tinygate.HostPort;
import tinygate.Settings;
import tinygate.linux.Linux;
import tinygate.linux.Sockets;
import tinygate.observe.Stats;
import tinygate.proxy.Rules;
import tinygate.relay.Admission;
import tinygate.relay.RelayContext;
import tinygate.upstream.Routes;

/**
 * Lesson 2's gate: a few threads, one for each processor, and each serves any number of connections
 * ({@link EventLoop}). What a connection is in the middle of is no longer the place where a thread
 * stands in the code, but an {@link tinygate.relay.Exchange}; so an idle client costs a few hundred
 * bytes and no thread, one in the middle of a head a chunk, and both directions flow at once.
 */
public final class EpollGate implements Gate {
    private static final long STOP_MILLIS = 5_000;

    private final Settings settings;
    private final Routes routes;
    private final Stats stats = new Stats();
    private final Admission admission;
    private final List<EventLoop> loops = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private InetSocketAddress address;

    /**
     * @throws IllegalArgumentException if the routes cannot be used
     * @throws UnsupportedOperationException if this machine is not one for the course's system
     *     calls
     */
    public EpollGate(Settings settings) {
        this.settings = settings;
        this.routes = new Routes(settings.routes(), settings.health(), System::nanoTime);
        this.admission = new Admission(settings.limits(), stats);
        stats.gauge("system_calls", "System calls of the event loops.", this::systemCalls);
        new Linux();
    }

    @Override
    public void start() throws IOException {
        address = freeAddress();
        String host = new HostPort(settings.listen().host(), address.getPort()).toString();
        Rules rules = Rules.of(settings, host, true);
        int chunkBytes = RelayContext.leastChunkBytes(settings);
        try {
            for (int i = 0; i < Runtime.getRuntime().availableProcessors(); i++) {
                RelayContext context = new RelayContext(settings, rules, routes, stats);
                loops.add(new EventLoop(this, context, chunkBytes, address));
            }
        } catch (IOException e) {
            loops.forEach(EventLoop::closeAll);
            loops.clear();
            throw e;
        }
        for (EventLoop loop : loops) {
            Thread thread = new Thread(loop, "loop-" + threads.size());
            thread.setDaemon(true);
            threads.add(thread);
            thread.start();
        }
    }

    /**
     * The address to listen on, with its port. A socket that shares its port (SO_REUSEPORT) would
     * share it with another gate too, without a word; one that does not share finds out.
     */
    private InetSocketAddress freeAddress() throws IOException {
        Linux linux = new Linux();
        try (Sockets sockets = new Sockets(linux)) {
            int fd = sockets.listen(settings.listen().resolve(), 1, false);
            InetSocketAddress free = sockets.localAddress(fd);
            linux.close(fd);
            return free;
        }
    }

    Admission admission() {
        return admission;
    }

    @Override
    public boolean drain(Duration limit) throws InterruptedException {
        loops.forEach(loop -> loop.context.drain());
        loops.forEach(loop -> loop.execute(loop::drain));
        boolean finished = admission.awaitNone(limit);
        close();
        return finished;
    }

    @Override
    public void close() {
        loops.forEach(loop -> loop.execute(loop::stop));
        for (Thread thread : threads) {
            try {
                thread.join(STOP_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    @Override
    public InetSocketAddress address() {
        return address;
    }

    @Override
    public Stats stats() {
        return stats;
    }

    /** How many system calls the loops have made. */
    public long systemCalls() {
        return loops.stream().mapToLong(loop -> loop.linux.calls()).sum();
    }

    Settings settings() {
        return settings;
    }
}
