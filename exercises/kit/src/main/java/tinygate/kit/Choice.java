package tinygate.kit;

import java.util.List;
import java.util.Properties;

/**
 * What the student asked for on Maven's command line: {@code -Dexercise=1.5} and {@code -Dhint=2}.
 *
 * @param exercise the id of the only exercise to grade, or null for all
 * @param hints how many hints to show
 */
record Choice(String exercise, int hints) {

    static Choice of(Properties properties) {
        String hint = properties.getProperty("hint", "1");
        if (!hint.matches("[1-9]")) {
            throw new IllegalArgumentException(
                    "-Dhint=" + hint + ": write a number from 1 to 9, the number of hints to show");
        }
        return new Choice(properties.getProperty("exercise"), Integer.parseInt(hint));
    }

    /**
     * The exercises of a lesson that are to be graded.
     *
     * @throws IllegalArgumentException if one is asked for that should be among them and is not
     */
    List<Task> among(List<Task> lesson) {
        if (exercise == null) {
            return lesson;
        }
        List<Task> chosen = lesson.stream().filter(task -> task.id().equals(exercise)).toList();
        if (chosen.isEmpty() && exercise.startsWith(lesson.get(0).lesson() + ".")) {
            throw new IllegalArgumentException(
                    "-Dexercise="
                            + exercise
                            + ": there is none with this number, only "
                            + lesson.stream().map(Task::id).toList());
        }
        return chosen;
    }
}
