package tinygate.epoll;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tinygate.loop.LoopParts;
import tinygate.loop.UnmadeLoop;
import tinygate.loop.WaitModeration;

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
        EpollGate gate = new EpollGate(LoopParts.settings());
        try (SocketChannel holder = SocketChannel.open()) { // of the port, until the loop listens
            holder.setOption(StandardSocketOptions.SO_REUSEPORT, true);
            holder.bind(new InetSocketAddress("127.0.0.1", 0));
            InetSocketAddress address = (InetSocketAddress) holder.getLocalAddress();
            EventLoop loop = new EventLoop(gate, LoopParts.context(gate), address, moderation);
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
