package tinygate.loop;

import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import tinygate.Gate;
import tinygate.HostPort;
import tinygate.Settings;
import tinygate.linux.Errno;
import tinygate.linux.Linux;
import tinygate.linux.LinuxException;
import tinygate.linux.Sockets;
import tinygate.observe.Stats;
import tinygate.proxy.Rules;
import tinygate.relay.Admission;
import tinygate.relay.RelayContext;
import tinygate.upstream.Routes;

/**
 * A gate of a few threads, one for each processor, each of which serves any number of connections
 * in a {@link Loop}. What a connection is in the middle of is no longer the place where a thread
 * stands in the code, but an {@link tinygate.relay.Exchange}; so an idle client costs a few hundred
 * bytes and no thread, one in the middle of a head a chunk, and both directions flow at once.
 */
public abstract class LoopGate implements Gate {
    private static final long STOP_MILLIS = 5_000;

    /** What bind(2) says of an address that cannot be listened on. */
    private static final Set<Errno> ADDRESS_ERRORS =
            Set.of(Errno.EADDRINUSE, Errno.EADDRNOTAVAIL, Errno.EACCES);

    private final Settings settings;
    private final Routes routes;
    protected final Stats stats = new Stats();
    private final Admission admission;
    private final List<Loop<?>> loops = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private InetSocketAddress address;

    /**
     * @throws IllegalArgumentException if the routes cannot be used
     * @throws UnsupportedOperationException if this machine is not one for the course's system
     *     calls
     */
    protected LoopGate(Settings settings) {
        this.settings = settings;
        this.routes = new Routes(settings.routes(), settings.health(), System::nanoTime);
        this.admission = new Admission(settings.limits(), stats);
        stats.gauge("system_calls", "System calls of the event loops.", this::systemCalls);
        new Linux();
    }

    /**
     * A loop that listens on an address which it shares with the others (SO_REUSEPORT).
     *
     * @throws IOException if the kernel refuses something a gate cannot do without
     */
    protected abstract Loop<?> newLoop(RelayContext context, InetSocketAddress address)
            throws IOException;

    /** The size of the loops' chunks: a body of 64 KiB and its head come in one piece. */
    protected int chunkBytes() {
        return 72 * 1024;
    }

    // tag::start[]
    @Override
    public final void start() throws IOException {
        Linux linux = new Linux();
        try (Sockets sockets = new Sockets(linux)) {
            int reserved = reserve(sockets);
            try {
                address = sockets.localAddress(reserved);
                makeLoops();
            } finally {
                linux.close(reserved);
            }
        }
        for (Loop<?> loop : loops) {
            Thread thread = new Thread(loop, "loop-" + threads.size());
            thread.setDaemon(true);
            threads.add(thread);
            thread.start();
        }
    }

    private void makeLoops() throws IOException {
        String host = new HostPort(settings.listen().host(), address.getPort()).toString();
        Rules rules = Rules.of(settings, host, true);
        try {
            for (int i = 0; i < Runtime.getRuntime().availableProcessors(); i++) {
                RelayContext context =
                        new RelayContext(settings, rules, routes, stats, chunkBytes());
                loops.add(newLoop(context, address));
            }
        } catch (IOException | RuntimeException e) {
            // A loop that is stopped before it runs only closes what it has.
            loops.forEach(Loop::stop);
            loops.forEach(Loop::run);
            loops.clear();
            throw e;
        }
    }

    // end::start[]

    /**
     * Reserves the address to listen on, with its port, until the loops do. A socket that shares
     * its port (SO_REUSEPORT), as theirs do, would share it with another gate too, without a word;
     * this one does not share, and finds out.
     */
    private int reserve(Sockets sockets) throws IOException {
        try {
            return sockets.bind(settings.listen().resolve(), false);
        } catch (LinuxException e) {
            if (ADDRESS_ERRORS.contains(e.errno())) {
                throw (BindException) new BindException(e.getMessage()).initCause(e);
            }
            throw e;
        }
    }

    final Admission admission() {
        return admission;
    }

    @Override
    public final boolean drain(Duration limit) throws InterruptedException {
        loops.forEach(loop -> loop.context.drain());
        loops.forEach(loop -> loop.execute(loop::drain));
        boolean finished = admission.awaitNone(limit);
        close();
        return finished;
    }

    @Override
    public final void close() {
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
    public final InetSocketAddress address() {
        return address;
    }

    @Override
    public final Stats stats() {
        return stats;
    }

    /** How many system calls the loops have made. */
    public final long systemCalls() {
        return loops.stream().mapToLong(loop -> loop.linux.calls()).sum();
    }

    protected final Settings settings() {
        return settings;
    }

    /** The routes, which know every upstream. */
    protected final Routes routes() {
        return routes;
    }
}
