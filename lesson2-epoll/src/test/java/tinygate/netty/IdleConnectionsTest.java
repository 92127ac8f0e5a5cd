package tinygate.netty;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tinygate.HostPort;
import tinygate.Settings;
import tinygate.relay.Side;
import tinygate.upstream.Routes;
import tinygate.upstream.Upstream;

/** The same rule as {@code KeptConnections}' for the loops by hand. */
@Timeout(60)
class IdleConnectionsTest {
    private static final int WAIT_MILLIS = 10_000;

    private final EventLoopGroup group = new NioEventLoopGroup(1);
    private final AtomicLong clock = new AtomicLong();
    private final IdleConnections idle = new IdleConnections(clock::get);
    private final Upstream upstream = upstream();

    private static Upstream upstream() {
        Settings.UpstreamServer server =
                new Settings.UpstreamServer(new HostPort("127.0.0.1", 9), 1);
        List<Settings.Route> routes = List.of(new Settings.Route(null, null, List.of(server)));
        return new Routes(routes, Settings.Health.DEFAULTS, System::nanoTime).upstreams().get(0);
    }

    @AfterEach
    void endTheLoop() {
        group.shutdownGracefully(0, WAIT_MILLIS, TimeUnit.MILLISECONDS)
                .awaitUninterruptibly(WAIT_MILLIS);
    }

    private Connection connection() {
        NioSocketChannel channel = new NioSocketChannel();
        Connection connection = new Connection(channel, Side.UPSTREAM, NettyChunk.allocator(1024));
        assertThat(group.register(channel).awaitUninterruptibly(WAIT_MILLIS)).isTrue();
        return connection;
    }

    private void passSeconds(int seconds) {
        clock.addAndGet(TimeUnit.SECONDS.toNanos(seconds));
    }

    private static boolean closed(Connection connection) {
        return connection.channel().closeFuture().awaitUninterruptibly(WAIT_MILLIS);
    }

    @Test
    void oneThatNobodyNeededForAMinuteIsClosedAndNotUsed() {
        Connection old = connection();
        idle.keep(upstream, old);
        passSeconds(60);
        assertThat(idle.take(upstream)).isNull();
        assertThat(closed(old)).isTrue();
    }

    @Test
    void theMinuteBeginsAnewWithEachUse() {
        Connection connection = connection();
        idle.keep(upstream, connection);
        for (int i = 0; i < 3; i++) {
            passSeconds(59);
            assertThat(idle.take(upstream)).isSameAs(connection);
            idle.keep(upstream, connection);
        }
        assertThat(connection.channel().isOpen()).isTrue();
    }

    @Test
    void oldOnesAreClosedWhenAnotherIsKept() {
        Connection old = connection();
        idle.keep(upstream, old);
        passSeconds(60);
        idle.keep(upstream, connection());
        assertThat(closed(old)).isTrue();
    }
}
