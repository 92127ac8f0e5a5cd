package tinygate.epoll;

import java.net.InetSocketAddress;
import tinygate.Settings;
import tinygate.linux.LinuxException;
import tinygate.loop.Loop;
import tinygate.loop.LoopGate;
import tinygate.relay.RelayContext;

/** Lesson 2's gate: loops that wait for all of their connections at once, with epoll. */
public final class EpollGate extends LoopGate {

    /**
     * @throws IllegalArgumentException if the routes cannot be used
     * @throws UnsupportedOperationException if this machine is not one for the course's system
     *     calls
     */
    public EpollGate(Settings settings) {
        super(settings);
    }

    @Override
    protected Loop<?> newLoop(RelayContext context, InetSocketAddress address)
            throws LinuxException {
        return new EventLoop(this, context, address);
    }
}
