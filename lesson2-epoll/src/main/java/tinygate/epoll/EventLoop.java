package tinygate.epoll;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.HashSet;
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
import tinygate.relay.RelayContext;
import tinygate.relay.Side;
import tinygate.upstream.Upstream;

/**
 * One thread that serves many connections: it waits until some of them are ready, does for each
 * what can be done without waiting, and waits again.
 *
 * <pre>
 *   epoll_wait ---> events of this turn ---> connections with something left to do ---> timers
 *       ^                                                                                 |
 *       +---------------------------------------------------------------------------------+
 * </pre>
 *
 * <p>Nothing in the loop may block, or all of its connections stand still.
 */
final class EventLoop implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(EventLoop.class);

    private static final int MOST_EVENTS = 512;
    private static final int MOST_ACCEPTS = 64;
    private static final int BACKLOG = 4096;
    private static final int PAUSE_MILLIS = 50;

    /** A body of 64 KiB with its head comes in one call. */
    private static final int CHUNK_BYTES = 72 * 1024;

    private static final long LISTENER = Slots.NO_CONNECTION;

    final Linux linux = new Linux();
    final Sockets sockets;
    final NativeChunks chunks;
    final RelayContext context;
    final TimerWheel timers = new TimerWheel(System.nanoTime());
    final KeptConnections kept;

    private final EpollGate gate;
    private final Epoll epoll;
    private final NativeMemory addressMemory;
    private final SockAddr upstreamAddress;
    private final int listener;
    private final Slots slots = new Slots();
    private final Set<EpollDriver> drivers = new HashSet<>();
    private final ArrayDeque<Connection> again = new ArrayDeque<>();
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final AcceptPause acceptPause = new AcceptPause();
    private boolean listening = true;
    private boolean running = true;
    ...
}
