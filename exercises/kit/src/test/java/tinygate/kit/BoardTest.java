package tinygate.kit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tinygate.kit.Grading.Result;
import tinygate.kit.Outcome.State;

/** What a student reads after a run, and what a machine does. */
class BoardTest {
    private static final Task FIRST = task("1.1", 10);
    private static final Task SECOND = task("1.2", 20);
    private static final Task THIRD = task("1.3", 30);

    @TempDir Path directory;

    private static Task task(String id, int points) {
        return new Task(
                id,
                "title of " + id,
                points,
                25,
                "workers.html#x",
                List.of("think", "think again"),
                List.of("a.B"),
                10,
                "Tests");
    }

    private static Result result(Task task, State state, String reason, String story) {
        List<String> failed = state == State.SOLVED ? List.of() : List.of("aTest");
        String undone = state == State.NOT_DONE ? "1.1" : null;
        return new Result(
                task, new Outcome(state, reason, 3, failed, List.of(story), undone, 1234));
    }

    private String board(int hints, Result... results) {
        return new Board(
                        "workers",
                        List.of(FIRST, SECOND, THIRD),
                        List.of(results),
                        directory,
                        hints)
                .toString();
    }

    @Test
    void aFreshStartIsRightAsItIs() {
        assertThat(
                        board(
                                1,
                                result(FIRST, State.NOT_DONE, "not done", "story"),
                                result(SECOND, State.NOT_DONE, "not done", "story")))
                .startsWith("0 of 2 solved: this is the correct start\n")
                .contains("to do  <- next")
                .contains("waits for 1.1")
                .contains("not run");
    }

    @Test
    void aFreshStartIsRightWhereNotAllCanBeGraded() {
        assertThat(
                        board(
                                1,
                                result(FIRST, State.NOT_GRADABLE, "no ring", ""),
                                result(SECOND, State.NOT_DONE, "not done", "story")))
                .startsWith("0 of 2 solved: this is the correct start\n");
        assertThat(board(1, result(FIRST, State.NOT_GRADABLE, "no ring", "")))
                .startsWith("0 of 1 solved\n");
    }

    @Test
    void theFirstThatIsNotSolvedIsNextAndToldWithAHint() throws IOException {
        Files.createDirectories(directory.resolve("a"));
        Files.writeString(
                directory.resolve("a/B.java"),
                "class B {\nthrow new NotDoneYet(\"1.2\", \"B\");\n}");

        assertThat(
                        board(
                                1,
                                result(FIRST, State.SOLVED, "", ""),
                                result(SECOND, State.FAILED, "it fails a test", "the story"),
                                result(THIRD, State.FAILED, "it fails a test", "another story")))
                .contains("1 of 3 solved\n")
                .containsPattern("1.1 .* solved +10/10\n")
                .containsPattern("1.2 .* fails  <- next +0/20\n")
                .containsPattern(" 10/60\n")
                .contains("Next: exercise 1.2, title of 1.2 (about 25 minutes)")
                .contains("B.java:2\n")
                .contains("read  ../docs/target/book/workers.html#x\n")
                .contains("3 tests pass, 1 fail; the first of these:\n\nthe story")
                .doesNotContain("another story")
                .contains("hint 1  think\n")
                .doesNotContain("think again")
                .contains("mvn test -Dexercise=1.2 -Dhint=2");
    }

    @Test
    void asManyHintsAreShownAsWereAskedFor() {
        assertThat(board(2, result(FIRST, State.FAILED, "it fails a test", "the story")))
                .contains("hint 1  think\n", "hint 2  think again\n")
                .doesNotContain("-Dhint=");
    }

    @Test
    void whatThisMachineCannotGradeIsNotNextAndSaysWhy() {
        assertThat(
                        board(
                                1,
                                result(FIRST, State.NOT_GRADABLE, "the kernel is too old", ""),
                                result(SECOND, State.SOLVED, "", "")))
                .contains("1 of 2 solved\n")
                .containsPattern("1.1 .* not gradable here +0/10\n")
                .contains("1.1 is not gradable here: the kernel is too old")
                .doesNotContain("Next:");
    }

    @Test
    void theMaximumCountsWhatWasNotRun() throws IOException {
        ScoreFile.write(
                directory,
                "run 1",
                lesson(
                        result(SECOND, State.SOLVED, "", ""),
                        result(FIRST, State.FAILED, "no", "x")));

        JsonNode score = new ObjectMapper().readTree(directory.resolve("score.json").toFile());
        assertThat(score.path("schema").asInt()).isEqualTo(1);
        assertThat(score.path("solved").asInt()).isEqualTo(1);
        assertThat(score.path("exercises").asInt()).isEqualTo(3);
        assertThat(score.path("points").asInt()).isEqualTo(20);
        assertThat(score.path("maximum").asInt()).isEqualTo(60);
        assertThat(score.findValuesAsText("state")).containsExactly("failed", "solved", "not-run");
    }

    @Test
    void aRunCollectsItsLessonsAndForgetsThoseOfEarlierRuns() throws IOException {
        Task other = task("2.1", 5);
        ScoreFile.Lesson two =
                new ScoreFile.Lesson(
                        "epoll", List.of(other), List.of(result(other, State.SOLVED, "", "")));
        ScoreFile.write(directory, "run 1", lesson());
        ScoreFile.write(directory, "run 1", two);
        assertThat(score().path("maximum").asInt()).isEqualTo(65);

        ScoreFile.write(directory, "run 2", two);
        assertThat(score().path("maximum").asInt()).isEqualTo(5);
    }

    @Test
    void gradescopeGetsATestForEachExercise() throws IOException {
        ScoreFile.write(directory, "run 1", lesson(result(FIRST, State.SOLVED, "", "")));

        JsonNode results =
                new ObjectMapper().readTree(directory.resolve("gradescope.json").toFile());
        assertThat(results.path("score").asInt()).isEqualTo(10);
        assertThat(results.path("tests")).hasSize(3);
        assertThat(results.findValuesAsText("status"))
                .containsExactly("passed", "failed", "failed");
    }

    private static ScoreFile.Lesson lesson(Result... results) {
        return new ScoreFile.Lesson("workers", List.of(FIRST, SECOND, THIRD), List.of(results));
    }

    private JsonNode score() throws IOException {
        return new ObjectMapper().readTree(directory.resolve("score.json").toFile());
    }
}
