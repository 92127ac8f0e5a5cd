package tinygate.sqpoll;

import tinygate.Gate;
import tinygate.PollerSettings;
import tinygate.Settings;
import tinygate.contract.GateContract;
import tinygate.iouring.NeedsIoUring;

/**
 * The contract again, with a poller that hardly ever is awake, queues that are full all the time,
 * and registered files, but places for three: the poller falls asleep at once, the loops do not
 * look for results before they sleep, and most sockets get no place.
 */
@NeedsIoUring
class SmallSqPollGateContractTest implements GateContract {

    @Override
    public Gate newGate(Settings settings) {
        PollerSettings sleepy = new PollerSettings(-1, 1, 0, true);
        return new SqPollGate(settings, new SqPollMode(sleepy, 2, 2, 1, 3));
    }
}
