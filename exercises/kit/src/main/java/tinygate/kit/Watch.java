package tinygate.kit;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import tinygate.kit.Journal.Kind;

/**
 * Ends the child JVM where its tests do not end by themselves: a test over its time, a test that
 * waits for an answer which a {@link NotDoneYet} has made impossible, a grader that is gone. And it
 * notes who ended the JVM, if it was the student's code.
 */
final class Watch {
    private static final int TICK_MILLIS = 25;
    private static final long GRACE_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    private final Journal journal;
    private final List<String> code;
    private final int seconds;
    private boolean running;
    private long startedNanos;
    private long undoneNanos; // 0 until a NotDoneYet was seen
    private boolean finished;

    Watch(Journal journal, List<String> code, int seconds) {
        this.journal = journal;
        this.code = code;
        this.seconds = seconds;
    }

    void start() {
        daemon("time limit", this::keepTime);
        daemon("end of the grader", Watch::awaitGraderEnd);
        Runtime.getRuntime().addShutdownHook(new Thread(this::exited, "exit"));
    }

    private static void daemon(String name, Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
    }

    synchronized void testStarted() {
        running = true;
        startedNanos = System.nanoTime();
    }

    synchronized void testEnded() {
        running = false;
    }

    /** From now on the JVM may end. */
    synchronized void finish() {
        finished = true;
    }

    /** Ends this JVM and what it has started, without waiting for any thread. */
    static void endNow() {
        ProcessHandle.current().descendants().forEach(ProcessHandle::destroyForcibly);
        Runtime.getRuntime().halt(0);
    }

    void noteUndone(NotDoneYet undone) {
        journal.note(
                Kind.UNDONE,
                undone.exercise()
                        + '\n'
                        + undone.getMessage()
                        + '\n'
                        + Tale.place(undone.getStackTrace(), code));
    }

    private synchronized void keepTime() {
        try {
            while (!finished) {
                wait(TICK_MILLIS);
                if (running) {
                    look(System.nanoTime());
                }
            }
        } catch (InterruptedException e) {
            // Nobody of ours does that; then the grader's own limit holds.
        }
    }

    private void look(long now) {
        if (NotDoneYet.first() != null) {
            if (undoneNanos == 0) {
                undoneNanos = now;
            } else if (now - undoneNanos > GRACE_NANOS) {
                noteUndone(NotDoneYet.first());
                endNow();
            }
        } else if (now - startedNanos > TimeUnit.SECONDS.toNanos(seconds)) {
            journal.note(Kind.HANGING, Threads.describe(code));
            endNow();
        }
    }

    /** The grader holds the other end of the standard input open as long as it lives. */
    private static void awaitGraderEnd() {
        try {
            while (System.in.read() >= 0) {
                // It never sends anything.
            }
        } catch (IOException e) {
            // As good as the end.
        }
        endNow();
    }

    private void exited() {
        synchronized (this) {
            if (finished) {
                return;
            }
            finished = true;
        }
        journal.note(Kind.EXITED, Threads.whoExits(code));
        endNow();
    }
}
