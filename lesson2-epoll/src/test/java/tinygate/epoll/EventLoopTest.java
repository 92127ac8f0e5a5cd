package tinygate.epoll;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tinygate.HostPort;
import tinygate.Settings;
import tinygate.loop.UnmadeLoop;
import tinygate.loop.WaitModeration;
import tinygate.proxy.Rules;
import tinygate.relay.RelayContext;
import tinygate.upstream.Routes;

@Timeout(60)
class EventLoopTest {

    @Test
    void aLoopThatCannotBeMadeGivesBackWhatItHadGot() throws IOException {
        UnmadeLoop.expectNothingLeft(EpollGate::new);
    }

    @Test
    void aLoopPausesBeforeItsWaitIfThatPays() throws IOException {
        assertThat(callsOfATurn(moderation(false), null)).as("a wait").isEqualTo(1);
        assertThat(callsOfATurn(moderation(true), null)).as("a pause, a wait").isEqualTo(2);
    }

    @Test
    void aLoopThatHasATaskDoesNotPause() throws IOException {
        boolean[] done = {false};
        assertThat(callsOfATurn(moderation(true), () -> done[0] = true)).as("a look").isEqualTo(1);
        assertThat(done[0]).as("whether the task was run").isTrue();
    }

    private static WaitModeration moderation(boolean pays) {
        return new WaitModeration(System.nanoTime()) {
            @Override
            public boolean pausePays(int requestsUnderWay) {
                return pays;
            }
        };
    }

    /**
     * The system calls of one turn, which a wake-up brings to its end.
     *
     * @param task what is left for the turn to do; may be null
     */
    private static long callsOfATurn(WaitModeration moderation, Runnable task) throws IOException {
        Settings.UpstreamServer upstream =
                new Settings.UpstreamServer(new HostPort("127.0.0.1", 9), 1);
        Settings settings =
                Settings.loopback(List.of(new Settings.Route(null, null, List.of(upstream))));
        EpollGate gate = new EpollGate(settings);
        Routes routes = new Routes(settings.routes(), settings.health(), System::nanoTime);
        Rules rules = Rules.of(settings, "gate.test", true);
        RelayContext context = new RelayContext(settings, rules, routes, gate.stats(), 0);
        try (SocketChannel holder = SocketChannel.open()) { // of the port, until the loop listens
            holder.setOption(StandardSocketOptions.SO_REUSEPORT, true);
            holder.bind(new InetSocketAddress("127.0.0.1", 0));
            InetSocketAddress address = (InetSocketAddress) holder.getLocalAddress();
            EventLoop loop = new EventLoop(gate, context, address, moderation);
            try {
                if (task != null) {
                    loop.later(task);
                }
                loop.wakeUp();
                long before = loop.linux.calls();
                loop.turn();
                return loop.linux.calls() - before;
            } finally {
                loop.closeAll();
            }
        }
    }
}
