package tinygate.contract;

import java.util.Optional;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import tinygate.Gate;
import tinygate.Settings;

/**
 * What the contract must be told about the gate it tests: how to make one, and what the lesson it
 * belongs to cannot do yet.
 */
@Timeout(60)
@ExtendWith(BenchExtension.class)
public interface TestedGate {

    /** Makes a gate that is not started yet. */
    Gate newGate(Settings settings);

    /**
     * Whether both directions of an exchange flow at the same time (rules H11 to H13, from lesson 2
     * on). A gate that cannot do so is tested for behaving safely.
     */
    default boolean fullDuplex() {
        return true;
    }

    /** Whether a connection waits for one of a fixed number of workers (lesson 1). */
    default boolean queuesForWorkers() {
        return false;
    }

    /** How much memory of the process an idle client may cost, native and heap. */
    default int idleClientBytes() {
        return 4 * 1024;
    }

    /**
     * The class whose main method hands its arguments and this gate's constructor to {@link
     * ChildGate#run}; needed where a gate is tested in a JVM of its own.
     */
    default Optional<Class<?>> childGate() {
        return Optional.empty();
    }
}
