package tinygate.exercises;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import tinygate.http.RequestHeadExercise;
import tinygate.kit.Grading;
import tinygate.upstream.RoundRobinExercise;

/** Grades the exercises of lesson 1. */
public class WorkersTest {
    /** In the order of the chapter. */
    public static final List<Class<?>> EXERCISES =
            List.of(RequestHeadExercise.class, RoundRobinExercise.class);

    @TestFactory
    Stream<DynamicTest> exercises() {
        return Grading.of("workers", EXERCISES);
    }
}
