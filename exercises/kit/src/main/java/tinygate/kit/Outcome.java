package tinygate.kit;

import java.util.List;

/**
 * What came of grading one exercise.
 *
 * @param reason in one line why it is not solved; empty if it is
 * @param passed how many tests passed
 * @param failed the names of those that failed, the first one first
 * @param stories what the student reads about them; or of what went wrong outside a test
 * @param undone the id of the exercise whose {@link NotDoneYet} was met, or null
 */
public record Outcome(
        State state,
        String reason,
        int passed,
        List<String> failed,
        List<String> stories,
        String undone,
        long millis) {

    /** How an exercise can stand. */
    public enum State {
        /** All its tests pass. */
        SOLVED,
        /** The first thing that failed is a starter's own {@link NotDoneYet}. */
        NOT_DONE,
        /** A test failed, or the code does not compile, or the JVM came to grief. */
        FAILED,
        /** This machine lacks something that the exercise needs; nobody is to blame. */
        NOT_GRADABLE
    }

    /** What it is worth: all or nothing, since an exercise is small. */
    int points(Task task) {
        return state == State.SOLVED ? task.points() : 0;
    }

    /** About the first thing that went wrong; may be empty. */
    public String story() {
        return stories.isEmpty() ? "" : stories.get(0);
    }

    static Outcome failed(String reason, String story) {
        return new Outcome(State.FAILED, reason, 0, List.of(), List.of(story), null, 0);
    }

    /** Of an exercise that was not run, since it is of no use before another one is solved. */
    static Outcome waits(Task task, Task other) {
        String reason =
                "it waits for exercise %s, which is not solved; mvn test -Dexercise=%s runs it all the same"
                        .formatted(other.id(), task.id());
        return new Outcome(State.NOT_DONE, reason, 0, List.of(), List.of(), other.id(), 0);
    }

    Outcome tookMillis(long taken) {
        return new Outcome(state, reason, passed, failed, stories, undone, taken);
    }
}
