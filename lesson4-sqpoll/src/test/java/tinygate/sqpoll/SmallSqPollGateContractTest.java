package tinygate.sqpoll;

import tinygate.Gate;
import tinygate.PollerSettings;
import tinygate.Settings;
import tinygate.contract.GateContract;
import tinygate.iouring.NeedsIoUring;

/**
 * The contract again, with a poller that hardly ever is awake and queues that are full all the
 * time: it falls asleep at once, and the loops do not look for results before they sleep.
 */
@NeedsIoUring
class SmallSqPollGateContractTest implements GateContract {

    @Override
    public Gate newGate(Settings settings) {
        PollerSettings sleepy = new PollerSettings(-1, 1, false);
        return new SqPollGate(settings, new SqPollMode(sleepy, 2, 2, 1));
    }
}
