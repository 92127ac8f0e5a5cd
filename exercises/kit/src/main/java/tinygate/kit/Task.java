package tinygate.kit;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * One exercise as the grader knows it: what its annotation says, and which class tests it.
 *
 * @param tests the test class
 * @param code the full names of the classes that are the student's
 */
public record Task(
        String id,
        String title,
        int points,
        int minutes,
        String chapter,
        List<String> hints,
        List<String> code,
        int seconds,
        String tests) {

    /** The exercises of a lesson, from their test classes, in the order of the chapter. */
    public static List<Task> of(List<Class<?>> exercises) {
        List<String> all =
                exercises.stream()
                        .flatMap(tests -> Arrays.stream(annotation(tests).code()))
                        .toList();
        return exercises.stream().map(tests -> of(tests, all)).toList();
    }

    private static Task of(Class<?> tests, List<String> all) {
        Exercise exercise = annotation(tests);
        List<String> own = List.of(exercise.code());
        return new Task(
                exercise.id(),
                exercise.title(),
                exercise.points(),
                exercise.minutes(),
                exercise.chapter(),
                List.of(exercise.hints()),
                own.isEmpty() ? all : own,
                exercise.seconds(),
                tests.getName());
    }

    static Exercise annotation(Class<?> tests) {
        Exercise exercise = tests.getAnnotation(Exercise.class);
        if (exercise == null) {
            throw new IllegalArgumentException(tests + " has no @Exercise");
        }
        return exercise;
    }

    /** Where the source of one of the classes lies, below a source root. */
    public static Path file(String className) {
        return Path.of(className.replace('.', '/') + ".java");
    }

    /** Whether it is about the classes of other exercises of its lesson too: "your gate". */
    public boolean isWhole(List<Task> lesson) {
        return lesson.stream()
                .anyMatch(other -> !other.id.equals(id) && code.containsAll(other.code));
    }

    /** The number of the lesson. */
    public int lesson() {
        return Integer.parseInt(id.substring(0, id.indexOf('.')));
    }
}
