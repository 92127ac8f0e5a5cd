package tinygate.kit;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import tinygate.kit.ChildProcess.End;
import tinygate.kit.Journal.Entry;
import tinygate.kit.Outcome.State;

/** Reads from a child's journal and its end what came of the exercise. */
final class Verdict {
    private static final int SIGNALS = 128;
    private static final int OUT_OF_MEMORY = 3; // what -XX:+ExitOnOutOfMemoryError exits with
    private static final int OUTPUT_LINES = 10;

    private final Task task;
    private final End end;
    private final List<String> failed = new ArrayList<>();
    private final List<String> stories = new ArrayList<>();
    private final List<String> steps = new ArrayList<>();
    private String test;
    private int passed;
    private String skipped = "it has no test";
    private boolean ended;
    private State state; // by the first thing that went wrong, with its reason
    private String reason = "";
    private String undone;

    private Verdict(Task task, End end) {
        this.task = task;
        this.end = end;
    }

    static Outcome of(Task task, List<Entry> journal, End end) {
        Verdict verdict = new Verdict(task, end);
        journal.forEach(verdict::add);
        verdict.end();
        return verdict.outcome();
    }

    private void add(Entry entry) {
        String what = entry.what();
        switch (entry.kind()) {
            case START -> {
                test = what;
                steps.clear();
            }
            case STEP -> steps.add(what);
            case PASSED -> passed++;
            case SKIPPED -> skipped = what;
            case BLOCKED -> wrong(State.NOT_GRADABLE, what);
            case FAILED -> testFailed(State.FAILED, "it fails a test", what);
            case UNDONE -> undone(what.split("\n", 3));
            case HANGING -> {
                String late = "a test was still running after " + task.seconds() + " s";
                testFailed(State.FAILED, late, told(late, what));
            }
            case EXITED -> {
                String exited = "it ended the JVM by System.exit";
                testFailed(State.FAILED, exited, told(exited, "called at " + what));
            }
            case BROKEN -> testFailed(State.FAILED, "the tests broke off", told(what));
            case END -> ended = true;
        }
    }

    /** Its lines: the exercise's id, the message, the place. */
    private void undone(String[] lines) {
        if (state == null) {
            undone = lines[0];
        }
        testFailed(State.NOT_DONE, lines[1], told(lines[1], "your code: " + lines[2]));
    }

    private void testFailed(State how, String why, String story) {
        wrong(how, why);
        failed.add(String.valueOf(test));
        stories.add("test " + test + "\n" + story);
    }

    private void wrong(State how, String why) {
        if (state == null) {
            state = how;
            reason = why;
        }
    }

    private String told(String... failure) {
        return Tale.steps(steps)
                + "       failed: "
                + String.join("\n", failure).replace("\n", "\n       ");
    }

    private void end() {
        if (end.killed().isPresent()) {
            String why = end.killed().get();
            state = null; // whatever else went wrong, this is why it ended
            testFailed(State.FAILED, why, told(why));
        } else if (!ended && state == null) {
            String why = howItEnded(end.exit());
            testFailed(State.FAILED, why, told(why));
        } else if (state == null && passed == 0) {
            wrong(State.NOT_GRADABLE, skipped);
        }
    }

    private static String howItEnded(int exit) {
        if (exit == OUT_OF_MEMORY) {
            return "it ran out of memory";
        }
        return exit > SIGNALS
                ? "the JVM crashed (signal " + (exit - SIGNALS) + ")"
                : "the JVM ended with exit code " + exit + " in the middle of a test";
    }

    private Outcome outcome() {
        if (!stories.isEmpty() && !end.output().isBlank()) {
            stories.set(0, stories.get(0).stripTrailing() + output());
        }
        return new Outcome(
                state == null ? State.SOLVED : state,
                reason,
                passed,
                List.copyOf(failed),
                List.copyOf(stories),
                undone,
                0);
    }

    private String output() {
        return end.output()
                .lines()
                .limit(OUTPUT_LINES)
                .map(line -> "\n       " + Show.readable(line))
                .collect(Collectors.joining("", "\n    it printed:", ""));
    }
}
