package tinygate.upstream;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import tinygate.Settings;

/**
 * Finds the pool that serves a host: an exact name first, then the longest suffix, then any. Made
 * once when a gate starts and never changed.
 */
public final class Routes {
    private final Map<HostPattern, Pool> pools = new HashMap<>();
    private final List<HostPattern> suffixes;
    private final List<Upstream> upstreams;

    /**
     * @param nanoTime the clock by which upstreams rest, as {@link System#nanoTime}
     * @throws IllegalArgumentException if an upstream's name is not known, two routes serve the
     *     same host, a host cannot be served, a route has an upstream twice, or the same upstream
     *     has different weights
     */
    public Routes(List<Settings.Route> routes, Settings.Health health, LongSupplier nanoTime) {
        Upstreams servers = new Upstreams(health, nanoTime);
        for (Settings.Route route : routes) {
            if (pools.put(HostPattern.parse(route.host()), pool(route, servers)) != null) {
                throw new IllegalArgumentException(
                        "two routes serve the host '"
                                + route.host()
                                + "': put their upstreams into one route");
            }
        }
        Comparator<HostPattern> byLength = Comparator.comparing(suffix -> suffix.text().length());
        suffixes =
                pools.keySet().stream()
                        .filter(HostPattern::isSuffix)
                        .sorted(byLength.reversed())
                        .toList();
        upstreams = servers.all();
    }

    private static Pool pool(Settings.Route route, Upstreams servers) {
        List<Upstream> members = new ArrayList<>();
        for (Settings.UpstreamServer server : route.upstreams()) {
            Upstream upstream = servers.of(server);
            if (members.contains(upstream)) {
                throw new IllegalArgumentException(
                        "the route for '"
                                + route.host()
                                + "' has the upstream '"
                                + server.address()
                                + "' twice: name it once, with a higher weight");
            }
            members.add(upstream);
        }
        return new Pool(Balancer.of(route.balance(), List.copyOf(members)));
    }

    /**
     * @param host the request's host, without a port, in any case; a trailing dot is ignored
     * @return null if no route serves it
     */
    public Pool poolFor(String host) {
        String name = HostPattern.canonical(host);
        Pool exact = pools.get(new HostPattern(name));
        if (exact != null) {
            return exact;
        }
        for (HostPattern suffix : suffixes) {
            if (suffix.isAbove(name)) {
                return pools.get(suffix);
            }
        }
        return pools.get(HostPattern.ANY);
    }

    /** Every server of every route once, in the order of the settings: to count and to check. */
    public List<Upstream> upstreams() {
        return upstreams;
    }
}
