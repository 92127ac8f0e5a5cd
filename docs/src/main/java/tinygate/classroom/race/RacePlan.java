package tinygate.classroom.race;

import java.time.Duration;
import java.util.List;

/**
 * What a race does.
 *
 * @param contenders in the order of their turns
 * @param scenarios in their order
 * @param rounds how often each contender has its turn in a scenario
 * @param turn how long one is
 * @param warmUpSeconds of load before the first turn of a scenario at most; they do not count
 * @param rate requests a second in scenarios with a fixed rate
 * @param crowd slow or idle clients in scenarios with these
 * @param loads who sends the requests where no rate is fixed: with two, in turn
 */
public record RacePlan(
        List<Contender> contenders,
        List<Scenario> scenarios,
        int rounds,
        Duration turn,
        int warmUpSeconds,
        int rate,
        int crowd,
        List<Generator> loads) {

    /** Who can send requests: the program wrk, or the course's own load. */
    public enum Generator {
        WRK,
        OWN
    }

    public RacePlan {
        contenders = List.copyOf(contenders);
        scenarios = List.copyOf(scenarios);
        loads = List.copyOf(loads);
    }

    /** The lengths of all bodies that are asked for. */
    public List<Integer> bodies() {
        return scenarios.stream().map(Scenario::bodyBytes).distinct().toList();
    }
}
