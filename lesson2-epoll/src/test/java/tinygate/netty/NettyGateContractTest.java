package tinygate.netty;

import java.io.IOException;
import java.util.Optional;
import org.junit.jupiter.api.extension.ExtendWith;
import tinygate.Gate;
import tinygate.Settings;
import tinygate.contract.ChildGate;
import tinygate.contract.GateContract;

/** The contract of every gate, kept by {@link NettyGate} on Netty's epoll. */
@ExtendWith(NoBufferIsLost.class)
class NettyGateContractTest implements GateContract {

    @Override
    public Gate newGate(Settings settings) {
        return new NettyGate(settings, Transport.EPOLL);
    }

    @Override
    public Optional<Class<?>> childGate() {
        return Optional.of(Child.class);
    }

    /** A channel and its pipeline are some objects more. */
    @Override
    public int idleClientBytes() {
        return 8 * 1024;
    }

    /** The gate in a JVM of its own. */
    static final class Child {
        public static void main(String[] arguments) throws IOException {
            ChildGate.run(NettyGate::new, arguments);
        }
    }
}
