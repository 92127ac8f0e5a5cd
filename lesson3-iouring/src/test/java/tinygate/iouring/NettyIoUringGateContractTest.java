package tinygate.iouring;

import java.io.IOException;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.extension.ExtendWith;
import tinygate.Gate;
import tinygate.Settings;
import tinygate.contract.ChildGate;
import tinygate.contract.GateContract;
import tinygate.netty.NettyGate;
import tinygate.netty.NoBufferIsLost;

/** The contract of every gate, kept by {@link NettyGate} on Netty's io_uring. */
@NeedsIoUring
@ExtendWith(NoBufferIsLost.class)
class NettyIoUringGateContractTest implements GateContract {

    @Override
    public Gate newGate(Settings settings) {
        return NettyIoUring.gate(settings);
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

    @AfterAll
    static void noLoopIsStuck() {
        NettyLoops.expectEnd();
    }

    /** The gate in a JVM of its own. */
    static final class Child {
        public static void main(String[] arguments) throws IOException {
            ChildGate.run(NettyIoUring::gate, arguments);
        }
    }
}
