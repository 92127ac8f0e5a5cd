package tinygate.kit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
        List<Future<Result>> all = new ArrayList<>();
        for (Task task : chosen) {
            List<Future<Result>> earlier = List.copyOf(all);
            Future<Result> graded = executor.submit(() -> grade(task, earlier));
            all.add(graded);
            tests.add(
                    DynamicTest.dynamicTest(
                            task.id() + " " + task.title(),
                            () -> report(task, graded, chosen.size())));
        }
        executor.shutdown();
        return tests.stream();
    }

    private Result grade(Task task, List<Future<Result>> earlier) throws Exception {
        List<Result> parts = new ArrayList<>();
        if (task.isWhole(lesson)) {
            for (Future<Result> part : earlier) {
                parts.add(part.get());
            }
        }
        Optional<Outcome> waits = waits(task, parts);
        return new Result(task, waits.isPresent() ? waits.get() : graded(task));
    }

    /** An exercise that the grader itself cannot run costs that one, and the board is shown. */
    private Outcome graded(Task task) throws InterruptedException {
        try {
            return grader.grade(task, SOURCES, WORK.resolve(task.id()), null);
        } catch (IOException | UncheckedIOException e) {
            return Outcome.failed(
                    "the grader could not run it",
                    e
                            + "\nIs another run going on in this directory, or the disk full? Else mvn clean,"
                            + " and once more.");
        }
    }

    /** The whole gate takes minutes, and would only tell again what one of its parts tells. */
    static Optional<Outcome> waits(Task whole, List<Result> parts) {
        return parts.stream()
                .filter(Result::isOpen)
                .findFirst()
                .map(part -> Outcome.waits(whole, part.task()));
    }

    private void report(Task task, Future<Result> graded, int count) throws InterruptedException {
        Result result;
        try {
            result = graded.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("exercise " + task.id() + " was not graded", e);
        }
        results.add(result);
        if (results.size() == count) {
            publish();
        }
        Outcome outcome = result.outcome();
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
    record Result(Task task, Outcome outcome) {
        /** Whether there is something left to do for the student. */
        boolean isOpen() {
            return outcome.state() != State.SOLVED && outcome.state() != State.NOT_GRADABLE;
        }
    }

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
