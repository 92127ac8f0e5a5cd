package tinygate.sqpoll;

import java.io.IOException;
import java.util.Optional;
import tinygate.Gate;
import tinygate.Settings;
import tinygate.contract.ChildGate;
import tinygate.contract.GateContract;
import tinygate.iouring.NeedsIoUring;

/** The contract of every gate, kept by {@link SqPollGate}. */
@NeedsIoUring
class SqPollGateContractTest implements GateContract {

    @Override
    public Gate newGate(Settings settings) {
        return new SqPollGate(settings);
    }

    @Override
    public Optional<Class<?>> childGate() {
        return Optional.of(Child.class);
    }

    /** The gate in a JVM of its own. */
    static final class Child {
        public static void main(String[] arguments) throws IOException {
            ChildGate.run(SqPollGate::new, arguments);
        }
    }
}
