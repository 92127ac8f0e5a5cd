package tinygate.classroom;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
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
    private static final int LOOK_MILLIS = 50;

    /**
     * @throws IOException if the process has ended
     */
    public static TaskTimes of(long pid) throws IOException {
        long own = 0;
        long poller = 0;
        try (Stream<Path> tasks = Files.list(Path.of("/proc", Long.toString(pid), "task"))) {
            for (Path task : tasks.toList()) {
                try {
                    String stat = Files.readString(task.resolve("schedstat"));
                    long nanos = Long.parseLong(stat.substring(0, stat.indexOf(' ')));
                    if (Files.readString(task.resolve("comm")).startsWith(POLLER)) {
                        poller += nanos;
                    } else {
                        own += nanos;
                    }
                } catch (NoSuchFileException e) {
                    // The thread ended after it was listed.
                }
            }
        }
        return new TaskTimes(own, poller);
    }

    /** As much as was used since then. */
    public TaskTimes since(TaskTimes before) {
        return new TaskTimes(ownNanos - before.ownNanos, pollerNanos - before.pollerNanos);
    }

    /**
     * Waits until the pollers of these processes have run out of work and sleep.
     *
     * @throws IOException if they do not in time
     */
    public static void awaitSleep(List<Long> pids, Duration limit)
            throws IOException, InterruptedException {
        long deadline = System.nanoTime() + limit.toNanos();
        long before = -1;
        long now = pollers(pids);
        while (now > 0 && now != before) {
            if (System.nanoTime() - deadline > 0) {
                throw new IOException("a poller does not go to sleep");
            }
            TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
            before = now;
            now = pollers(pids);
        }
    }

    private static long pollers(List<Long> pids) throws IOException {
        long nanos = 0;
        for (long pid : pids) {
            try {
                nanos += of(pid).pollerNanos;
            } catch (NoSuchFileException e) {
                // The process has ended, and its poller with it.
            }
        }
        return nanos;
    }
}
