package tinygate.exercises;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import tinygate.kit.Grading;
import tinygate.sqpoll.BuffersExercise;
import tinygate.sqpoll.BusyWaitExercise;
import tinygate.sqpoll.FilesExercise;
import tinygate.sqpoll.FullQueueExercise;
import tinygate.sqpoll.GateExercise;
import tinygate.sqpoll.NearZeroExercise;
import tinygate.sqpoll.SetUpExercise;
import tinygate.sqpoll.WakeUpExercise;

/** Grades the exercises of lesson 4. */
public class SqPollTest {
    /** In the order of the chapter. */
    public static final List<Class<?>> EXERCISES =
            List.of(
                    SetUpExercise.class,
                    WakeUpExercise.class,
                    FullQueueExercise.class,
                    FilesExercise.class,
                    BuffersExercise.class,
                    BusyWaitExercise.class,
                    NearZeroExercise.class,
                    GateExercise.class);

    @TestFactory
    Stream<DynamicTest> exercises() {
        return Grading.of("SQPOLL", EXERCISES);
    }
}
