package tinygate.netty;

import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollEventLoopGroup;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.util.concurrent.ThreadFactory;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The system calls below a {@link NettyGate}: Netty's handlers are the same on all of them. Public,
 * because lesson 3 adds one.
 *
 * @param name as it is logged
 * @param loops makes so many event loops with these threads
 * @param listener makes the channel that listens
 * @param socket makes a channel that will connect; those that are accepted are of the same kind
 * @param beforeEnd what a loop must do before it ends, in its own thread
 */
public record Transport(
        String name,
        BiFunction<Integer, ThreadFactory, EventLoopGroup> loops,
        Supplier<? extends ServerChannel> listener,
        Supplier<? extends SocketChannel> socket,
        Consumer<EventLoop> beforeEnd) {
    private static final Logger LOG = LoggerFactory.getLogger(Transport.class);

    /** Netty's own native code on epoll(7), edge-triggered; Linux on x86-64 and aarch64. */
    public static final Transport EPOLL =
            new Transport(
                    "epoll",
                    EpollEventLoopGroup::new,
                    EpollServerSocketChannel::new,
                    EpollSocketChannel::new,
                    loop -> {});

    /** The JDK's selectors; everywhere. */
    public static final Transport NIO =
            new Transport(
                    "nio",
                    NioEventLoopGroup::new,
                    NioServerSocketChannel::new,
                    NioSocketChannel::new,
                    loop -> {});

    /** {@link #EPOLL} where it can be used, else {@link #NIO}, and a line in the log says why. */
    public static Transport epollOrNio() {
        if (Epoll.isAvailable()) {
            return EPOLL;
        }
        LOG.warn(
                "Netty's native epoll cannot be used, NIO takes its place: {}",
                Epoll.unavailabilityCause().toString());
        return NIO;
    }
}
