package tinygate.relay;

import java.util.LinkedHashSet;
import java.util.Set;

/** The ways between phases that an exchange has gone, as far as a driver can see them. */
final class PhaseLog {
    /** One way. */
    record Way(Phase from, Phase to) {}

    private final Set<Way> ways = new LinkedHashSet<>();
    private Phase last = Phase.IDLE;

    void sees(Phase phase) {
        if (phase != last) {
            ways.add(new Way(last, phase));
            last = phase;
        }
    }

    /** A new connection is opened, which begins the phase CONNECT even where it was so before. */
    void connects(Phase phase) {
        sees(phase);
        if (phase == Phase.CONNECT) {
            ways.add(new Way(phase, phase));
        }
    }

    Set<Way> ways() {
        return ways;
    }
}
