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
 * @param wrk whether wrk makes the load where no rate is fixed
 */
record RacePlan(
        List<Contender> contenders,
        List<Scenario> scenarios,
        int rounds,
        Duration turn,
        int warmUpSeconds,
        int rate,
        int crowd,
        boolean wrk) {

    RacePlan {
        contenders = List.copyOf(contenders);
        scenarios = List.copyOf(scenarios);
    }

    /** The lengths of all bodies that are asked for. */
    List<Integer> bodies() {
        return scenarios.stream().map(Scenario::bodyBytes).distinct().toList();
    }
}
