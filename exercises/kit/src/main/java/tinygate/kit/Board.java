package tinygate.kit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import tinygate.kit.Grading.Result;
import tinygate.kit.Outcome.State;

/** What a student sees after each run: how things stand, what is next, and why it fails. */
final class Board {
    private static final String RULE = "-".repeat(78) + "\n";

    /** Where the build leaves the book, from the directory of all exercises. */
    private static final String BOOK = "../docs/target/book/";

    /** The whole gate has more, and none of its own. */
    private static final int MOST_FILES = 3;

    private final String title;
    private final List<Task> lesson;
    private final List<Result> results;
    private final Path sources;
    private final int hints;
    private final StringBuilder text = new StringBuilder();

    /**
     * @param lesson all its exercises
     * @param results of those that were graded
     * @param hints how many are shown for the next exercise
     */
    Board(String title, List<Task> lesson, List<Result> results, Path sources, int hints) {
        this.title = title;
        this.lesson = lesson;
        this.results = results;
        this.sources = sources;
        this.hints = hints;
        Optional<Result> next = results.stream().filter(Result::isOpen).findFirst();
        headline();
        table(next);
        next.ifPresent(this::details);
        text.append(RULE);
    }

    private void headline() {
        long solved = count(State.SOLVED);
        String all = solved + " of " + results.size() + " solved";
        long begun = results.size() - count(State.NOT_DONE) - count(State.NOT_GRADABLE);
        if (begun == 0 && count(State.NOT_DONE) > 0) {
            all += ": this is the correct start";
        }
        text.append(all).append("\n\n");
    }

    private long count(State state) {
        return results.stream().filter(r -> r.outcome().state() == state).count();
    }

    private void table(Optional<Result> next) {
        line("lesson " + lesson.get(0).lesson() + ": " + title, "", "points");
        int points = 0;
        for (Task task : lesson) {
            Optional<Outcome> outcome = outcome(task);
            boolean isNext = next.isPresent() && next.get().task() == task;
            int got = outcome.map(o -> o.points(task)).orElse(0);
            points += got;
            line(
                    task.id() + "  " + task.title(),
                    outcome.map(o -> word(task, o)).orElse("not run") + (isNext ? "  <- next" : ""),
                    got + "/" + task.points());
        }
        line("", "", points + "/" + lesson.stream().mapToInt(Task::points).sum());
        text.append('\n');
        for (Result result : results) {
            if (result.outcome().state() == State.NOT_GRADABLE) {
                text.append(result.task().id())
                        .append(" is not gradable here: ")
                        .append(result.outcome().reason())
                        .append("\n\n");
            }
        }
    }

    private void line(String what, String state, String points) {
        text.append(String.format("  %-42s %-22s %8s%n", what, state, points));
    }

    private Optional<Outcome> outcome(Task task) {
        return results.stream().filter(r -> r.task() == task).map(Result::outcome).findFirst();
    }

    private static String word(Task task, Outcome outcome) {
        return switch (outcome.state()) {
            case SOLVED -> "solved";
            case NOT_DONE ->
                    task.id().equals(outcome.undone()) ? "to do" : "waits for " + outcome.undone();
            case FAILED -> "fails";
            case NOT_GRADABLE -> "not gradable here";
        };
    }

    private void details(Result next) {
        Task task = next.task();
        text.append("Next: exercise ").append(task.id()).append(", ").append(task.title());
        text.append(" (about ").append(task.minutes()).append(" minutes)\n\n");
        Path module = Path.of("").toAbsolutePath().getFileName();
        for (String code : task.code()) {
            Path file = sources.resolve(Task.file(code));
            String line = hole(task, file);
            if (!line.isEmpty() || task.code().size() <= MOST_FILES) {
                text.append("  edit  ").append(module.resolve(file)).append(line).append('\n');
            }
        }
        text.append("  read  ").append(BOOK).append(task.chapter()).append("\n\n");
        Outcome outcome = next.outcome();
        if (outcome.passed() > 0) {
            text.append(outcome.passed()).append(" tests pass, ");
            text.append(outcome.failed().size()).append(" fail; the first of these:\n\n");
        }
        text.append(outcome.story().isEmpty() ? outcome.reason() : outcome.story().strip());
        text.append("\n\n");
        hints(task);
    }

    private void hints(Task task) {
        int shown = Math.min(hints, task.hints().size());
        for (int i = 0; i < shown; i++) {
            text.append("  hint ").append(i + 1).append("  ");
            text.append(task.hints().get(i).strip().replace("\n", "\n          ")).append('\n');
        }
        if (shown < task.hints().size()) {
            text.append("  more    mvn test -Dexercise=").append(task.id());
            text.append(" -Dhint=").append(shown + 1).append('\n');
        }
    }

    /** The first line of a file that is not done yet, behind a colon; empty if there is none. */
    private static String hole(Task task, Path file) {
        try {
            List<String> lines = Files.readAllLines(file);
            for (int i = 0; i < lines.size(); i++) {
                if (lines.get(i).contains("NotDoneYet(\"" + task.id() + "\"")) {
                    return ":" + (i + 1);
                }
            }
        } catch (IOException e) {
            // Missing, or not text: the grader has said so.
        }
        return "";
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
