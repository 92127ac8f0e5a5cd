package tinygate.kit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import tinygate.kit.Grading.Result;
import tinygate.kit.Outcome.State;

/** When the whole gate is worth a run. */
class GradingTest {
    private static final Task A = task("9.1", "a.A");
    private static final Task B = task("9.2", "a.B");
    private static final Task GATE = task("9.3", "a.A", "a.B");

    private static Task task(String id, String... code) {
        return new Task(id, "", 1, 1, "", List.of(), List.of(code), 1, "Tests");
    }

    private static Result result(Task task, State state) {
        return new Result(task, new Outcome(state, "", 0, List.of(), List.of(), null, 0));
    }

    @Test
    void theGateIsAboutTheClassesOfAllOthers() {
        List<Task> lesson = List.of(A, B, GATE);

        assertThat(lesson).filteredOn(task -> task.isWhole(lesson)).containsExactly(GATE);
    }

    @Test
    void theGateWaitsForTheFirstPartThatFails() {
        Outcome outcome =
                Grading.waits(GATE, List.of(result(A, State.SOLVED), result(B, State.FAILED)))
                        .orElseThrow();

        assertThat(outcome.state()).isEqualTo(State.NOT_DONE);
        assertThat(outcome.undone()).isEqualTo("9.2");
        assertThat(outcome.reason()).contains("exercise 9.2", "-Dexercise=9.3");
    }

    @Test
    void theGateDoesNotWaitForWhatThisMachineCannotGrade() {
        assertThat(
                        Grading.waits(
                                GATE,
                                List.of(result(A, State.SOLVED), result(B, State.NOT_GRADABLE))))
                .isEmpty();
    }
}
