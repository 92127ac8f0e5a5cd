package tinygate.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tinygate.kit.Grader;
import tinygate.kit.Outcome;
import tinygate.kit.Outcome.State;
import tinygate.kit.Task;

/**
 * The exercises grade fairly: each starter fails because it is one, each right solution passes, and
 * each mistake of the gallery is caught by the test that is there for it, in words that help.
 */
@Tag("slow")
class ProofTest {
    /** The ids of the only exercises to prove, with a comma between; empty for all. */
    private static final String ONLY = System.getProperty("exercise", "");

    private static final int AT_ONCE = 2;
    private static final int MISTAKES = 3;
    private static final Path WORK = Path.of("target/proof");

    private final Grader grader = new Grader(Grader.ownClassPath(), Grader.ownJvmArguments());
    private final ExecutorService executor = Executors.newFixedThreadPool(AT_ONCE);
    private final List<DynamicTest> tests = new ArrayList<>();

    @BeforeAll
    static void someExerciseIsProven() {
        assertThat(Lesson.all())
                .as("-Dexercise=%s", ONLY)
                .anyMatch(lesson -> !chosen(lesson).isEmpty());
    }

    static List<Lesson> lessons() {
        return Lesson.all();
    }

    @ParameterizedTest
    @MethodSource("lessons")
    void everyExerciseHasMistakes(Lesson lesson) {
        for (Task task : lesson.exercises()) {
            assertThat(lesson.mistakes())
                    .filteredOn(mistake -> mistake.exercise().equals(task.id()))
                    .as("mistakes for %s", task.id())
                    .hasSizeGreaterThanOrEqualTo(MISTAKES);
        }
    }

    @TestFactory
    Stream<DynamicTest> eachStarterFailsBecauseItIsOne() {
        for (Lesson lesson : Lesson.all()) {
            for (Task task : chosen(lesson)) {
                String name = task.id() + " " + task.title();
                Path work = WORK.resolve(task.id()).resolve("starter");
                add(
                        name,
                        () -> grader.grade(task, lesson.starters(), work, null),
                        outcome -> expectNotDone(lesson, task, outcome));
            }
        }
        return all();
    }

    /** The whole gate meets whichever hole comes first. */
    private static void expectNotDone(Lesson lesson, Task task, Outcome outcome) {
        assertThat(outcome.state()).as("%s", outcome).isEqualTo(State.NOT_DONE);
        if (lesson.ownClasses(task)) {
            assertThat(outcome.undone()).as("%s", outcome).isEqualTo(task.id());
            assertThat(outcome.story()).contains("your code: ");
        }
    }

    @TestFactory
    Stream<DynamicTest> eachRightSolutionPasses() {
        for (Lesson lesson : Lesson.all()) {
            for (Task task : chosen(lesson)) {
                Path work = WORK.resolve(task.id()).resolve("reference");
                add(
                        task.id() + " " + task.title(),
                        () -> grader.grade(task, lesson.reference(), work, null),
                        outcome ->
                                assertThat(outcome.state())
                                        .as("%s", outcome)
                                        .isEqualTo(State.SOLVED));
            }
        }
        return all();
    }

    @TestFactory
    Stream<DynamicTest> eachMistakeIsCaught() {
        for (Lesson lesson : Lesson.all()) {
            int number = 0;
            for (Mistake mistake : lesson.mistakes()) {
                Path place = WORK.resolve(mistake.exercise()).resolve("mistake" + ++number);
                if (chosen(mistake.exercise())) {
                    add(
                            mistake.toString(),
                            () -> make(mistake, lesson, place),
                            outcome -> expectCaught(mistake, outcome));
                }
            }
        }
        return all();
    }

    private Outcome make(Mistake mistake, Lesson lesson, Path place) throws Exception {
        Task task = lesson.exercise(mistake.exercise());
        Path sources = place.resolve("java");
        mistake.write(task, lesson.reference(), sources);
        String only = lesson.ownClasses(task) ? null : mistake.caughtBy();
        return grader.grade(task, sources, place.resolve("run"), only);
    }

    private static void expectCaught(Mistake mistake, Outcome outcome) {
        assertThat(outcome.state()).as("%s: %s", mistake, outcome).isEqualTo(State.FAILED);
        assertThat(outcome.failed())
                .as("%s: %s", mistake, outcome)
                .anyMatch(test -> (test + " ").startsWith(mistake.caughtBy() + " "));
        assertThat(outcome.stories())
                .as("the story of %s", mistake.caughtBy())
                .anySatisfy(
                        story -> {
                            assertThat(story).contains("test " + mistake.caughtBy());
                            assertThat(story).contains(mistake.says());
                        });
    }

    private static List<Task> chosen(Lesson lesson) {
        return lesson.exercises().stream().filter(task -> chosen(task.id())).toList();
    }

    private static boolean chosen(String exercise) {
        return ONLY.isEmpty() || List.of(ONLY.split(",")).contains(exercise);
    }

    private void add(String name, Callable<Outcome> grade, Consumer<Outcome> check) {
        Future<Outcome> outcome = executor.submit(grade);
        tests.add(DynamicTest.dynamicTest(name, () -> check.accept(outcome.get())));
    }

    private Stream<DynamicTest> all() {
        executor.shutdown();
        return tests.stream();
    }
}
