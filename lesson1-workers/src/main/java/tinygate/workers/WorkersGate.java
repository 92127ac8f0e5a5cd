package tinygate.workers;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tinygate.ConnectionCount;
import tinygate.Gate;
import tinygate.HostPort;
import tinygate.Settings;
import tinygate.observe.AccessLog;
import tinygate.observe.Stats;
import tinygate.proxy.Errors;
import tinygate.proxy.HttpDate;
import tinygate.proxy.Rules;
import tinygate.upstream.Routes;

/**
 * Lesson 1's gate: a thread accepts connections and hands each to a worker that blocks.
 *
 * <pre>
 *   clients          acceptor          queue           workers           upstreams
 *   ------- accept -----------  offer  -----  take  -------------  send  ---------
 *                        |      (full: 503)         read, send, read, send
 * </pre>
 *
 * <p>It is simple, and it has a limit that no setting removes: a worker stays with its connection,
 * also while nothing happens on it. So N clients that send their requests slowly, or hold their
 * connections idle, keep N workers busy, and the next client waits until a time limit frees one.
 * And a worker does one thing at a time: an upstream that answers before the request has been sent
 * whole is heard late, a body is cut if a buffer full of it takes longer than the transfer limit,
 * and a connection cannot become a tunnel, so Upgrade is not forwarded (contract rules H11 to H13
 * begin with lesson 2). If an upstream that has answered so early resets the connection, and
 * sending has met the reset first, its response that lasts until the close looks whole: the kernel
 * tells of a reset once.
 */
public final class WorkersGate implements Gate {
    private static final Logger LOG = LoggerFactory.getLogger(WorkersGate.class);

    /** Connections that the kernel has accepted and we have not yet; see listen(2). */
    private static final int BACKLOG = 1024;

    private static final int PAUSE_MILLIS = 50;

    private final Settings settings;
    private final Routes routes;
    private final Stats stats = new Stats();
    private final AccessLog accessLog;
    private final Watchdog watchdog = new Watchdog();
    private final ConnectionCount connections = new ConnectionCount();
    private final ByteBuffer refusal = ByteBuffer.allocateDirect(1024); // the acceptor's
    private ServerSocketChannel listener;
    private InetSocketAddress address;
    private Rules rules;
    private Crew crew;
    private List<Thread> ownThreads = List.of();
    private volatile boolean draining;

    /**
     * @throws IllegalArgumentException if the routes cannot be used
     * @throws UnsupportedOperationException if virtual workers are asked of a JDK without them
     */
    public WorkersGate(Settings settings) {
        this.settings = settings;
        this.accessLog = settings.accessLog() ? new AccessLog() : null;
        this.routes = new Routes(settings.routes(), settings.health(), System::nanoTime);
        if (settings.workers().virtual()) {
            VirtualThreads.factory();
        }
    }

    @Override
    public void start() throws IOException {
        listener = ServerSocketChannel.open();
        try {
            listener.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            listener.bind(settings.listen().resolve(), BACKLOG);
        } catch (IOException | RuntimeException e) {
            listener.close();
            throw e;
        }
        address = (InetSocketAddress) listener.getLocalAddress();
        String host = new HostPort(settings.listen().host(), address.getPort()).toString();
        rules = Rules.of(settings, host, false);
        crew =
                settings.workers().virtual()
                        ? new VirtualCrew(() -> new Worker(this))
                        : new PlatformCrew(
                                settings.workers().count(),
                                settings.limits().pending(),
                                () -> new Worker(this));
        ownThreads =
                List.of(new Thread(watchdog, "watchdog"), new Thread(this::accept, "acceptor"));
        ownThreads.forEach(thread -> thread.setDaemon(true));
        ownThreads.forEach(Thread::start);
    }

    // tag::accept[]
    private void accept() {
        HttpDate date = new HttpDate();
        try {
            while (true) {
                try {
                    welcome(listener.accept(), date);
                } catch (ClosedChannelException e) {
                    return; // the gate drains or closes
                } catch (IOException e) {
                    // Mostly EMFILE, accept(2): too many open files. Trying again at once would
                    // only burn a core; the clients wait in the kernel's queue meanwhile.
                    LOG.warn("cannot accept, will try again: {}", e.getMessage());
                    Thread.sleep(PAUSE_MILLIS);
                }
            }
        } catch (InterruptedException e) {
            // The gate closes.
        }
    }

    // end::accept[]

    // tag::welcome[]
    private void welcome(SocketChannel client, HttpDate date) {
        stats.connectionAccepted();
        boolean room = connections.opened() <= settings.limits().connections();
        try {
            // Without it the last part of an answer can wait for the client's delayed ACK.
            client.setOption(StandardSocketOptions.TCP_NODELAY, true);
            if (!room || !crew.offer(client)) {
                refuse(client, date);
                ended();
            }
        } catch (IOException e) {
            Wire.closeQuietly(client); // it is gone already
            ended();
        }
    }

    // end::welcome[]

    /**
     * Answers 503 without waiting for anything: an empty socket has room for so little. Nor does it
     * ask for a buffer, since the lack of one may be the reason.
     */
    private void refuse(SocketChannel client, HttpDate date) throws IOException {
        stats.connectionRefused();
        Errors.overloaded()
                .write(refusal.clear(), false, false, date.at(System.currentTimeMillis()));
        client.configureBlocking(false);
        client.write(refusal.flip());
        watchdog.sayFarewell(client);
    }

    /** A connection was closed, by whoever served it. */
    void ended() {
        stats.connectionClosed();
        connections.closed();
    }

    @Override
    public boolean drain(Duration limit) throws InterruptedException {
        draining = true;
        watchdog.drain();
        stopListening();
        boolean finished = connections.awaitNone(limit);
        close();
        return finished;
    }

    private void stopListening() {
        try {
            if (listener != null) {
                listener.close();
            }
        } catch (IOException e) {
            LOG.warn("closing the listening socket: {}", e.getMessage());
        }
    }

    @Override
    public void close() {
        stopListening();
        Threads.stop(ownThreads);
        if (crew != null) {
            crew.close();
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

    Settings settings() {
        return settings;
    }

    Rules rules() {
        return rules;
    }

    Routes routes() {
        return routes;
    }

    /** Where finished exchanges are logged, or null for nowhere. */
    AccessLog accessLog() {
        return accessLog;
    }

    Watchdog watchdog() {
        return watchdog;
    }

    boolean draining() {
        return draining;
    }
}
