package tinygate.exercises;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import tinygate.epoll.AcceptExercise;
import tinygate.epoll.DrainExercise;
import tinygate.epoll.EventLayoutExercise;
import tinygate.epoll.GateExercise;
import tinygate.kit.Grading;
import tinygate.linux.ConnectExercise;
import tinygate.loop.SlotsExercise;
import tinygate.loop.TimerWheelExercise;
import tinygate.relay.BackPressureExercise;

/** Grades the exercises of lesson 2. */
public class EpollTest {
    /** In the order of the chapter. */
    public static final List<Class<?>> EXERCISES =
            List.of(
                    EventLayoutExercise.class,
                    ConnectExercise.class,
                    AcceptExercise.class,
                    BackPressureExercise.class,
                    DrainExercise.class,
                    SlotsExercise.class,
                    TimerWheelExercise.class,
                    GateExercise.class);

    @TestFactory
    Stream<DynamicTest> exercises() {
        return Grading.of("epoll", EXERCISES);
    }
}
