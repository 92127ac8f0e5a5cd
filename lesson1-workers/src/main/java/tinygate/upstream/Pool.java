package tinygate.upstream;

import java.net.InetAddress;

/**
 * The upstreams of one route and the way to choose among them. Every attempt to serve a request
 * begins here; safe from any thread.
 */
public final class Pool {
    private final Balancer balancer;

    Pool(Balancer balancer) {
        this.balancer = balancer;
    }

    // tag::ex-1-5[]
    /**
     * Chooses an upstream for the next attempt and counts it as in use until {@link
     * Upstream#release}. Choosing and counting are one step, whichever balancer chooses.
     *
     * @param client the client's address, for balancing by hash
     * @param tried an upstream that this request has tried already, or null
     * @return one that does not rest and was not tried, or null if there is none
     */
    public Upstream acquire(InetAddress client, Upstream tried) {
        // One thread at a time, or two would both find the same one idle.
        synchronized (balancer) {
            Upstream chosen = balancer.choose(client, tried);
            if (chosen != null) {
                chosen.use();
            }
            return chosen;
        }
    }
    // end::ex-1-5[]
}
