package tinygate.upstream;

import java.util.List;
import java.util.function.LongSupplier;
import tinygate.Settings;

/** Finds the pool that serves a host: an exact name first, then the longest suffix, then any. */
public final class Routes {

    /**
     * @param nanoTime the clock by which upstreams rest, as {@link System#nanoTime}
     * @throws IllegalArgumentException if an upstream's name is not known
     */
    public Routes(List<Settings.Route> routes, Settings.Health health, LongSupplier nanoTime) {}

    /**
     * @param host the request's host, without a port, in any case
     * @return null if no route serves it
     */
    public Pool poolFor(String host) {
        return null;
    }
}
