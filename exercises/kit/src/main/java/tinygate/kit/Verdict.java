package tinygate.kit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tinygate.kit.ChildProcess.End;
import tinygate.kit.Journal.Entry;
import tinygate.kit.Outcome.State;

/** Reads from a child's journal and its end what came of the exercise. */
final class Verdict {
    private static final int SIGNALS = 128;
    private static final int OUT_OF_MEMORY = 3; // what -XX:+ExitOnOutOfMemoryError exits with
    private static final int OUTPUT_LINES = 10;
    private static final int CRASH_FRAMES = 3;
    private static final Pattern SIGNAL = Pattern.compile("#\\s+(SIG\\w+|Internal Error)");

    private final Task task;
    private final End end;
    private final List<String> failed = new ArrayList<>();
    private final List<String> stories = new ArrayList<>();
    private final List<String> steps = new ArrayList<>();
    private String test;
    private int number; // of the test, from 1
    private int told; // the number of the one that the first story is about
    private int passed;
    private String skipped = "it has no test";
    private boolean ended;
    private String crash = ""; // what the JVM has written about it
    private State state; // by the first thing that went wrong, with its reason
    private String reason = "";
    private String undone;

    private Verdict(Task task, End end) {
        this.task = task;
        this.end = end;
    }

    /**
     * @param crash where the JVM writes about its own crash
     */
    static Outcome of(Task task, List<Entry> journal, End end, Path crash) throws IOException {
        Verdict verdict = new Verdict(task, end);
        if (Files.exists(crash)) {
            verdict.crash = Files.readString(crash, StandardCharsets.ISO_8859_1); // any bytes
        }
        journal.forEach(verdict::add);
        verdict.end();
        return verdict.outcome();
    }

    private void add(Entry entry) {
        String what = entry.what();
        switch (entry.kind()) {
            case START -> {
                test = what;
                number++;
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
        told = stories.isEmpty() ? number : told;
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
            String why = howItEnded();
            testFailed(State.FAILED, why, told(why, frames()));
        } else if (state == null && passed == 0) {
            wrong(State.NOT_GRADABLE, skipped);
        }
    }

    private String howItEnded() {
        Matcher signal = SIGNAL.matcher(crash);
        if (signal.find()) {
            return "the JVM crashed: " + signal.group(1);
        }
        if (end.exit() == OUT_OF_MEMORY) {
            return "it ran out of memory";
        }
        return end.exit() > SIGNALS
                ? "the JVM was killed (signal " + (end.exit() - SIGNALS) + ")"
                : "the JVM ended with exit code " + end.exit() + " in the middle of a test";
    }

    /** The student's methods on the stack of the thread that crashed. */
    private String frames() {
        return crash.lines()
                .filter(line -> line.matches("[jJvVC] .*"))
                .filter(line -> task.code().stream().anyMatch(line::contains))
                .limit(CRASH_FRAMES)
                .collect(Collectors.joining("\n"));
    }

    private Outcome outcome() {
        if (state == State.FAILED && !printed().isBlank()) {
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

    /** By the test that the first story is about. */
    private String printed() {
        return told < end.outputs().size() ? end.outputs().get(told) : "";
    }

    private String output() {
        return printed()
                .lines()
                .limit(OUTPUT_LINES)
                .map(line -> "\n       " + Show.readable(line.replace("\t", "    ")))
                .collect(Collectors.joining("", "\n    it printed:", ""));
    }
}
