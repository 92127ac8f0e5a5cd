package tinygate.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static tinygate.kit.Trial.expectFailure;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tinygate.kit.Outcome.State;

/** A student is told what came of an exercise, and why. */
@Timeout(120)
class GraderTest {
    @TempDir Path directory;

    private Trial trial() {
        return new Trial(directory);
    }

    @Test
    void aRightSolutionIsSolved() throws Exception {
        Outcome outcome = trial().grade(Trial.RIGHT);

        assertThat(outcome.state()).as("%s", outcome).isEqualTo(State.SOLVED);
        assertThat(outcome.passed()).isEqualTo(3);
        assertThat(outcome.points(Trial.TASK)).isEqualTo(5);
    }

    @Test
    void aWrongSolutionIsToldWhatWasDoneAndExpectedAndGot() throws Exception {
        Outcome outcome = trial().grade("return numbers.length;");

        expectFailure(
                outcome,
                "it fails a test",
                "test threeNumbersAreAdded",
                String.join(
                        "\n",
                        "     1. add 1, 2, 3",
                        "       failed: the sum",
                        "       expected  6",
                        "       got       3",
                        "                 ^"));
        assertThat(outcome.passed()).isEqualTo(1);
        assertThat(outcome.failed())
                .containsExactly("threeNumbersAreAdded", "aThreadOfItsOwnAddsToo");
        assertThat(outcome.points(Trial.TASK)).isZero();
    }

    @Test
    void anExceptionIsToldWithItsPlaceInTheStudentsCode() throws Exception {
        expectFailure(
                trial().grade("return numbers[0];"),
                "it fails a test",
                "java.lang.ArrayIndexOutOfBoundsException: Index 0",
                "your code: Sum.java:4");
    }

    @Test
    void aStarterIsNotDone() throws Exception {
        Outcome outcome = trial().grade("throw new tinygate.kit.NotDoneYet(\"9.1\", \"Sum.of\");");

        assertThat(outcome.state()).as("%s", outcome).isEqualTo(State.NOT_DONE);
        assertThat(outcome.undone()).isEqualTo("9.1");
        assertThat(outcome.story()).contains("1. add nothing", "your code: Sum.java:4");
    }

    @Test
    void aStarterIsNotDoneEvenIfTheExceptionIsSwallowed() throws Exception {
        Outcome outcome =
                trial().grade(
                                """
                        try {
                            throw new tinygate.kit.NotDoneYet("9.1", "Sum.of");
                        } catch (RuntimeException e) {
                            return java.util.Arrays.stream(numbers).sum();
                        }
                        """);

        assertThat(outcome.state()).as("%s", outcome).isEqualTo(State.NOT_DONE);
        assertThat(outcome.passed()).isZero();
    }

    @Test
    void aTestDoesNotWaitForWhatIsNotDone() throws Exception {
        Outcome outcome =
                trial().grade(
                                "if (numbers.length == 2) {"
                                        + " throw new tinygate.kit.NotDoneYet(\"9.1\", \"Sum.of\"); }"
                                        + Trial.RIGHT);

        assertThat(outcome.state()).as("%s", outcome).isEqualTo(State.NOT_DONE);
        assertThat(outcome.passed()).isEqualTo(2);
        assertThat(outcome.story()).contains("add 4 and 5 in another thread", "Sum.java:4");
    }

    @Test
    void whatItPrintsIsToldWithAFailure() throws Exception {
        expectFailure(
                trial().grade("System.out.println(\"I am at \" + numbers.length); return 7;"),
                "it fails a test",
                "it printed:\n       I am at 0");
    }

    @Test
    void whatAnotherTestPrintsIsNotTold() throws Exception {
        Outcome outcome =
                trial().grade(
                                "if (numbers.length == 0) { System.out.println(\"nothing\"); return 0; }"
                                        + " System.out.println(\"\\tsome\"); return 7;");

        expectFailure(outcome, "it fails a test", "it printed:\n           some");
        assertThat(outcome.story()).doesNotContain("       nothing");
    }

    @Test
    void whatDoesNotCompileIsToldWithItsLine() throws Exception {
        expectFailure(
                trial().grade("return 0"),
                "it does not compile",
                "Sum.java:4: error: ';' expected");
    }

    @Test
    void aFileThatIsMissingIsNotReplacedByOurs() throws Exception {
        expectFailure(trial().gradeDirectory(), "Sum.java is missing", "git checkout");
    }

    @Test
    void aClassThatIsMissingIsNotReplacedByOurs() throws Exception {
        expectFailure(
                trial().gradeFile("package tinygate.kit.trial; class Other {}"),
                "the tests broke off",
                "the class under test, tinygate.kit.trial.Sum, is not yours");
    }

    @Test
    void anExerciseThatThisMachineCannotRunIsNotGradable() throws Exception {
        Outcome outcome = trial().grade(Trial.RIGHT, "-Dtrial.cannotAdd=true");

        assertThat(outcome.state()).as("%s", outcome).isEqualTo(State.NOT_GRADABLE);
        assertThat(outcome.reason()).contains("this machine cannot add");
    }
}
