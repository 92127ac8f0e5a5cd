package tinygate.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What -Dexercise and -Dhint may say. */
class ChoiceTest {
    private static final List<Task> LESSON = List.of(task("1.1"), task("1.2"));

    private static Task task(String id) {
        return new Task(id, "", 1, 1, "", List.of(), List.of(), 1, "");
    }

    private static Choice choice(String name, String value) {
        Properties properties = new Properties();
        properties.setProperty(name, value);
        return Choice.of(properties);
    }

    @Test
    void withoutAWordAllExercisesAreGradedAndOneHintIsShown() {
        Choice choice = Choice.of(new Properties());

        assertThat(choice.among(LESSON)).isEqualTo(LESSON);
        assertThat(choice.hints()).isEqualTo(1);
    }

    @Test
    void oneExerciseCanBeChosen() {
        assertThat(choice("exercise", "1.2").among(LESSON)).containsExactly(LESSON.get(1));
    }

    @Test
    void anExerciseOfAnotherLessonIsNotOfThisOne() {
        assertThat(choice("exercise", "2.1").among(LESSON)).isEmpty();
    }

    @Test
    void anExerciseThatDoesNotExistIsNamedWithThoseThatDo() {
        assertThatThrownBy(() -> choice("exercise", "1.3").among(LESSON))
                .hasMessageContaining("-Dexercise=1.3")
                .hasMessageContaining("[1.1, 1.2]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "x", "10", ""})
    void hintsAreCountedFromOneToNine(String hints) {
        assertThatThrownBy(() -> choice("hint", hints)).hasMessageContaining("-Dhint=" + hints);
    }
}
