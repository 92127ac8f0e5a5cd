package tinygate.classroom.race;

import java.io.IOException;
import java.util.List;
import tinygate.classroom.ProcessFigures;
import tinygate.classroom.TaskTimes;

/**
 * What a contender has used until now, all its processes together.
 *
 * @param cpuMicros of all threads
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
                            sum.pollerMicros + TaskTimes.of(pid).pollerNanos() / 1_000,
                            sum.voluntarySwitches + one.voluntarySwitches(),
                            sum.involuntarySwitches + one.involuntarySwitches(),
                            sum.threads + one.threads(),
                            sum.residentBytes + one.residentBytes());
        }
        return sum;
    }
}
