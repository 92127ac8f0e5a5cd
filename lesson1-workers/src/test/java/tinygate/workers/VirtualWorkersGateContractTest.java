package tinygate.workers;

import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import tinygate.Gate;
import tinygate.Settings;
import tinygate.WorkerSettings;
import tinygate.contract.GateContract;

/** The contract of every gate, kept by {@link WorkersGate} on virtual threads. */
@EnabledForJreRange(min = JRE.JAVA_21)
class VirtualWorkersGateContractTest implements GateContract {

    @Override
    public Gate newGate(Settings settings) {
        return new WorkersGate(
                settings.withWorkers(new WorkerSettings(settings.workers().count(), true)));
    }

    @Override
    public boolean fullDuplex() {
        return false;
    }
}
