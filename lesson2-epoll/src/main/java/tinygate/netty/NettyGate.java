package tinygate.netty;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tinygate.Gate;
import tinygate.HostPort;
import tinygate.Settings;
import tinygate.observe.Stats;
import tinygate.proxy.Rules;
import tinygate.relay.Admission;
import tinygate.relay.Exchange;
import tinygate.relay.RelayContext;
import tinygate.upstream.Routes;

/**
 * The gate on Netty: Netty accepts, reads, writes and keeps time, and the {@link
 * tinygate.relay.Exchange} decides.
 *
 * <pre>
 *                      +------------- one event loop -------------+
 *   client  ---------- | Connection <-- NettyDriver --> Connection | ---------- upstream
 *                      |                 Exchange                 |
 *                      +------------------------------------------+
 * </pre>
 *
 * <p>What Netty takes off our hands, compared with {@code tinygate.epoll}: the native calls; which
 * events to ask the kernel for; the queue of unsent bytes and short writes; the half-closed
 * connection, told as an event; pooled memory with a detector of leaks; timers; accepting that
 * pauses when descriptors run out; the orderly end of channels and threads; and another transport
 * for four lines. What stays ours: back-pressure between the two connections, when to write, which
 * connections to keep and when to choose one (Netty tells of the events of a batch one by one, so
 * that is left to a task behind them), and all that concerns HTTP. What it costs: a promise and a
 * few small objects for each write, and rules to know, such as who releases a buffer and which
 * futures complete at once. It saves no system calls, nor does it waste any: with 64 connections
 * and 1 KiB responses a request takes two receives, two sends and a small share of a wait, as with
 * the loop by hand.
 *
 * <p>On JDK 24 and newer Netty 4.1 draws two warnings. {@code --enable-native-access=ALL-UNNAMED}
 * (or the attribute {@code Enable-Native-Access} in the manifest of the jar that is started) ends
 * the one about native code. The one about {@code sun.misc.Unsafe} ends with {@code
 * --sun-misc-unsafe-memory-access=allow}, or with {@code -Dio.netty.noUnsafe=true}, which keeps
 * Netty off it.
 */
public final class NettyGate implements Gate {
    private static final Logger LOG = LoggerFactory.getLogger(NettyGate.class);

    /** Connections that the kernel has accepted and we have not yet; see listen(2). */
    private static final int BACKLOG = 1024;

    /** As much is read at once; Netty caches no larger buffers for each thread. */
    private static final int CHUNK_BYTES = 32 * 1024;

    /** How long anything may take to close that should close at once. */
    private static final long CLOSING_MILLIS = 5_000;

    private final Settings settings;
    private final Transport transport;
    private final ByteBufAllocator memory;
    private final Routes routes;
    private final Stats stats = new Stats();
    private final Admission admission;
    private final ChannelGroup clients = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
    private final ChannelGroup upstreams = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
    private final Map<EventLoop, Loop> loops = new IdentityHashMap<>();
    private EventLoopGroup group;
    private Channel listener;
    private InetSocketAddress address;

    /**
     * A gate on epoll, or NIO where epoll is not to be had.
     *
     * @throws IllegalArgumentException if the routes cannot be used
     */
    public NettyGate(Settings settings) {
        this(settings, Transport.epollOrNio());
    }

    /**
     * @throws IllegalArgumentException if the routes cannot be used
     */
    public NettyGate(Settings settings, Transport transport) {
        this(settings, transport, ByteBufAllocator.DEFAULT);
    }

    /** For a test that lets the memory run out. */
    NettyGate(Settings settings, Transport transport, ByteBufAllocator memory) {
        this.settings = settings;
        this.transport = transport;
        this.memory = memory;
        this.routes = new Routes(settings.routes(), settings.health(), System::nanoTime);
        this.admission = new Admission(settings.limits(), stats);
    }

    @Override
    public void start() throws IOException {
        group = newLoops();
        try {
            bind();
        } catch (IOException | RuntimeException e) {
            close();
            throw e;
        }
        address = (InetSocketAddress) listener.localAddress();
        String host = new HostPort(settings.listen().host(), address.getPort()).toString();
        Rules rules = Rules.of(settings, host, true);
        for (EventExecutor executor : group) {
            EventLoop loop = (EventLoop) executor;
            RelayContext context = new RelayContext(settings, rules, routes, stats, CHUNK_BYTES);
            loops.put(loop, new Loop(loop, context, transport.socket(), upstreams, memory));
        }
        listener.config().setAutoRead(true);
    }

