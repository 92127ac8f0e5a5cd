package tinygate.upstream;

import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Chooses by the client's address, so that a client stays with its upstream. This is rendezvous
 * hashing (Thaler and Ravishankar, 1998): each upstream draws a number for each client and the
 * smallest wins. An upstream that rests takes part in no draw, which moves its own clients and
 * nobody else's; a restart of the gate moves none.
 */
final class ClientHash implements Balancer {
    private final List<Upstream> upstreams;
    private final long[] seeds;

    ClientHash(List<Upstream> upstreams) {
        this.upstreams = upstreams;
        this.seeds = upstreams.stream().mapToLong(ClientHash::seed).toArray();
    }

    @Override
    public Upstream choose(InetAddress client, Upstream tried) {
        Upstream winner = null;
        double smallest = 0;
        for (int i = 0; i < seeds.length; i++) {
            Upstream upstream = upstreams.get(i);
            if (!Balancer.usable(upstream, tried)) {
                continue;
            }
            double drawn = draw(seeds[i] ^ client.hashCode(), upstream.weight());
            if (winner == null || drawn < smallest) {
                winner = upstream;
                smallest = drawn;
            }
        }
        return winner;
    }

    /**
     * The time until the first of events that come {@code rate} times as often: of several such
     * times the shortest is one's own with a probability of rate / (sum of rates).
     */
    private static double draw(long key, int rate) {
        double uniform = ((mix(key) >>> 11) + 0.5) * 0x1p-53; // between 0 and 1, both excluded
        return -Math.log(uniform) / rate;
    }

    /** From the upstream's name, so that its place in the settings does not matter. */
    private static long seed(Upstream upstream) {
        long seed = 0;
        for (byte letter : upstream.toString().getBytes(StandardCharsets.UTF_8)) {
            seed = mix(seed + letter);
        }
        return seed;
    }

    /** Makes every bit depend on every other: SplitMix64 (Steele, Lea and Flood, 2014). */
    private static long mix(long bits) {
        long z = bits + 0x9e3779b97f4a7c15L;
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }
}
