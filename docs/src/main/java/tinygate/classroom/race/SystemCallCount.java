package tinygate.classroom.race;

import java.io.IOException;
import tinygate.classroom.race.Contender.Started;
import tinygate.classroom.results.Results.SystemCalls;

/**
 * Counts a contender's system calls while something runs: by the kernel, if {@link Perf} is
 * permitted here, and by the gate itself. Counting makes each call dearer, so it has a window of
 * its own, in which nothing else is measured.
 */
final class SystemCallCount {
    private final GateCounters counters = new GateCounters();
    private final Programs programs;

    /** What is counted meanwhile; answers how many requests it made. */
    interface Work {
        long run() throws IOException, InterruptedException;
    }

    SystemCallCount(Programs programs) {
        this.programs = programs;
    }

    SystemCalls during(Started contender, Work work) throws IOException, InterruptedException {
        Long before = counters.read(contender.admin(), GateCounters.SYSTEM_CALLS);
        try (Perf perf = new Perf(programs, contender.process().pids(), Perf.SYSTEM_CALLS)) {
            long requests = work.run();
            Long after = counters.read(contender.admin(), GateCounters.SYSTEM_CALLS);
            Long byGate = before == null || after == null ? null : Long.valueOf(after - before);
            Long byKernel = Perf.sum(perf.stop(), Perf.SYSTEM_CALLS, "");
            return new SystemCalls(requests, byKernel, byGate);
        }
    }
}
