package tinygate.sqpoll;

import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import tinygate.Gate;
import tinygate.PollerSettings;
import tinygate.Settings;
import tinygate.contract.GateContract;
import tinygate.iouring.KernelRelease;
import tinygate.kit.Exercise;

/** Exercise 4.8: all of your classes in the real proxy, judged by the contract of every gate. */
@Exercise(
        id = "4.8",
        title = "Your gate",
        points = 20,
        minutes = 20,
        chapter = "lesson4.html#ex-4-8",
        seconds = 70,
        hints = {
            """
            Each of your classes works by itself. The contract tries them together, over real sockets, with small queues
            and a poller that sleeps whenever it can; a failure tells all bytes that went to and fro, in the order in
            which they were sent.""",
            """
            The name of the test that fails is the rule that is broken; its source is in
            lesson1-workers/src/test/java/tinygate/contract, and the table of rules in package-info.java there. An answer
            that never comes is an entry that nobody took, or a completion that nobody fetched."""
        })
public class GateExercise implements GateContract {

    @BeforeAll
    static void aPollerCanBeHad() {
        NeededHere.poller();
    }

    /** Queues that fill up, a poller that falls asleep, and registered files where they work. */
    @Override
    public Gate newGate(Settings settings) {
        boolean files = KernelRelease.running().atLeast(6, 13);
        PollerSettings sleepy = new PollerSettings(-1, 1, 20, files);
        return new SqPollGate(settings.withPoller(sleepy), new SqPollMode(sleepy, 8, 8, 8, 16));
    }

    @Override
    public Optional<Class<?>> childGate() {
        return Optional.of(SqPollGateContractTest.Child.class);
    }
}
