package tinygate.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import tinygate.upstream.Upstream;

/**
 * The connections that a {@link FakeDriver} keeps for a later exchange. An upstream may send bytes
 * or an end meanwhile, and a driver that has noticed it does not hand the connection out any more;
 * but it may be on its way still, and is the first that the next exchange gets to hear.
 */
final class KeptLinks {
    private final Map<Upstream, Link> links = new HashMap<>();

    void keep(Link link) {
        assertThat(link.unsent).as("bytes unsent on a connection that is kept").isZero();
        assertThat(link.endTold || link.finishing).as("a kept connection has ended").isFalse();
        links.put(link.peer.upstream, link);
    }

    /** A connection to an upstream, or null if there is none that can be used. */
    Link take(Upstream upstream, Chance chance) {
        Link link = links.remove(upstream);
        if (link == null) {
            return null;
        }
        Peer peer = link.peer;
        boolean spoiled = peer.hasBytes() || peer.ended() || peer.isReset();
        boolean noticed = spoiled && chance.pick(2) == 1;
        if (noticed) {
            peer.sees(peer.hasBytes() ? Peer.Gate.RESET : Peer.Gate.CLOSED);
            return null;
        }
        link.wanted = true;
        link.stragglers = 0;
        return link;
    }
}
