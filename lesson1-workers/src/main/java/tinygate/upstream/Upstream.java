package tinygate.upstream;

import java.net.InetSocketAddress;
import java.util.concurrent.atomic.AtomicInteger;
import tinygate.HostPort;

/**
 * One upstream server: its address, how many exchanges use it, and whether it rests. {@link
 * Pool#acquire} hands it to an exchange, which says how it went and gives it back. Shared by every
 * route that names the server; safe from any thread.
 */
public final class Upstream {
    private final HostPort name;
    private final InetSocketAddress address;
    private final int weight;
    private final PassiveHealth health;
    private final CheckedHealth checks;
    private final AtomicInteger inUse = new AtomicInteger();

    /**
     * @throws IllegalArgumentException if the name is not known
     */
    Upstream(HostPort name, int weight, PassiveHealth health, CheckedHealth checks) {
        this.name = name;
        this.address = name.resolve();
        this.weight = weight;
        this.health = health;
        this.checks = checks;
        if (address.isUnresolved()) {
            throw new IllegalArgumentException(
                    "the name of upstream '"
                            + name
                            + "' is not known: check its spelling, or write its IP address");
        }
    }

    /** Where to connect; looked up once, when the routes were made. */
    public InetSocketAddress address() {
        return address;
    }

    /** Its share of the requests, relative to the other upstreams of its route. */
    public int weight() {
        return weight;
    }

    /** How many exchanges of all routes have acquired it and not released it yet. */
    public int inUse() {
        return inUse.get();
    }

    /**
     * Whether exchanges or checks failed too often in a row, so that it gets no request for now.
     */
    public boolean resting() {
        return health.resting() || checks.failing();
    }

    /** Begins a use; {@link #release} ends it. */
    void use() {
        inUse.incrementAndGet();
    }

    /**
     * Ends the use that {@link Pool#acquire} began.
     *
     * @throws IllegalStateException if nobody uses it, so that some use was ended twice
     */
    public void release() {
        if (inUse.getAndUpdate(uses -> Math.max(0, uses - 1)) == 0) {
            throw new IllegalStateException(
                    "upstream " + name + " is not in use: release it once for each acquire");
        }
    }

    /** An exchange got a response: the count of failures in a row is 0 again. */
    public void succeeded() {
        health.succeeded();
    }

    /** A connection or an exchange failed: after enough of them in a row the upstream rests. */
    public void failed() {
        health.failed();
    }

    /** A check of it, which is no exchange, went well or failed. */
    public void checked(boolean healthy) {
        checks.checked(healthy);
    }

    @Override
    public String toString() {
        return name.toString();
    }
}
