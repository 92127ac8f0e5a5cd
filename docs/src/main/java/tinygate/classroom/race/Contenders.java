package tinygate.classroom.race;

import java.util.List;
import java.util.stream.Stream;
import tinygate.classroom.ShownGate;

/**
 * Who can be named on the command line of the race.
 *
 * @param workers how many lesson 1's gate has
 */
record Contenders(Programs programs, int workers) {
    static final String EVERY = "all";
    private static final String NOBODY = "none";

    /** The one that all others are compared with is the first. */
    List<Contender> peers(List<String> names) {
        return named(names, List.of(Peer.nginx(programs), Peer.haproxy(programs), new Floor()));
    }

    List<Contender> gates(List<String> names) {
        Stream<Contender> gates =
                ShownGate.ALL.stream().map(gate -> new GateContender(gate, workers));
        return named(names, gates.toList());
    }

    /**
     * @throws IllegalArgumentException if there is none of such a name
     */
    private static List<Contender> named(List<String> names, List<Contender> all) {
        if (names.equals(List.of(NOBODY))) {
            return List.of();
        }
        if (names.equals(List.of(EVERY))) {
            return all;
        }
        List<String> known = all.stream().map(Contender::name).toList();
        for (String name : names) {
            if (!known.contains(name)) {
                throw new IllegalArgumentException("'" + name + "' is none of " + known);
            }
        }
        return all.stream().filter(contender -> names.contains(contender.name())).toList();
    }
}
