package tinygate.loop;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import tinygate.HostPort;
import tinygate.Settings;
import tinygate.relay.Chunk;
import tinygate.relay.Side;
import tinygate.upstream.Routes;
import tinygate.upstream.Upstream;

class KeptConnectionsTest {
    private final AtomicLong clock = new AtomicLong();
    private final KeptConnections<Idle> kept = new KeptConnections<>(10, clock::get);
    private final Upstream upstream = upstream();

    private static Upstream upstream() {
        Settings.UpstreamServer server =
                new Settings.UpstreamServer(new HostPort("127.0.0.1", 9), 1);
        List<Settings.Route> routes = List.of(new Settings.Route(null, null, List.of(server)));
        return new Routes(routes, Settings.Health.DEFAULTS, System::nanoTime).upstreams().get(0);
    }

    private void passSeconds(int seconds) {
        clock.addAndGet(TimeUnit.SECONDS.toNanos(seconds));
    }

    @Test
    void oneThatNobodyNeededForAMinuteIsClosedAndNotUsed() {
        Idle old = new Idle();
        kept.keep(upstream, old);
        passSeconds(60);
        assertThat(kept.take(upstream)).isNull();
        assertThat(old.closed).isTrue();
    }

    @Test
    void theMinuteBeginsAnewWithEachUse() {
        Idle connection = new Idle();
        kept.keep(upstream, connection);
        for (int i = 0; i < 3; i++) {
            passSeconds(59);
            assertThat(kept.take(upstream)).isSameAs(connection);
            kept.keep(upstream, connection);
        }
        assertThat(connection.closed).isFalse();
    }

    @Test
    void oldOnesAreClosedWhenAnotherIsKept() {
        Idle old = new Idle();
        kept.keep(upstream, old);
        passSeconds(60);
        kept.keep(upstream, new Idle());
        assertThat(old.closed).isTrue();
    }

    /** A connection on which nothing is under way. */
    private static final class Idle extends LoopConnection {
        private boolean closed;

        Idle() {
            super(null, -1, Side.UPSTREAM);
        }

        @Override
        protected void want(boolean wanted) {}

        @Override
        protected void send(Chunk chunk) {}

        @Override
        protected void finish() {}

        @Override
        protected boolean quiet() {
            return true;
        }

        @Override
        protected void close() {
            closed = true;
        }
    }
}
