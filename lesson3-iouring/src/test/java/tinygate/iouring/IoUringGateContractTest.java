package tinygate.iouring;

import java.io.IOException;
import java.util.Optional;
import tinygate.Gate;
import tinygate.Settings;
import tinygate.contract.ChildGate;
import tinygate.contract.GateContract;

/** The contract of every gate, kept by {@link IoUringGate}. */
@NeedsIoUring
class IoUringGateContractTest implements GateContract {

    @Override
    public Gate newGate(Settings settings) {
        return new IoUringGate(settings);
    }

    @Override
    public Optional<Class<?>> childGate() {
        return Optional.of(Child.class);
    }

    /** The gate in a JVM of its own. */
    static final class Child {
        public static void main(String[] arguments) throws IOException {
            ChildGate.run(IoUringGate::new, arguments);
        }
    }
}
