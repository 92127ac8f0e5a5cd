package tinygate.upstream;

import java.net.InetAddress;
import java.util.List;
import tinygate.kit.NotDoneYet;

/**
 * Chooses in turn, each upstream as often as its weight says and spread as evenly as that allows:
 * weights 3 and 1 give a, a, b, a and not a, a, a, b. This is known as smooth weighted round robin.
 *
 * <p>At each choice every usable upstream earns its weight; the richest, of equals the first, is
 * chosen and pays what all of them earned. So, while the same ones are usable from the first choice
 * on, of any (sum of weights) choices in a row each gets exactly (weight). When one drops out or
 * comes back, the credits stay, and it takes a few rounds until that is so again: of a, b, c with
 * weight 1, if c drops out after a was chosen, there follow b, b, a, b, a.
 */
final class RoundRobin implements Balancer {
    private final List<Upstream> upstreams;
    private final int[] credits;

    RoundRobin(List<Upstream> upstreams) {
        this.upstreams = upstreams;
        this.credits = new int[upstreams.size()];
    }

    @Override
    public Upstream choose(InetAddress client, Upstream tried) {
        throw new NotDoneYet("1.5", "RoundRobin.choose");
    }
}
