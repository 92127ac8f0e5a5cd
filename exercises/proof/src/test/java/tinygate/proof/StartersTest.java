package tinygate.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tinygate.kit.Compiler;
import tinygate.kit.Grader;
import tinygate.kit.Task;

/** The files that students begin with are those that the lessons give today, and they compile. */
class StartersTest {
    private static final String CURE =
            "%s is not what its lesson gives: \"mvn test-compile -Pstarters\" at the top writes the starters"
                    + " anew. (A student who has solved exercises here sees this too, and may ignore it.)";

    static List<Lesson> lessons() {
        return Lesson.all();
    }

    @Test
    void everyLessonWithExercisesIsProven() throws IOException {
        assertThat(Starters.lessons(Lesson.ROOT))
                .extracting(path -> path.getFileName().toString())
                .containsExactlyElementsOf(Lesson.all().stream().map(Lesson::directory).toList());
    }

    @ParameterizedTest
    @MethodSource("lessons")
    void startersAreCurrent(Lesson lesson) throws IOException {
        Map<Path, Cutter.Starter> wanted = Starters.cut(Lesson.ROOT.resolve(lesson.directory()));
        for (Path file : Starters.javaFiles(lesson.starters())) {
            Cutter.Starter starter = wanted.remove(lesson.starters().relativize(file));
            assertThat(starter == null ? "" : starter.text())
                    .as(CURE, file)
                    .isEqualTo(Files.readString(file));
        }
        assertThat(wanted.keySet()).as(CURE, "A file that is missing").isEmpty();
    }

    @ParameterizedTest
    @MethodSource("lessons")
    void startersCompile(Lesson lesson, @TempDir Path classes) throws IOException {
        assertThat(
                        Compiler.compile(
                                Starters.javaFiles(lesson.starters()),
                                Grader.ownClassPath(),
                                classes))
                .isEmpty();
    }

    @ParameterizedTest
    @MethodSource("lessons")
    void anExerciseNamesTheClassesThatAreMarkedAsItsOwn(Lesson lesson) throws IOException {
        Map<String, TreeSet<String>> marked = new TreeMap<>();
        Starters.cut(Lesson.ROOT.resolve(lesson.directory()))
                .values()
                .forEach(
                        starter ->
                                marked.computeIfAbsent(starter.exercise(), id -> new TreeSet<>())
                                        .add(starter.className()));
        Map<String, TreeSet<String>> named = new HashMap<>();
        for (Task task : lesson.exercises()) {
            if (lesson.ownClasses(task)) {
                named.put(task.id(), new TreeSet<>(task.code()));
            }
        }
        assertThat(named).isEqualTo(marked);
    }

    @ParameterizedTest
    @MethodSource("lessons")
    void anExerciseHasHintsAndAPlaceInTheBook(Lesson lesson) throws IOException {
        String chapter = Files.readString(lesson.chapter());
        for (Task task : lesson.exercises()) {
            assertThat(task.id()).startsWith(lesson.number() + ".");
            assertThat(task.hints()).as("hints of %s", task.id()).hasSizeGreaterThanOrEqualTo(2);
            String page = "lesson" + lesson.number() + ".html#";
            assertThat(task.chapter()).startsWith(page);
            assertThat(chapter).contains("[#" + task.chapter().substring(page.length()) + "]");
        }
    }
}
