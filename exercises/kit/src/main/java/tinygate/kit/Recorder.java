package tinygate.kit;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.TestExecutionResult.Status;
import org.junit.platform.engine.TestSource;
import org.junit.platform.engine.reporting.ReportEntry;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import tinygate.kit.Journal.Kind;

/** Notes in the journal what JUnit does in a child JVM. */
final class Recorder implements TestExecutionListener {
    private final Journal journal;
    private final Watch watch;
    private final List<String> code;
    private final PrintStream out;
    private final List<String> steps = new ArrayList<>();

    /**
     * @param out what the child prints, in which each test is begun with {@link ChildProcess#MARK}
     */
    Recorder(Journal journal, Watch watch, List<String> code, PrintStream out) {
        this.journal = journal;
        this.watch = watch;
        this.code = code;
        this.out = out;
    }

    private void started(TestIdentifier test) {
        out.write(ChildProcess.MARK);
        out.flush();
        journal.note(Kind.START, name(test));
    }

    @Override
    public void executionStarted(TestIdentifier test) {
        if (test.isTest()) {
            steps.clear();
            started(test);
            watch.testStarted();
        }
    }

    @Override
    public void reportingEntryPublished(TestIdentifier test, ReportEntry entry) {
        String step = entry.getKeyValuePairs().get(StoryExtension.STEP);
        if (step != null) {
            steps.add(step);
            journal.note(Kind.STEP, step);
        }
    }

    @Override
    public void executionSkipped(TestIdentifier test, String reason) {
        if (test.isTest()) {
            started(test);
            journal.note(Kind.SKIPPED, reason);
        } else {
            journal.note(Kind.BLOCKED, reason);
        }
    }

    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
        if (test.isTest()) {
            watch.testEnded();
        } else if (result.getStatus() == Status.FAILED) {
            started(test); // what stands before all its tests has failed
        }
        Throwable failure = result.getThrowable().orElse(null);
        NotDoneYet undone = NotDoneYet.first();
        if (result.getStatus() == Status.ABORTED) {
            String why = failure == null ? "" : String.valueOf(failure.getMessage());
            journal.note(test.isTest() ? Kind.SKIPPED : Kind.BLOCKED, why);
        } else if (failure != null && undone == null) {
            journal.note(Kind.FAILED, new Tale(steps, failure, code).getMessage());
        } else if (failure != null || undone != null && test.isTest()) {
            watch.noteUndone(undone);
        } else if (test.isTest()) {
            journal.note(Kind.PASSED, "");
        }
    }

    /** The method and, if it is one of many with this method, what is special to it. */
    private static String name(TestIdentifier test) {
        Optional<TestSource> source = test.getSource();
        String shown = Show.readable(test.getDisplayName());
        if (source.isEmpty() || !(source.get() instanceof MethodSource of)) {
            return shown;
        }
        return shown.startsWith("[") ? of.getMethodName() + " " + shown : of.getMethodName();
    }
}
