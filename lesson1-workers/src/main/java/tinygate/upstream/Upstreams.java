package tinygate.upstream;

import java.net.InetSocketAddress;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import tinygate.Settings;

/**
 * Makes one {@link Upstream} for each server, however many routes name it, because health and use
 * are the server's and not the route's. Used by one thread, while the routes are made.
 */
final class Upstreams {
    private final Settings.Health health;
    private final LongSupplier nanoTime;
    private final Map<InetSocketAddress, Upstream> byAddress = new LinkedHashMap<>();

    Upstreams(Settings.Health health, LongSupplier nanoTime) {
        this.health = health;
        this.nanoTime = nanoTime;
    }

    /**
     * @throws IllegalArgumentException if the server's name is not known, or an earlier route gave
     *     the server another weight
     */
    Upstream of(Settings.UpstreamServer server) {
        Upstream made =
                new Upstream(
                        server.address(),
                        server.weight(),
                        new PassiveHealth(health, nanoTime),
                        new CheckedHealth(health.failures()));
        Upstream known = byAddress.putIfAbsent(made.address(), made);
        if (known == null) {
            return made;
        }
        if (known.weight() != made.weight()) {
            throw new IllegalArgumentException(
                    ("upstream '%s' has weight %d in one route and %d in another: a weight belongs"
                                    + " to the server, give it the same in both")
                            .formatted(made, known.weight(), made.weight()));
        }
        return known;
    }

    /** In the order of the settings. */
    List<Upstream> all() {
        return List.copyOf(byAddress.values());
    }
}
