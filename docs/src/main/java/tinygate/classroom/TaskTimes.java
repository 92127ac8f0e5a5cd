package tinygate.classroom;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The processor time of a process's threads until now, to the nanosecond, from {@code
 * /proc/PID/task/TID/schedstat}. Threads that have ended are not counted.
 *
 * @param ownNanos of its own threads
 * @param pollerNanos of the kernel's threads that poll its rings, and live as long as these
 */
public record TaskTimes(long ownNanos, long pollerNanos) {
    private static final String POLLER = "iou-sqp";
    private static final int LOOK_MILLIS = 20;

    /**
     * @throws IOException if the process has ended
     */
    public static TaskTimes of(long pid) throws IOException {
        long own = 0;
        long poller = 0;
        for (Task task : Task.of(pid)) {
            if (task.name.startsWith(POLLER)) {
                poller += task.nanos;
            } else {
                own += task.nanos;
            }
        }
        return new TaskTimes(own, poller);
    }

    /** As much as was used since then. */
    public TaskTimes since(TaskTimes before) {
        return new TaskTimes(ownNanos - before.ownNanos, pollerNanos - before.pollerNanos);
    }

    /**
     * Waits until the pollers of these processes have run out of work and sleep: neither run nor
     * wait for a processor, and have not run since the last look.
     *
     * @throws IOException if they do not in time
     */
    public static void awaitSleep(List<Long> pids, Duration limit)
            throws IOException, InterruptedException {
        long deadline = System.nanoTime() + limit.toNanos();
        List<Task> before = null;
        List<Task> now = pollers(pids);
        while (!now.stream().allMatch(task -> task.sleeps)
                || !now.isEmpty() && !now.equals(before)) {
            if (System.nanoTime() - deadline > 0) {
                throw new IOException(
                        "its poller does not go to sleep in %d s: lower --poller-idle-millis"
                                .formatted(limit.toSeconds()));
            }
            TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
            before = now;
            now = pollers(pids);
        }
    }

    private static List<Task> pollers(List<Long> pids) throws IOException {
        List<Task> pollers = new ArrayList<>();
        for (long pid : pids) {
            try {
                Task.of(pid).stream()
                        .filter(task -> task.name.startsWith(POLLER))
                        .forEach(pollers::add);
            } catch (NoSuchFileException e) {
                // The process has ended, and its poller with it.
            }
        }
        return pollers;
    }

    /** A thread as the kernel shows it now. */
    private record Task(String name, long nanos, boolean sleeps) {

        static List<Task> of(long pid) throws IOException {
            List<Task> all = new ArrayList<>();
            try (Stream<Path> tasks = Files.list(Path.of("/proc", Long.toString(pid), "task"))) {
                for (Path task : tasks.toList()) {
                    try {
                        String schedstat = Files.readString(task.resolve("schedstat"));
                        String stat = Files.readString(task.resolve("stat"));
                        all.add(
                                new Task(
                                        Files.readString(task.resolve("comm")),
                                        Long.parseLong(schedstat.split(" ")[0]),
                                        stat.contains(") S ")));
                    } catch (NoSuchFileException e) {
                        // The thread ended after it was listed.
                    }
                }
            }
            return all;
        }
    }
}
