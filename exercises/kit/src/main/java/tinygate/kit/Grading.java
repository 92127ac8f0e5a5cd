package tinygate.kit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;
import tinygate.kit.Outcome.State;

/**
 * Grades a lesson: each exercise is a JUnit test of its own, so that Maven's reports are right, and
 * in the end there is the {@link Board} for the student and the {@link ScoreFile} for a machine.
 */
public final class Grading {
    private static final int AT_ONCE = 2;
    private static final Path SOURCES = Path.of("src/main/java");
    private static final Path WORK = Path.of("target/exercises");

    private final String title;
    private final List<Task> lesson;
    private final Choice choice = Choice.of(System.getProperties());
    private final Grader grader;
    private final List<Result> results = new ArrayList<>();

    private Grading(String title, List<Task> lesson) {
        this.title = title;
        this.lesson = lesson;
        grader =
                new Grader(
                        Grader.ownClassPath(Path.of("target/classes").toAbsolutePath()),
                        Grader.ownJvmArguments());
    }

    /**
     * The tests of a lesson's exercises, in the order of the chapter.
     *
     * @param title the lesson's
     * @param exercises the classes that carry {@link Exercise}
     */
    public static Stream<DynamicTest> of(String title, List<Class<?>> exercises) {
        return new Grading(title, Task.of(exercises)).tests();
    }

    private Stream<DynamicTest> tests() {
        List<Task> chosen = choice.among(lesson);
        ExecutorService executor = Executors.newFixedThreadPool(AT_ONCE);
        List<DynamicTest> tests = new ArrayList<>();
        for (Task task : chosen) {
            Callable<Outcome> work =
                    () -> grader.grade(task, SOURCES, WORK.resolve(task.id()), null);
            Future<Outcome> graded = executor.submit(work);
            tests.add(
                    DynamicTest.dynamicTest(
                            task.id() + " " + task.title(),
                            () -> report(task, graded, chosen.size())));
        }
        executor.shutdown();
        return tests.stream();
    }

    private void report(Task task, Future<Outcome> graded, int count) throws InterruptedException {
        Outcome outcome;
        try {
            outcome = graded.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("exercise " + task.id() + " was not graded", e);
        }
        results.add(new Result(task, outcome));
        if (results.size() == count) {
            publish();
        }
        Assumptions.assumeFalse(
                outcome.state() == State.NOT_GRADABLE, "not gradable here: " + outcome.reason());
        if (outcome.state() != State.SOLVED) {
            throw new NotSolved(task, outcome);
        }
    }

    private void publish() {
        Board board = new Board(title, lesson, results, SOURCES, choice.hints());
        System.out.println(board);
        try {
            ScoreFile.write(
                    Path.of(System.getProperty("tinygate.score.directory", "target")),
                    System.getProperty("tinygate.score.run", ""),
                    new ScoreFile.Lesson(title, lesson, results));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** An exercise that was graded. */
    record Result(Task task, Outcome outcome) {}

    /** In one line on the console, where the board has said it already; whole in the reports. */
    private static final class NotSolved extends AssertionError {
        private static final long serialVersionUID = 1L;

        private final String whole;

        NotSolved(Task task, Outcome outcome) {
            super(outcome.reason());
            whole =
                    task.id()
                            + " "
                            + task.title()
                            + ": "
                            + outcome.reason()
                            + "\n"
                            + outcome.story();
            setStackTrace(new StackTraceElement[0]);
        }

        @Override
        public String toString() {
            return whole;
        }
    }
}
