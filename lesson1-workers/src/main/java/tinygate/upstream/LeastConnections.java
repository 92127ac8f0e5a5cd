package tinygate.upstream;

import java.net.InetAddress;
import java.util.List;

/**
 * Chooses the upstream with the fewest exchanges for its weight; those that are equal in this take
 * turns.
 */
final class LeastConnections implements Balancer {
    private final List<Upstream> upstreams;
    private int next;

    LeastConnections(List<Upstream> upstreams) {
        this.upstreams = upstreams;
    }

    @Override
    public Upstream choose(InetAddress client, Upstream tried) {
        int start = next;
        Upstream least = null;
        long leastInUse = 0;
        for (int i = 0; i < upstreams.size(); i++) {
            int index = (start + i) % upstreams.size();
            Upstream upstream = upstreams.get(index);
            if (!Balancer.usable(upstream, tried)) {
                continue;
            }
            long inUse = upstream.inUse();
            // inUse / weight < leastInUse / leastWeight, without fractions
            if (least == null || inUse * least.weight() < leastInUse * upstream.weight()) {
                least = upstream;
                leastInUse = inUse;
                next = (index + 1) % upstreams.size();
            }
        }
        return least;
    }
}
