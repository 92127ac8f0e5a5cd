package tinygate.classroom.price;

import java.time.Duration;
import java.util.List;
import tinygate.classroom.ShownGate;
import tinygate.classroom.race.Contender;
import tinygate.classroom.race.GateContender;
import tinygate.classroom.race.RacePlan;
import tinygate.classroom.race.RacePlan.Generator;
import tinygate.classroom.race.Scenario;

/**
 * What is measured.
 *
 * @param connections clients at once under steady load
 * @param rounds turns of each gate
 * @param turn how long one is
 * @param warmUpSeconds of load before, which do not count
 * @param count how long system calls are counted where the poller has a processor of its own
 * @param waits requests of the client that pauses
 * @param sends of each kind and length in a round
 * @param sendRounds turns of sends
 * @param wrk whether wrk makes the load
 */
record PricePlan(
        int connections,
        int rounds,
        Duration turn,
        int warmUpSeconds,
        Duration count,
        int waits,
        int sends,
        int sendRounds,
        boolean wrk) {
    /** What a send sends: a small response, and parts of large ones. */
    static final List<Integer> SEND_BYTES = List.of(1024, 16 * 1024, 64 * 1024);

    /** Shorter than the default's idle time of the poller, and longer. */
    static final List<Duration> PAUSES = List.of(Duration.ofMillis(2), Duration.ofMillis(50));

    /** So long that the poller is still awake a second after the load. */
    private static final int LONG_IDLE_MILLIS = 1_500;

    private static final int LONG_BUSY_WAIT_MICROS = 20_000;

    /** Lesson 4's gate once more, which looks longer before it sleeps, and so does its poller. */
    private static final List<String> LOOKING_OPTIONS =
            List.of(
                    "--busy-wait-micros",
                    Integer.toString(LONG_BUSY_WAIT_MICROS),
                    "--poller-idle-millis",
                    Integer.toString(LONG_IDLE_MILLIS));

    PricePlan {
        check("--connections", connections, 1, 5_000);
        check("--rounds", rounds, 1, 100);
        check("--warm-up", warmUpSeconds, 0, 60);
        check("--count", (int) count.toSeconds(), 1, 300);
        check("--waits", waits, 1, 10_000);
        check("--sends", sends, 1, 1_000_000);
    }

    private static void check(String option, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(
                    "%s %d: give %d to %d".formatted(option, value, least, most));
        }
    }

    Scenario scenario() {
        return Scenario.parse("keep-" + connections + "-1k");
    }

    /** For the part of it that is a race. */
    RacePlan race() {
        return new RacePlan(
                contenders(),
                List.of(scenario()),
                rounds,
                turn,
                warmUpSeconds,
                0,
                0,
                List.of(wrk ? Generator.WRK : Generator.OWN));
    }

    private static List<Contender> contenders() {
        return List.of(
                new GateContender(gate("epoll"), 1, List.of()),
                new GateContender(gate("iouring"), 1, List.of()),
                new GateContender(gate("sqpoll"), 1, List.of()),
                new GateContender(looking(gate("sqpoll")), 1, LOOKING_OPTIONS));
    }

    /** Whether the poller of a gate stays awake long enough to be looked at. */
    static boolean looksOn(Contender contender) {
        return contender instanceof GateContender gate && gate.options().equals(LOOKING_OPTIONS);
    }

    /** Whether a gate has a poller. */
    static boolean polled(Contender contender) {
        return contender.name().startsWith("sqpoll");
    }

    private static ShownGate looking(ShownGate gate) {
        return new ShownGate(
                "sqpoll+",
                "the same, " + String.join(" ", LOOKING_OPTIONS),
                gate.mainClass(),
                gate.engine(),
                gate.onRing(),
                gate.byHand());
    }

    private static ShownGate gate(String name) {
        return ShownGate.ALL.stream()
                .filter(gate -> gate.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
