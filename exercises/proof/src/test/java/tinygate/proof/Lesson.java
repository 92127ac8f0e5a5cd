package tinygate.proof;

import java.nio.file.Path;
import java.util.List;
import tinygate.exercises.EpollTest;
import tinygate.exercises.IoUringTest;
import tinygate.exercises.SqPollTest;
import tinygate.exercises.WorkersTest;
import tinygate.kit.Task;

/**
 * What the proof must know of a lesson.
 *
 * @param directory its name, at the top and below {@code exercises}
 * @param exercises in the order of the chapter
 * @param mistakes its part of the gallery
 */
record Lesson(String directory, List<Task> exercises, List<Mistake> mistakes) {
    static final Path ROOT = Path.of("../..").toAbsolutePath().normalize();
    private static final Path SOURCES = Path.of("src/main/java");

    /** A new lesson's exercises are proven when it stands here. */
    static List<Lesson> all() {
        return List.of(
                new Lesson(
                        "lesson1-workers", Task.of(WorkersTest.EXERCISES), WorkersMistakes.all()),
                new Lesson("lesson2-epoll", Task.of(EpollTest.EXERCISES), EpollMistakes.all()),
                new Lesson(
                        "lesson3-iouring", Task.of(IoUringTest.EXERCISES), IoUringMistakes.all()),
                new Lesson("lesson4-sqpoll", Task.of(SqPollTest.EXERCISES), SqPollMistakes.all()));
    }

    /** The lesson's own source: the right solutions. */
    Path reference() {
        return ROOT.resolve(directory).resolve(SOURCES);
    }

    /** What a student begins with. */
    Path starters() {
        return Starters.target(ROOT, ROOT.resolve(directory));
    }

    /** Its part of the book. */
    Path chapter() {
        return ROOT.resolve(directory).resolve("src/docs/asciidoc/chapter.adoc");
    }

    int number() {
        return exercises.get(0).lesson();
    }

    Task exercise(String id) {
        return exercises.stream()
                .filter(task -> task.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no exercise " + id));
    }

    /** Whether an exercise has classes of its own; else it is about all of them. */
    boolean ownClasses(Task task) {
        return !task.isWhole(exercises);
    }

    @Override
    public String toString() {
        return directory;
    }
}
