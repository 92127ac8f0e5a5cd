package tinygate.loop;

import java.util.List;
import tinygate.HostPort;
import tinygate.Settings;
import tinygate.proxy.Rules;
import tinygate.relay.RelayContext;

/** What it takes to make one loop of a gate by hand. */
public final class LoopParts {
    private static final int LEAST_CHUNK_BYTES = 0;

    private LoopParts() {}

    /** A gate's, whose only upstream is served by nobody. */
    public static Settings settings() {
        Settings.UpstreamServer upstream =
                new Settings.UpstreamServer(new HostPort("127.0.0.1", 9), 1);
        return Settings.loopback(List.of(new Settings.Route(null, null, List.of(upstream))));
    }

    /** What the exchanges of one loop share. */
    public static RelayContext context(LoopGate gate) {
        Rules rules = Rules.of(gate.settings(), "gate.test", true);
        return new RelayContext(
                gate.settings(), rules, gate.routes(), gate.stats(), LEAST_CHUNK_BYTES);
    }
}
