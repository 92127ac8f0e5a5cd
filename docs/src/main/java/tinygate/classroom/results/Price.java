package tinygate.classroom.results;

import java.util.List;
import java.util.Optional;

/**
 * What SQPOLL costs, as it was measured, and under which circumstances; written as {@code
 * price.json}. The names of the components are the names in the file, with the units.
 *
 * @param schema the version of this form: {@value #SCHEMA}
 * @param absent what could not be measured, with the reason
 * @param parts the gates, once for each place that their pollers had
 * @param sends sends with a copy and without, one for each length
 */
public record Price(
        int schema,
        Circumstances circumstances,
        List<Results.Absent> absent,
        List<Part> parts,
        List<Sends> sends) {
    public static final int SCHEMA = 1;

    /** Names of parts: the poller has a processor of its own, or its gate's. */
    public static final String APART = "apart";

    public static final String TOGETHER = "together";

    public Price {
        absent = List.copyOf(absent);
        parts = List.copyOf(parts);
        sends = List.copyOf(sends);
    }

    /** Whether something was measured, and every response was right. */
    public boolean right() {
        List<Gate> all = parts.stream().flatMap(part -> part.gates().stream()).toList();
        return !all.isEmpty() && all.stream().allMatch(Gate::right);
    }

    /**
     * All gates, with the poller at one place.
     *
     * @param name {@link #APART} or {@link #TOGETHER}: the poller and its gate
     * @param placement which processors they had, and the load
     * @param load what kept the gates busy
     */
    public record Part(String name, String placement, String load, List<Gate> gates) {
        public Part {
            gates = List.copyOf(gates);
        }

        public Optional<Gate> find(String gate) {
            return gates.stream().filter(one -> one.name().equals(gate)).findFirst();
        }
    }

    /**
     * A gate.
     *
     * @param busy under steady load; its system calls were counted in a window of their own
     * @param calls more of that window
     * @param awake an idle while with the poller awake; null if there is none, or it sleeps too
     *     soon to be looked at
     * @param asleep another one, with the poller asleep
     * @param waits of one client that pauses before each request
     */
    public record Gate(Results.Entry busy, Calls calls, Idle awake, Idle asleep, List<Wait> waits) {
        public Gate {
            waits = List.copyOf(waits);
        }

        /** A gate that was measured to the end. */
        public static Gate of(
                Results.Entry busy,
                Results.SystemCalls systemCalls,
                Calls calls,
                Idle awake,
                Idle asleep,
                List<Wait> waits) {
            Results.Entry counted = busy.with(systemCalls, busy.faults());
            return new Gate(counted, calls, awake, asleep, waits);
        }

        /**
         * A gate of which a response was wrong, or that has failed: its figures are worth nothing.
         */
        public static Gate faulty(Results.Entry busy, List<String> faults) {
            Results.Entry faulty = busy.with(Results.SystemCalls.UNKNOWN, faults);
            return new Gate(faulty, null, null, null, List.of());
        }

        public String name() {
            return busy.name();
        }

        public String title() {
            return busy.title();
        }

        public boolean right() {
            return busy.faults().isEmpty();
        }
    }

    /**
     * The window in which the system calls of {@link Gate#busy} were counted.
     *
     * @param byLoops those of the gate's loops, as the kernel counts them; the rest are those of
     *     the JVM's threads; null if it may not count here
     * @param byJvm of these, the ones that the JVM makes in any thread, at safepoints mostly
     * @param enter of these, io_uring_enter
     */
    public record Calls(double seconds, Long byLoops, Long byJvm, Long enter) {}

    /**
     * A while without a request.
     *
     * @param gateNanos processor time of all threads but the poller
     * @param enter how often the ring was entered, as the kernel counts it; null if it may not
     */
    public record Idle(double seconds, long gateNanos, long pollerNanos, Long enter) {}

    /**
     * How long a client waited that had paused.
     *
     * @param wakeUps how often the gate woke its poller meanwhile; null if it has none
     */
    public record Wait(
            int pauseMillis, long requests, double p50Micros, double p99Micros, Long wakeUps) {}

    /**
     * Sends over loopback.
     *
     * @param bytes the length of each
     */
    public record Sends(int bytes, List<SendRound> rounds) {
        public Sends {
            rounds = List.copyOf(rounds);
        }
    }

    /**
     * @param sends of each kind
     * @param copyNanos processor time of all ordinary ones
     * @param zeroCopyNanos of all SEND_ZC from registered buffers
     * @param copied how many of these the kernel copied after all; null if it does not tell
     */
    public record SendRound(long sends, long copyNanos, long zeroCopyNanos, Long copied) {}
}
