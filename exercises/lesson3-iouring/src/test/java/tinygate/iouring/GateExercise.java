package tinygate.iouring;

import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import tinygate.Gate;
import tinygate.Settings;
import tinygate.contract.GateContract;
import tinygate.kit.Exercise;

/** Exercise 3.9: all of your classes in the real proxy, judged by the contract of every gate. */
@Exercise(
        id = "3.9",
        title = "Your gate",
        points = 20,
        minutes = 20,
        chapter = "lesson3.html#ex-3-9",
        seconds = 70,
        hints = {
            """
            Each of your classes works by itself. The contract tries them together, over real sockets; a failure tells
            all bytes that went to and fro, in the order in which they were sent.""",
            """
            The name of the test that fails is the rule that is broken; its source is in
            lesson1-workers/src/test/java/tinygate/contract, and the table of rules in package-info.java there."""
        })
public class GateExercise implements GateContract {

    @BeforeAll
    static void aRingCanBeMade() {
        NeededHere.ioUring();
    }

    @Override
    public Gate newGate(Settings settings) {
        return new IoUringGate(settings);
    }

    @Override
    public Optional<Class<?>> childGate() {
        return Optional.of(IoUringGateContractTest.Child.class);
    }
}
