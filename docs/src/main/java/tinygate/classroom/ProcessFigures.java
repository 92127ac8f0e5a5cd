package tinygate.classroom;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * What the kernel says about a process at one moment, read from {@code /proc/PID} as proc(5)
 * describes it.
 *
 * @param cpuMicros processor time since the process began, user and system, of all its threads,
 *     those that have ended too, in microseconds
 * @param threads how many there are
 * @param residentBytes memory that is in RAM, shared pages too
 * @param voluntarySwitches how often its threads gave up the processor because they had to wait;
 *     threads that have ended are not counted
 * @param involuntarySwitches how often the processor was taken from them, likewise
 * @param openFiles its open file descriptors
 */
public record ProcessFigures(
        long cpuMicros,
        int threads,
        long residentBytes,
        long voluntarySwitches,
        long involuntarySwitches,
        int openFiles) {

    /**
     * A clock tick of {@code /proc/PID/stat}: sysconf(_SC_CLK_TCK) is 100 a second on every
     * platform that Java runs on with Linux.
     */
    private static final long TICK_MICROS = 10_000;

    /**
     * @param pid a process of this user, else its open files are hidden
     * @throws IOException if the process has ended, or must not be looked at
     */
    public static ProcessFigures of(long pid) throws IOException {
        Path process = Path.of("/proc", Long.toString(pid));
        if (!Files.exists(process)) {
            throw new NoSuchFileException(process.toString(), null, "the process has ended");
        }
        List<String> status = Files.readAllLines(process.resolve("status"));
        long voluntary = 0;
        long involuntary = 0;
        for (Path thread : list(process.resolve("task"))) {
            try {
                List<String> own = Files.readAllLines(thread.resolve("status"));
                voluntary += number(own, "voluntary_ctxt_switches:");
                involuntary += number(own, "nonvoluntary_ctxt_switches:");
            } catch (NoSuchFileException e) {
                // The thread ended after it was listed.
            }
        }
        return new ProcessFigures(
                CpuClock.nanos(pid) / 1_000,
                (int) number(status, "Threads:"),
                number(status, "VmRSS:") * 1024,
                voluntary,
                involuntary,
                list(process.resolve("fd")).size());
    }

    /**
     * The processor time of this JVM, and of the programs that it has started and that have ended,
     * in microseconds; the kernel counts in steps of 10,000.
     */
    public static long ownMicros() throws IOException {
        return ownMicros(Files.readString(Path.of("/proc/self/stat")));
    }

    /** Fields 14 to 17, utime to cstime; field 2 is a name in brackets that may hold anything. */
    static long ownMicros(String stat) {
        String[] fromField3 = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return TICK_MICROS
                * Stream.of(fromField3).limit(17 - 2).skip(14 - 3).mapToLong(Long::parseLong).sum();
    }

    /** The number in a line such as {@code VmRSS: 51234 kB}; 0 if a process at its end has none. */
    private static long number(List<String> status, String name) {
        return status.stream()
                .filter(line -> line.startsWith(name))
                .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
                .findFirst()
                .orElse(0);
    }

    private static List<Path> list(Path directory) throws IOException {
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.toList();
        }
    }
}
