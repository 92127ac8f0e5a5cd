package tinygate.upstream;

import java.net.InetAddress;
import java.util.List;
import tinygate.Settings;

/**
 * A way to choose among the upstreams of a pool. It may keep state, without synchronization: the
 * pool makes one choice at a time.
 */
sealed interface Balancer permits RoundRobin, LeastConnections, ClientHash {

    /**
     * @param tried an upstream that must not be chosen, or null
     * @return null if no upstream is usable
     */
    Upstream choose(InetAddress client, Upstream tried);

    static Balancer of(Settings.Balance balance, List<Upstream> upstreams) {
        return switch (balance) {
            case ROUND_ROBIN -> new RoundRobin(upstreams);
            case LEAST_CONNECTIONS -> new LeastConnections(upstreams);
            case CLIENT_HASH -> new ClientHash(upstreams);
        };
    }

    static boolean usable(Upstream upstream, Upstream tried) {
        return upstream != tried && !upstream.resting();
    }
}
