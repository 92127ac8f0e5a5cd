package tinygate.iouring;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tinygate.Settings;
import tinygate.linux.Constants;
import tinygate.linux.Errno;
import tinygate.linux.LinuxException;
import tinygate.linux.NativeMemory;
import tinygate.loop.TimerWheel;
import tinygate.upstream.Upstream;

/**
 * Asks one upstream again and again whether it works. A check is a chain of three operations,
 * written down at once; the kernel begins each when the one before has succeeded:
 *
 * <pre>
 *   connect ---link---> send "GET /path" ---link---> receive 12 bytes: "HTTP/1.1 200"
 *      |                  |
 *      +-- if one fails --+------------------------> those behind it complete with -ECANCELED
 * </pre>
 *
 * <p>So a check takes no turn of the loop between its steps. What comes after the status code is
 * not read: the connection is closed.
 */
final class HealthCheck extends TimerWheel.Entry {
    private static final Logger LOG = LoggerFactory.getLogger(HealthCheck.class);

    private static final int STEPS = 3;
    private static final int MOST_REQUEST_BYTES = 1_000;

    /** Whom a cancel is for: it is repeated anyhow. No connection has a slot so high. */
    private static final long NOBODY = Integer.MAX_VALUE - 1;

    private static final int STATUS_END = 12; // of "HTTP/1.1 200"

    private final RingLoop loop;
    private final Upstream upstream;
    private final long intervalNanos;
    private final int index;
    private final NativeMemory memory;
    private final int at; // of the request in the memory; what is received comes behind it
    private final int requestBytes;
    private int fd = -1;
    private boolean refused; // a socket, the last time
    private boolean ranOut; // whether something has here, at one of the steps
    private int stepsLeft;
    private boolean overdue; // the next one, since this one's time is over
    private boolean stopped;
    private long nextNanos;

    HealthCheck(
            RingLoop loop,
            Upstream upstream,
            Settings.Health settings,
            int index,
            NativeMemory memory) {
        this.loop = loop;
        this.upstream = upstream;
        this.intervalNanos = TimeUnit.MILLISECONDS.toNanos(settings.checkMillis());
        this.index = index;
        this.memory = memory;
        at = index * size();
        byte[] request =
                "GET %s HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n"
                        .formatted(settings.checkPath(), upstream)
                        .getBytes(StandardCharsets.US_ASCII);
        requestBytes = request.length;
        memory.buffer().put(at, request);
    }

    /** How much memory a check needs, in bytes: a host name has at most 255, a path 200. */
    static int size() {
        return MOST_REQUEST_BYTES + 24;
    }

    /** Which check an operation belongs to. */
    static int index(long token) {
        return (int) token;
    }

    /** The user data of a step, which may be cancelled by it. */
    private long userData(int step) {
        return UserData.of(Operation.CHECK, (long) step << 32 | index);
    }

    /** Begins the first check. */
    void start() {
        nextNanos = System.nanoTime();
        loop.timers.update(this);
    }

    @Override
    protected long deadlineNanos() {
        return nextNanos;
    }

    /** The next check is due; if one is still under way, its time is over. */
    @Override
    protected void expired() {
        overdue = !ended();
        if (overdue) {
            cancel();
        } else {
            begin();
        }
        nextNanos = System.nanoTime() + intervalNanos;
        loop.timers.update(this);
    }

    private void begin() {
        fd = loop.openFor(upstream);
        if (fd < 0) {
            cannotBegin(fd);
            return;
        }
        refused = false;
        ranOut = false;
        // Linked entries go to the kernel in one batch: a chain that is cut is none, and lesson 4's
        // poller cuts after eight entries.
        loop.writer.handOver();
        long request = memory.address() + at;
        int flags = Constants.MSG_WAITALL | Constants.MSG_NOSIGNAL;
        loop.writer.next().connect(loop.addressOf(upstream)).fd(fd).linked().userData(userData(0));
        loop.writer.next().send(request, requestBytes, flags).fd(fd).linked().userData(userData(1));
        loop.writer
                .next()
                .receive(request + MOST_REQUEST_BYTES, STATUS_END, Constants.MSG_WAITALL)
                .fd(fd)
                .userData(userData(2));
        stepsLeft = STEPS;
    }

    /**
     * There is no socket for it: for want of something here, which says nothing about the upstream;
     * or this machine does not have the upstream's address family, and then nobody reaches it from
     * here. It is logged once until there is one.
     */
    private void cannotBegin(int result) {
        if (!refused) {
            String cause = new LinuxException("socket", "", result).getMessage();
            LOG.warn("upstream {} cannot be checked, will try again: {}", upstream, cause);
        }
        refused = true;
        if (!Errno.ranOut(result)) {
            upstream.checked(false);
        }
    }

    /**
     * Cancels whichever step is under way. A chain that is just between two steps is found by no
     * cancel, so this is repeated until it has ended.
     */
    private void cancel() {
        for (int step = 0; step < STEPS; step++) {
            loop.writer.cancel(userData(step), NOBODY);
        }
    }

    void completed(long token, int result) {
        stepsLeft--;
        ranOut |= Errno.ranOut(result);
        boolean received = token >>> 32 == STEPS - 1;
        if (received && !stopped && !ranOut) {
            upstream.checked(result == STATUS_END && good());
        }
        if (stepsLeft == 0) {
            loop.linux.close(fd);
            if (overdue && !stopped) {
                nextNanos = System.nanoTime();
                loop.timers.update(this);
            }
        }
    }

    /** Whether the status is 2xx or 3xx. */
    private boolean good() {
        ByteBuffer buffer = memory.buffer();
        int answer = at + MOST_REQUEST_BYTES;
        byte first = buffer.get(answer + 9);
        return buffer.get(answer) == 'H'
                && buffer.get(answer + 8) == ' '
                && (first == '2' || first == '3');
    }

    /** Begins to end it; to be repeated until it has {@link #ended}. */
    void stop() {
        stopped = true;
        loop.timers.remove(this);
        if (!ended()) {
            cancel();
        }
    }

    /** Closes its socket at once: the ring is gone, and no completion comes any more. */
    void abandon() {
        if (!ended()) {
            loop.linux.close(fd);
        }
    }

    /** Whether nothing of it is in flight. */
    boolean ended() {
        return stepsLeft == 0;
    }
}
