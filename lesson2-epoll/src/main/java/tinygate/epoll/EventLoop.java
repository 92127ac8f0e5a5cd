package tinygate.epoll;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tinygate.linux.Constants;
import tinygate.linux.Errno;
import tinygate.linux.LinuxException;
import tinygate.linux.NativeMemory;
import tinygate.linux.SockAddr;
import tinygate.loop.Loop;
import tinygate.loop.LoopGate;
import tinygate.loop.WaitModeration;
import tinygate.relay.Admission;
import tinygate.relay.RelayContext;
import tinygate.relay.Side;
import tinygate.upstream.Upstream;

/**
 * One thread that serves many connections: it waits until some of them are ready, does for each
 * what can be done without waiting, and waits again.
 *
 * <pre>
 *   epoll_wait --> receive, for all events --> send, for all --> sockets not used up --+
 *       ^                                                                              |
 *       +--- a pause, if it pays <-- deadlines <-- tasks <-----------------------------+
 * </pre>
 *
 * <p>Sends are most of the work. One behind the other, they find the kernel's code for it in the
 * processor's cache; receives and parsing in between would push it out.
 *
 * <p>Nothing here may block but the pause and epoll_wait, or all connections of the loop stand
 * still.
 */
final class EventLoop extends Loop<Connection> {
    private static final Logger LOG = LoggerFactory.getLogger(EventLoop.class);

    /**
     * Enough that a wait costs little for each event; few enough that what one turn receives is
     * still in the processor's cache when the turn sends it.
     */
    private static final int MOST_EVENTS = 64;

    private static final int INTEREST =
            Constants.EPOLLIN | Constants.EPOLLOUT | Constants.EPOLLRDHUP | Constants.EPOLLET;

    /** What epoll carries for the listener; no connection has a slot so high. */
    static final long LISTENER = Integer.MAX_VALUE;

    final Epoll epoll;

    private final WaitModeration moderation;
    private final Listener listener;
    private final SockAddr upstreamAddress;
    private final ArrayDeque<Connection> notUsedUp = new ArrayDeque<>();
    private final ArrayDeque<EpollDriver> unsettled = new ArrayDeque<>();
    private long nowNanos = System.nanoTime();

    /**
     * A loop that listens; {@link #run} serves.
     *
     * @throws LinuxException if the kernel refuses something a gate cannot do without
     */
    EventLoop(LoopGate gate, RelayContext context, InetSocketAddress address)
            throws LinuxException {
        this(gate, context, address, new WaitModeration(System.nanoTime()));
    }

    /** With another judgement of when a pause pays. */
    EventLoop(
            LoopGate gate,
            RelayContext context,
            InetSocketAddress address,
            WaitModeration moderation)
            throws LinuxException {
        super(gate, context);
        this.moderation = moderation;
        try {
            epoll = owned.add(new Epoll(linux, MOST_EVENTS));
            NativeMemory memory = owned.add(NativeMemory.allocate(linux, SockAddr.size()));
            upstreamAddress = new SockAddr(memory, 0);
            // The last, so that nothing can fail behind it.
            listener = new Listener(this, address);
        } catch (LinuxException | RuntimeException e) {
            owned.close();
            throw e;
        }
    }

    // tag::turn[]
    @Override
    public void run() {
        try {
            while (running) {
                turn();
            }
        } catch (LinuxException | RuntimeException | OutOfMemoryError e) {
            LOG.error("an event loop has ended, its connections are lost", e);
        } finally {
            closeAll();
        }
    }

    /** Waits, and does all that can be done then. */
    void turn() throws LinuxException {
        boolean busy = !notUsedUp.isEmpty() || hasTasks();
        if (!busy && moderation.pausePays(context.underWay())) {
            linux.usleep(WaitModeration.PAUSE_MICROS);
        }
        int events = epoll.await(busy ? 0 : timers.millisToNext(nowNanos));
        nowNanos = System.nanoTime();
        moderation.brought(events, nowNanos);
        context.setTime(nowNanos, System.currentTimeMillis());
        // All are written down before any is acted upon: else a request could be sent
        // on a kept connection whose end stands later in the same batch.
        for (int i = 0; i < events; i++) {
            note(i);
        }
        for (int i = 0; i < events; i++) {
            handle(epoll.token(i));
        }
        settleAll();
        useUp();
        runTasks();
        timers.advance(nowNanos);
    }

    // end::turn[]

    // tag::told[]
    private void note(int event) {
        Connection connection = slots.get(epoll.token(event));
        if (connection != null) {
            connection.told(epoll.events(event));
        }
    }

    private void handle(long token) {
        if (token == LISTENER) {
            listener.ready();
            return;
        }
        Connection connection = slots.get(token);
        if (connection != null) { // else it was closed earlier in this turn
            tell(connection);
        }
    }

    private void tell(Connection connection) {
        EpollDriver driver = connection.driver();
        if (driver != null) {
            try {
                driver.ready(connection);
            } catch (RuntimeException | OutOfMemoryError fault) {
                driver.giveUp(fault);
            }
        } else if (connection.keptFor() != null && connection.readable()) {
            kept.told(connection);
        }
    }

    // end::told[]

    /** Settles a driver when all of this turn's events were told; once, however many it had. */
    void settleLater(EpollDriver driver) {
        if (!driver.queued) {
            driver.queued = true;
            unsettled.add(driver);
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
        settleAll();
    }

    /** Sends what this turn's events have led to, for one driver after the other. */
    private void settleAll() {
        while (!unsettled.isEmpty()) {
            EpollDriver driver = unsettled.remove();
            driver.queued = false;
            try {
                driver.settle();
            } catch (RuntimeException | OutOfMemoryError fault) {
                driver.giveUp(fault);
            }
        }
    }

    @Override
    protected void wakeUp() {
        epoll.wakeUp();
    }

    /** A client's connection was accepted. */
    void accepted(int fd, InetAddress clientAddress) {
        Admission.Verdict verdict = admit();
        EpollDriver driver = new EpollDriver(this, clientAddress, verdict);
        Connection client =
                verdict == Admission.Verdict.CLOSE ? null : register(fd, driver, Side.CLIENT);
        if (client == null) {
            linux.close(fd);
            notServed(verdict);
        } else {
            begin(driver, client);
        }
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
            later(() -> driver.connectFailed(Errno.ranOut(fd)));
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

    @Override
    protected void stopListening() {
        listener.close();
    }

    void closeAll() {
        listener.close();
        abandonAll();
        owned.close();
    }
}
