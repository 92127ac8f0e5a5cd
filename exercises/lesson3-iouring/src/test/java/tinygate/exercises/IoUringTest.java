package tinygate.exercises;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import tinygate.iouring.AcceptExercise;
import tinygate.iouring.BuffersExercise;
import tinygate.iouring.EntryExercise;
import tinygate.iouring.GateExercise;
import tinygate.iouring.MappingExercise;
import tinygate.iouring.OneEnterExercise;
import tinygate.iouring.QueuesExercise;
import tinygate.iouring.SendAndCloseExercise;
import tinygate.iouring.UserDataExercise;
import tinygate.kit.Grading;

/** Grades the exercises of lesson 3. */
public class IoUringTest {
    /** In the order of the chapter. */
    public static final List<Class<?>> EXERCISES =
            List.of(
                    EntryExercise.class,
                    MappingExercise.class,
                    QueuesExercise.class,
                    UserDataExercise.class,
                    AcceptExercise.class,
                    BuffersExercise.class,
                    SendAndCloseExercise.class,
                    OneEnterExercise.class,
                    GateExercise.class);

    @TestFactory
    Stream<DynamicTest> exercises() {
        return Grading.of("io_uring", EXERCISES);
    }
}
