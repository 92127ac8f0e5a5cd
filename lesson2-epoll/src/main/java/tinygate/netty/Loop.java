package tinygate.netty;

import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.ChannelException;
import io.netty.channel.EventLoop;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.socket.SocketChannel;
import java.util.function.Supplier;
import tinygate.relay.RelayContext;
import tinygate.relay.Side;
import tinygate.upstream.Upstream;

/**
 * What the exchanges of one event loop share: the loop itself, the clock and the connections that
 * are kept. Used by the loop's thread alone.
 */
final class Loop {
    private final EventLoop executor;
    private final RelayContext context;
    private final Supplier<? extends SocketChannel> sockets;
    private final ChannelGroup upstreams;
    private final RecvByteBufAllocator chunks;
    private final ByteBufAllocator memory;
    private final IdleConnections idle = new IdleConnections(System::nanoTime);

    /**
     * @param sockets makes a channel that will connect to an upstream
     * @param upstreams is told of all of them
     * @param memory of the chunks that are not received
     */
    Loop(
            EventLoop executor,
            RelayContext context,
            Supplier<? extends SocketChannel> sockets,
            ChannelGroup upstreams,
            ByteBufAllocator memory) {
        this.executor = executor;
        this.context = context;
        this.sockets = sockets;
        this.upstreams = upstreams;
        this.memory = memory;
        this.chunks = NettyChunk.allocator(context.chunkBytes());
    }

    EventLoop executor() {
        return executor;
    }

    /** The relay's part of the loop, with its clock set. */
    RelayContext context() {
        context.setTime(System.nanoTime(), System.currentTimeMillis());
        return context;
    }

    void drain() {
        context.drain();
    }

    IdleConnections idle() {
        return idle;
    }

    NettyChunk newChunk() {
        return NettyChunk.empty(memory, context.chunkBytes());
    }

    /** Begins to serve a client that was accepted. */
    NettyDriver serve(SocketChannel channel) {
        return new NettyDriver(this, new Connection(channel, Side.CLIENT, chunks));
    }

    /**
     * A connection to an upstream, which is yet to {@link Connection#connect}.
     *
     * @return null if no descriptor is left
     */
    Connection newConnection(Upstream upstream) {
        SocketChannel channel;
        try {
            channel = sockets.get();
        } catch (ChannelException e) {
            return null;
        }
        upstreams.add(channel);
        Connection connection = new Connection(channel, Side.UPSTREAM, chunks);
        channel.closeFuture().addListener(closed -> idle.remove(upstream, connection));
        executor.register(channel);
        return connection;
    }
}
