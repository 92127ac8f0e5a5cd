package tinygate.iouring;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tinygate.RingSettings;
import tinygate.linux.Constants;
import tinygate.linux.Errno;
import tinygate.linux.EventFd;
import tinygate.linux.LinuxException;
import tinygate.linux.SockAddr;
import tinygate.loop.Loop;
import tinygate.loop.Slots;
import tinygate.relay.Admission;
import tinygate.relay.RelayContext;
import tinygate.relay.Side;
import tinygate.upstream.Upstream;

/**
 * One thread that serves many connections by a ring: it writes down what it wants, enters the
 * kernel once, and then reads what has become of it.
 *
 * <pre>
 *   settle receives --> io_uring_enter --> completions --> tasks --> deadlines
 *       ^               all that was          each may write            |
 *       |               written, and          new operations            |
 *       |               one wait                                        |
 *       +---------------------------------------------------------------+
 * </pre>
 */
final class RingLoop extends Loop<RingConnection> {
    private static final Logger LOG = LoggerFactory.getLogger(RingLoop.class);

    private static final long MOST_CLOSING_NANOS = TimeUnit.SECONDS.toNanos(2);

    final RingSettings settings;
    final SubmissionWriter writer;
    final ReceiveBuffers buffers;
    final CompletionBatches batches;
    final SocketNames names;
    final UnsettledReceives unsettled;

    private final Ring ring;
    private final Submitter submitter;
    private final EventFd eventFd;
    private final UpstreamAddresses upstreams;
    private final Acceptor acceptor;
    private final HealthChecks checks;
    private int connections;

    /**
     * A loop that listens; {@link #run} serves.
     *
     * @param checking whether it checks the upstreams
     * @throws LinuxException if the kernel refuses something a gate cannot do without
     */
    RingLoop(IoUringGate gate, RelayContext context, InetSocketAddress address, boolean checking)
            throws LinuxException {
        super(gate, context);
        settings = gate.ring();
        RingMode mode = gate.mode();
        RingCounters counters = gate.counters();
        int clients = gate.limits().connections();
        List<Upstream> checked = checking ? gate.upstreams() : List.of();
        try {
            ring = owned.add(mode.ring(linux));
            submitter = mode.submitter(ring);
            writer =
                    new SubmissionWriter(ring.submissions(), submitter, counters.submissionsFull());
            names = owned.add(mode.names(linux, ring, writer::next));
            batches = new CompletionBatches(this, ring, counters);
            buffers =
                    owned.add(
                            new ReceiveBuffers(
                                    linux, ring, mode.setup().buffers(), clients, chunks));
            unsettled = new UnsettledReceives(buffers);
            eventFd = owned.add(new EventFd(linux));
            upstreams = owned.add(new UpstreamAddresses(linux, gate.upstreams()));
            checks = owned.add(new HealthChecks(this, checked, gate.health()));
            // The last, so that nothing can fail behind it.
            int mostWaiting = Math.max(1, mode.setup().submissions() / 16);
            acceptor = new Acceptor(this, address, mostWaiting);
        } catch (LinuxException | RuntimeException e) {
            owned.close();
            throw e;
        }
    }

    @Override
    public void run() {
        try {
            ring.enable();
            acceptor.accept();
            awaitWakeUp();
            checks.start();
            // tag::turn[]
            long now = System.nanoTime();
            while (running) {
                unsettled.settle();
                boolean busy = hasTasks() || acceptor.hasClients();
                submitter.submitAndWait(busy ? 0 : timers.nanosToNext(now));
                eventFd.rearm();
                now = System.nanoTime();
                context.setTime(now, System.currentTimeMillis());
                batches.handle();
                acceptor.serveSome();
                runTasks();
                timers.advance(now);
            }
            // end::turn[]
        } catch (LinuxException | RuntimeException | OutOfMemoryError e) {
            LOG.error("an event loop has ended, its connections are lost", e);
        } finally {
            closeAll();
        }
    }

    // What completions are about

    /** Watches for {@link #wakeUp}. */
    void awaitWakeUp() {
        writer.next()
                .pollMultishot(Constants.POLLIN)
                .fd(eventFd.fd())
                .userData(UserData.of(Operation.WAKE_UP, 0));
    }

    /** A step of a check has ended. */
    void checkCompleted(long token, int result) {
        checks.completed(token, result);
    }

    void acceptCompleted(int result, boolean more) {
        acceptor.completed(result, more);
    }

    void acceptCancelFoundNothing() {
        acceptor.cancelFoundNothing();
    }

    @Override
    protected void wakeUp() {
        eventFd.signal();
    }

    // Connections come and go

    /** A client's connection was accepted. */
    void accepted(int fd) {
        Admission.Verdict verdict = admit();
        InetAddress clientAddress = verdict == Admission.Verdict.CLOSE ? null : addressOf(fd);
        if (clientAddress == null) {
            linux.close(fd);
            notServed(verdict);
            return;
        }
        RingDriver driver = new RingDriver(this, clientAddress, verdict);
        RingConnection client = newConnection(fd, driver, Side.CLIENT);
        client.connected();
        begin(driver, client);
    }

    /** The other end's address, or null if it has left already. */
    private InetAddress addressOf(int fd) {
        try {
            return sockets.remoteAddress(fd).getAddress();
        } catch (LinuxException notConnected) {
            return null;
        }
    }

    /**
     * Opens a connection to an upstream.
     *
     * @return null if that failed at once; the driver is told later
     */
    RingConnection connect(Upstream upstream, RingDriver driver) {
        int fd = openFor(upstream);
        if (fd < 0) {
            later(() -> driver.connectFailed(Errno.ranOut(fd)));
            return null;
        }
        RingConnection connection = newConnection(fd, driver, Side.UPSTREAM);
        connection.connect(addressOf(upstream));
        return connection;
    }

    /** A socket to connect to this upstream with, or -errno. */
    int openFor(Upstream upstream) {
        return sockets.open(addressOf(upstream).family());
    }

    SockAddr addressOf(Upstream upstream) {
        return upstreams.of(upstream);
    }

    private RingConnection newConnection(int fd, RingDriver driver, Side side) {
        long token = slots.reserve();
        RingConnection connection = new RingConnection(this, fd, token, driver, side);
        slots.put(token, connection);
        names.opened(Slots.slot(token), fd);
        connections++;
        return connection;
    }

    /** Nothing of a connection is in flight any more, and its close was written down. */
    void closed(long token) {
        slots.free(token);
        connections--;
    }

    // The end

    @Override
    protected void stopListening() {
        acceptor.close();
    }

    /** The kernel may use a chunk until the last completion; so the memory is freed after it. */
    private void closeAll() {
        try {
            acceptor.close();
            abandonAll();
            long end = System.nanoTime() + MOST_CLOSING_NANOS;
            while (!nothingIsInFlight() && System.nanoTime() - end < 0) {
                checks.stop();
                submitter.submitAndWait(TimeUnit.MILLISECONDS.toNanos(10));
                batches.handle();
            }
            submitter.submit();
        } catch (LinuxException | RuntimeException | OutOfMemoryError e) {
            LOG.error("a ring could not be closed in order", e);
        }
        if (nothingIsInFlight()) {
            owned.close();
        } else {
            LOG.error("the kernel did not end all operations in time: their memory is lost");
            ring.close();
            slots.forEach(RingConnection::abandon);
            acceptor.abandon();
            checks.abandon();
            eventFd.close();
            sockets.close();
        }
    }

    private boolean nothingIsInFlight() {
        return connections == 0 && acceptor.closed() && checks.ended();
    }
}
