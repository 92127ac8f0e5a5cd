package tinygate.kit;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Where the threads of this JVM are, in the words of a failure. */
final class Threads {
    private static final int MOST = 6;
    private static final int FRAMES = 200;

    private Threads() {}

    /** Those that wait for each other; else those in the student's code; else the test's. */
    static String describe(List<String> code) {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long[] deadlocked = threads.findDeadlockedThreads();
        if (deadlocked != null) {
            return Arrays.stream(threads.getThreadInfo(deadlocked, FRAMES))
                    .limit(MOST)
                    .map(thread -> describe(thread, code))
                    .collect(Collectors.joining("\n", "a deadlock:\n", ""));
        }
        String places =
                Thread.getAllStackTraces().entrySet().stream()
                        .filter(thread -> Tale.place(thread.getValue(), code) != null)
                        .limit(MOST)
                        .map(thread -> describe(thread, code))
                        .collect(Collectors.joining("\n"));
        return places.isEmpty() ? "no thread is in your code: the test waits for it" : places;
    }

    private static String describe(ThreadInfo thread, List<String> code) {
        return "thread "
                + thread.getThreadName()
                + " waits for what "
                + thread.getLockOwnerName()
                + " holds, at "
                + Tale.place(thread.getStackTrace(), code);
    }

    private static String describe(
            Map.Entry<Thread, StackTraceElement[]> thread, List<String> code) {
        return "thread "
                + thread.getKey().getName()
                + " is at "
                + Tale.place(thread.getValue(), code);
    }

    /** Where the student's code called {@link System#exit}, as far as it can be told. */
    static String whoExits(List<String> code) {
        return Thread.getAllStackTraces().values().stream()
                .filter(Threads::exits)
                .map(stack -> Tale.place(stack, code))
                .filter(place -> place != null)
                .findFirst()
                .orElse("a place outside your classes");
    }

    private static boolean exits(StackTraceElement[] stack) {
        return Arrays.stream(stack)
                .anyMatch(
                        frame ->
                                frame.getClassName().equals("java.lang.Runtime")
                                        && frame.getMethodName().equals("exit"));
    }
}
