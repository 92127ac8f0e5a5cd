package tinygate.epoll;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tinygate.linux.Constants;
import tinygate.linux.Errno;
import tinygate.linux.Linux;
import tinygate.linux.LinuxException;
import tinygate.linux.NativeMemory;
import tinygate.linux.SockAddr;
import tinygate.linux.Sockets;
import tinygate.relay.Admission;
import tinygate.relay.RelayContext;
import tinygate.relay.Side;
import tinygate.upstream.Upstream;

/**
 * One thread that serves many connections: it waits until some of them are ready, does for each
 * what can be done without waiting, and waits again.
 *
 * <pre>
 *   epoll_wait --> events of this turn --> sockets not used up --> tasks --> deadlines
 *       ^                                                                       |
 *       +-----------------------------------------------------------------------+
 * </pre>
 *
 * <p>Nothing here may block but epoll_wait, or all connections of the loop stand still.
 */
final class EventLoop implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(EventLoop.class);
    private static final int MOST_EVENTS = 512;

    /** A body of 64 KiB and its head come in one call. */
    private static final int CHUNK_BYTES = 72 * 1024;

    private static final int INTEREST =
            Constants.EPOLLIN | Constants.EPOLLOUT | Constants.EPOLLRDHUP | Constants.EPOLLET;

    final Linux linux = new Linux();
    final Sockets sockets;
    final Epoll epoll;
    final NativeChunks chunks;
    final RelayContext context;
    final TimerWheel timers = new TimerWheel(System.nanoTime());
    final KeptConnections kept;

    private final EpollGate gate;
    private final Listener listener;
    private final NativeMemory memory;
    private final SockAddr upstreamAddress;
    private final Slots slots = new Slots();
    private final Set<EpollDriver> drivers = new HashSet<>();
    private final ArrayDeque<Connection> notUsedUp = new ArrayDeque<>();
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private boolean running = true;

    /**
     * A loop that listens; {@link #run} serves.
     *
     * @throws LinuxException if the kernel refuses something a gate cannot do without
     */
    EventLoop(EpollGate gate, RelayContext context, int chunkBytes, InetSocketAddress address)
            throws LinuxException {
        this.gate = gate;
        this.context = context;
        chunks = new NativeChunks(linux, Math.max(CHUNK_BYTES, chunkBytes));
        kept = new KeptConnections(this, gate.settings().limits().connections());
        sockets = new Sockets(linux);
        epoll = new Epoll(linux, MOST_EVENTS);
        memory = NativeMemory.allocate(linux, SockAddr.size());
        upstreamAddress = new SockAddr(memory, 0);
        listener = new Listener(this, address);
    }

    @Override
    public void run() {
        try {
            long now = System.nanoTime();
            while (running) {
                boolean busy = !notUsedUp.isEmpty() || !tasks.isEmpty();
                int events = epoll.await(busy ? 0 : timers.millisToNext(now));
                now = System.nanoTime();
                context.setTime(now, System.currentTimeMillis());
                // All are written down before any is acted upon: else a request could be sent
                // on a kept connection whose end stands later in the same batch.
                for (int i = 0; i < events; i++) {
                    note(i);
                }
                for (int i = 0; i < events; i++) {
                    handle(epoll.token(i));
                }
                useUp();
                runTasks();
                timers.advance(now);
            }
        } catch (LinuxException | RuntimeException e) {
            LOG.error("an event loop has ended, its connections are lost", e);
        } finally {
            closeAll();
        }
    }

    private void note(int event) {
        Connection connection = slots.get(epoll.token(event));
        if (connection != null) {
            connection.told(epoll.events(event));
        }
    }

    private void handle(long token) {
        if (token == Listener.TOKEN) {
            listener.ready();
            return;
        }
        Connection connection = slots.get(token);
        if (connection != null) { // else it was closed earlier in this turn
            tell(connection);
        }
    }

    private void tell(Connection connection) {
        if (connection.driver() != null) {
            connection.driver().ready(connection);
        } else if (connection.keptFor() != null && connection.readable()) {
            kept.remove(connection);
        }
    }

    /** Looks at a connection once more before the next wait: something is left to do. */
    void lookAgain(Connection connection) {
        if (!connection.queued) {
            connection.queued = true;
            notUsedUp.add(connection);
        }
    }

    private void useUp() {
        for (int left = notUsedUp.size(); left > 0; left--) {
            Connection connection = notUsedUp.remove();
            connection.queued = false;
            tell(connection);
        }
    }

    private void runTasks() {
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
            task.run();
        }
    }

    /** Has something done on the loop's thread; from any thread. */
    void execute(Runnable task) {
        tasks.add(task);
        epoll.wakeUp();
    }

    /** Has something done later in this turn, or in the next one. */
    void later(Runnable task) {
        tasks.add(task);
    }

    /** A client's connection was accepted. */
    void accepted(int fd, InetAddress clientAddress) {
        Admission.Verdict verdict = gate.admission().opened();
        EpollDriver driver = new EpollDriver(this, clientAddress, verdict);
        Connection client =
                verdict == Admission.Verdict.CLOSE ? null : register(fd, driver, Side.CLIENT);
        if (client == null) {
            linux.close(fd);
            gate.admission().closed(verdict);
            return;
        }
        drivers.add(driver);
        driver.accepted(client);
    }

    /**
     * Opens a connection to an upstream.
     *
     * @return null if that failed at once; the driver is told later
     */
    Connection connect(Upstream upstream, EpollDriver driver) {
        upstreamAddress.set(upstream.address());
        int fd = sockets.connect(upstreamAddress);
        if (fd < 0) {
            boolean ours = Errno.EMFILE.is(fd) || Errno.ENFILE.is(fd);
            later(() -> driver.connectFailed(ours));
            return null;
        }
        Connection connection = register(fd, driver, Side.UPSTREAM);
        if (connection == null) {
            linux.close(fd);
            later(() -> driver.connectFailed(true));
        }
        return connection;
    }

    /** Has epoll watch a descriptor; null if it refuses, for want of memory (epoll_ctl(2)). */
    private Connection register(int fd, EpollDriver driver, Side side) {
        long token = slots.reserve();
        Connection connection = new Connection(this, fd, token, driver, side);
        int result = epoll.add(fd, INTEREST, token);
        if (result < 0) {
            LOG.warn("{}", new LinuxException("epoll_ctl", "", result).getMessage());
            slots.free(token);
            return null;
        }
        slots.put(token, connection);
        return connection;
    }

    /** Closes a socket; epoll forgets it by itself. */
    void close(Connection connection) {
        connection.closed();
        timers.remove(connection);
        slots.free(connection.token);
        linux.close(connection.fd);
    }

    /** The exchange of a driver has ended. */
    void ended(EpollDriver driver) {
        if (drivers.remove(driver)) {
            gate.admission().closed(driver.verdict());
        }
    }

    /** Accepts no more and closes the idle connections; on the loop's thread. */
    void drain() {
        listener.close();
        List.copyOf(drivers).forEach(EpollDriver::drain);
    }

    /** Ends the loop; on its thread. */
    void stop() {
        running = false;
    }

    /** Frees everything; on the loop's thread, or if that was never started. */
    void closeAll() {
        listener.close();
        List.copyOf(drivers).forEach(EpollDriver::abandon);
        kept.close();
        chunks.close();
        memory.close();
        sockets.close();
        epoll.close();
    }
}
