package tinygate.classroom.results;

import java.util.List;
import java.util.Optional;

/**
 * All that a race has measured, and under which circumstances; written as {@code results.json}. The
 * names of the components are the names in the file, and the units are in the names.
 *
 * @param schema the version of this form: {@value #SCHEMA}
 * @param absent what could not run, with the reason
 * @param cases the scenarios that were run, in their order
 */
public record Results(
        int schema, Circumstances circumstances, List<Absent> absent, List<Case> cases) {
    public static final int SCHEMA = 1;

    public Results {
        absent = List.copyOf(absent);
        cases = List.copyOf(cases);
    }

    /** The case of a scenario, if it was run. */
    public Optional<Case> find(String scenario) {
        return cases.stream().filter(one -> one.scenario().equals(scenario)).findFirst();
    }

    /** Whether something was measured, and every response of the race was right. */
    public boolean right() {
        List<Entry> all = cases.stream().flatMap(one -> one.entries().stream()).toList();
        return !all.isEmpty() && all.stream().allMatch(entry -> entry.faults().isEmpty());
    }

    /**
     * @param name of a contender or a scenario
     * @param reason why it did not take part, and what helps
     */
    public record Absent(String name, String reason) {}

    /**
     * One scenario.
     *
     * @param scenario its name
     * @param words what it is, in a few words
     * @param connections clients at once
     * @param bodyBytes the length of the body of each response
     * @param pipelined how many requests a client sends before it waits for the answers
     * @param requestsPerSecond the fixed rate, 0 for as many as possible
     * @param load what made the load
     * @param entries one for each contender
     */
    public record Case(
            String scenario,
            String words,
            int connections,
            int bodyBytes,
            int pipelined,
            int requestsPerSecond,
            String load,
            List<Entry> entries) {
        public Case {
            entries = List.copyOf(entries);
        }

        public Optional<Entry> find(String name) {
            return entries.stream().filter(entry -> entry.name().equals(name)).findFirst();
        }
    }

    /**
     * A contender in a scenario.
     *
     * @param warmUpSeconds how long it had load before the first turn, until it was warm
     * @param turns its measured windows, one a round
     * @param systemCalls counted in a window of their own, after the rounds
     * @param threads how many it had at the end
     * @param residentBytes its memory in RAM at the end
     * @param faults what was wrong with responses; a single one voids the entry
     */
    public record Entry(
            String name,
            String title,
            int warmUpSeconds,
            List<Turn> turns,
            SystemCalls systemCalls,
            int threads,
            long residentBytes,
            List<String> faults) {
        public Entry {
            turns = List.copyOf(turns);
            faults = List.copyOf(faults);
        }

        /** With these in the place of those that it has. */
        Entry with(SystemCalls other, List<String> otherFaults) {
            return new Entry(
                    name, title, warmUpSeconds, turns, other, threads, residentBytes, otherFaults);
        }
    }

    /**
     * A measured window.
     *
     * @param round from 1
     * @param requests right responses
     * @param cpuMicros processor time of all threads, the poller's included
     * @param pollerMicros that of the poller alone, the thread of the kernel that serves SQPOLL
     * @param voluntarySwitches how often a thread had to wait
     * @param involuntarySwitches how often the processor was taken from one
     * @param p50Micros half of the responses took at most this long
     * @param loadMicros processor time of the load
     * @param lateMicros where the rate is fixed: 99 % of the requests were sent at most this long
     *     after they were due
     */
    public record Turn(
            int round,
            double seconds,
            long requests,
            long cpuMicros,
            long pollerMicros,
            long voluntarySwitches,
            long involuntarySwitches,
            double p50Micros,
            double p99Micros,
            double p999Micros,
            long loadMicros,
            double lateMicros) {}

    /**
     * System calls in a window.
     *
     * @param requests the requests of the window
     * @param byKernel all calls of the process as the kernel counts them, null if that is forbidden
     * @param byGate the calls of its loops as the gate counts them, null for one that does not
     */
    public record SystemCalls(long requests, Long byKernel, Long byGate) {
        public static final SystemCalls UNKNOWN = new SystemCalls(0, null, null);
    }
}