    private EventLoopGroup newLoops() throws IOException {
        DefaultThreadFactory threads = new DefaultThreadFactory("netty-" + transport.name(), true);
        try {
            return transport.loops().apply(Runtime.getRuntime().availableProcessors(), threads);
        } catch (IllegalStateException e) {
            // No descriptor for another epoll, or no memory for another ring.
            throw new IOException("Netty could not make its event loops: " + e.getCause(), e);
        }
    }

    /** Binds the listening channel, which accepts nothing yet. */
    private void bind() throws IOException {
        ChannelFuture bound =
                new ServerBootstrap()
                        .group(group)
                        .channelFactory(transport.listener()::get)
                        .option(ChannelOption.SO_BACKLOG, BACKLOG)
                        .option(ChannelOption.AUTO_READ, false)
                        .childHandler(
                                new ChannelInitializer<SocketChannel>() {
                                    @Override
                                    protected void initChannel(SocketChannel client) {
                                        welcome(client);
                                    }
                                })
                        .bind(settings.listen().resolve())
                        .awaitUninterruptibly();
        if (bound.cause() instanceof IOException e) {
            throw (BindException) new BindException(e.getMessage()).initCause(e);
        }
        if (!bound.isSuccess()) {
            throw new IOException("cannot listen on " + settings.listen(), bound.cause());
        }
        listener = bound.channel();
        listener.pipeline().addLast(new AcceptFailures());
    }

    /** Serves a client that was accepted, on its own event loop. */
    private void welcome(SocketChannel client) {
        Admission.Verdict verdict = admission.opened();
        client.closeFuture().addListener(closed -> admission.closed(verdict));
        switch (verdict) {
            case SERVE -> serve(client);
            case REFUSE -> serve(client).tell(Exchange::refuse);
            case CLOSE -> client.close();
        }
    }

    private NettyDriver serve(SocketChannel client) {
        clients.add(client);
        return loops.get(client.eventLoop()).serve(client);
    }

    /** Netty has paused accepting for a second when it tells of a failure. */
    private static final class AcceptFailures extends ChannelInboundHandlerAdapter {
        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            // Mostly EMFILE, accept(2): too many open files.
            LOG.warn("cannot accept, will try again: {}", cause.getMessage());
        }
    }

    @Override
    public boolean drain(Duration limit) throws InterruptedException {
        long end = System.nanoTime() + limit.toNanos();
        listener.close().await(limit.toNanos(), TimeUnit.NANOSECONDS);
        for (Loop loop : loops.values()) {
            // What was accepted before is in the group after this, and knows of the draining.
            Future<?> told = loop.executor().submit(loop::drain);
            told.await(end - System.nanoTime(), TimeUnit.NANOSECONDS);
        }
        tellClients(Connection.DRAIN);
        boolean finished =
                clients.newCloseFuture().await(end - System.nanoTime(), TimeUnit.NANOSECONDS);
        close();
        return finished;
    }

    @Override
    public void close() {
        if (group == null || group.isShuttingDown()) {
            return;
        }
        if (listener != null) {
            listener.close().awaitUninterruptibly(CLOSING_MILLIS);
        }
        awaitTasks(); // what was accepted before is among the clients after this
        // Clients first: an exchange whose upstream goes away would still answer. It is told, its
        // channel not only closed: it knows whether a client would take that for a body's end.
        tellClients(Connection.CLOSE);
        clients.close().awaitUninterruptibly(CLOSING_MILLIS);
        awaitTasks(); // every exchange knows of it after this, and opens no connection any more
        upstreams.close().awaitUninterruptibly(CLOSING_MILLIS);
        // On io_uring a loop ends only if its channels are closed.
        for (EventExecutor loop : group) {
            if (!loop.isShuttingDown()) {
                loop.execute(() -> end((EventLoop) loop));
            }
        }
        group.terminationFuture().awaitUninterruptibly(CLOSING_MILLIS);
    }

    private void end(EventLoop loop) {
        transport.beforeEnd().accept(loop);
        loop.shutdownGracefully(0, CLOSING_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void tellClients(Object event) {
        for (Channel client : clients) {
            client.pipeline().fireUserEventTriggered(event);
        }
    }

    /** Waits until the loops have done what they were given until now. */
    private void awaitTasks() {
        for (Loop loop : loops.values()) {
            loop.executor().submit(() -> {}).awaitUninterruptibly(CLOSING_MILLIS);
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
}
