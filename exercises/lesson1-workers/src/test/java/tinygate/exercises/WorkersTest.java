package tinygate.exercises;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import tinygate.http.ChunkedExercise;
import tinygate.http.FramingExercise;
import tinygate.http.RequestHeadExercise;
import tinygate.kit.Grading;
import tinygate.proxy.ForwardingExercise;
import tinygate.upstream.RoundRobinExercise;
import tinygate.workers.CrewExercise;
import tinygate.workers.GateExercise;
import tinygate.workers.WorkerExercise;

/** Grades the exercises of lesson 1. */
public class WorkersTest {
    /** In the order of the chapter. */
    public static final List<Class<?>> EXERCISES =
            List.of(
                    RequestHeadExercise.class,
                    FramingExercise.class,
                    ChunkedExercise.class,
                    ForwardingExercise.class,
                    RoundRobinExercise.class,
                    WorkerExercise.class,
                    CrewExercise.class,
                    GateExercise.class);

    @TestFactory
    Stream<DynamicTest> exercises() {
        return Grading.of("workers", EXERCISES);
    }
}
