package tinygate.epoll;

import java.io.IOException;
import java.util.Optional;
import tinygate.Gate;
import tinygate.Settings;
import tinygate.contract.ChildGate;
import tinygate.contract.GateContract;

/** The contract of every gate, kept by {@link EpollGate}. */
class EpollGateContractTest implements GateContract {

    @Override
    public Gate newGate(Settings settings) {
        return new EpollGate(settings);
    }

    @Override
    public Optional<Class<?>> childGate() {
        return Optional.of(Child.class);
    }

    /** The gate in a JVM of its own. */
    static final class Child {
        public static void main(String[] arguments) throws IOException {
            ChildGate.run(EpollGate::new, arguments);
        }
    }
}
