package tinygate.kit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import tinygate.kit.Outcome.State;
import tinygate.kit.trial.SumExercise;

/** Grades what a student might have written for {@link SumExercise}. */
final class Trial {
    static final Task TASK = Task.of(List.of(SumExercise.class)).get(0);

    /** The body of a right solution. */
    static final String RIGHT = "return java.util.Arrays.stream(numbers).sum();";

    private final Path directory;

    Trial(Path directory) {
        this.directory = directory;
    }

    /** Grades a body of the method; its first line is line 4 of the file. */
    Outcome grade(String body, String... jvm) throws IOException, InterruptedException {
        return gradeFile(
                """
                package tinygate.kit.trial;
                public final class Sum {
                    public int of(int... numbers) {
                        %s
                    }
                }
                """
                        .formatted(body),
                jvm);
    }

    Outcome gradeFile(String text, String... jvm) throws IOException, InterruptedException {
        Path file = directory.resolve("java").resolve(Task.file(TASK.code().get(0)));
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        return gradeDirectory(jvm);
    }

    Outcome gradeDirectory(String... jvm) throws IOException, InterruptedException {
        Outcome outcome =
                new Grader(Grader.ownClassPath(), List.of(jvm))
                        .grade(TASK, directory.resolve("java"), directory.resolve("work"), null);
        assertThat(ProcessHandle.current().children()).as("processes left behind").isEmpty();
        return outcome;
    }

    static void expectFailure(Outcome outcome, String reason, String... story) {
        assertThat(outcome.state()).as("%s", outcome).isEqualTo(State.FAILED);
        assertThat(outcome.reason()).contains(reason);
        assertThat(outcome.story()).contains(story);
    }
}
