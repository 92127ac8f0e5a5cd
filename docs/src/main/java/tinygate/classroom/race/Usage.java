package tinygate.classroom.race;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import tinygate.classroom.ProcessFigures;

/**
 * What a contender has used until now, all its processes together.
 *
 * @param cpuMicros of all threads; the kernel counts in steps of 10,000
 * @param pollerMicros of the kernel's threads that poll its rings, which are among these
 * @param threads how many there are now
 * @param residentBytes memory in RAM now
 */
record Usage(
        long cpuMicros,
        long pollerMicros,
        long voluntarySwitches,
        long involuntarySwitches,
        int threads,
        long residentBytes) {
    private static final String POLLER = "iou-sqp";

    /**
     * @throws IOException if one of the processes has ended
     */
    static Usage of(List<Long> pids) throws IOException {
        Usage sum = new Usage(0, 0, 0, 0, 0, 0);
        for (long pid : pids) {
            ProcessFigures one = ProcessFigures.of(pid);
            sum =
                    new Usage(
                            sum.cpuMicros + one.cpuMicros(),
                            sum.pollerMicros + pollerMicros(pid),
                            sum.voluntarySwitches + one.voluntarySwitches(),
                            sum.involuntarySwitches + one.involuntarySwitches(),
                            sum.threads + one.threads(),
                            sum.residentBytes + one.residentBytes());
        }
        return sum;
    }

    /** From schedstat, in nanoseconds (proc(5)); pollers live as long as their rings. */
    private static long pollerMicros(long pid) throws IOException {
        long nanos = 0;
        try (Stream<Path> tasks = Files.list(Path.of("/proc", Long.toString(pid), "task"))) {
            for (Path task : tasks.toList()) {
                try {
                    if (Files.readString(task.resolve("comm")).startsWith(POLLER)) {
                        String stat = Files.readString(task.resolve("schedstat"));
                        nanos += Long.parseLong(stat.substring(0, stat.indexOf(' ')));
                    }
                } catch (NoSuchFileException e) {
                    // The thread ended after it was listed.
                }
            }
        }
        return nanos / 1_000;
    }
}
