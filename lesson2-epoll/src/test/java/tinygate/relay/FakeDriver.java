package tinygate.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import tinygate.relay.AuditedChunk.Owner;
import tinygate.upstream.Upstream;

/**
 * A driver without sockets, clock or threads. It performs one event at a time, chosen by a {@link
 * Chance}, and checks at each step what exchange and driver owe each other: chunks have one owner,
 * none is leaked, bytes that were given away are left alone, no call is made from inside another,
 * and memory stays bounded.
 */
abstract class FakeDriver implements Driver {
    /** What an attempt to connect leads to. */
    enum Reach {
        ACCEPTS,
        REFUSES,
        LACKS_DESCRIPTOR,
        HANGS
    }

    final ChunkPool chunks;
    final MemoryAudit memory;
    private final Map<Side, Link> links = new EnumMap<>(Side.class);
    private final Map<Side, Long> receivedBytes = new EnumMap<>(Side.class);
    private final KeptLinks kept = new KeptLinks();
    private final List<Peer> upstreamPeers = new ArrayList<>();
    private boolean inside;
    int wishes; // how often reading was stopped or begun

    Chance chance = Chance.plain();
    Function<Upstream, Reach> reach = upstream -> Reach.ACCEPTS;
    boolean outOfMemory;
    boolean choosesLate; // whether a kept connection is told of later, as a new one is
    Exchange exchange;
    final PhaseLog phases = new PhaseLog();

    FakeDriver(int chunkBytes) {
        chunks = new ChunkPool(chunkBytes);
        memory = new MemoryAudit(chunks, chunkBytes);
        receivedBytes.put(Side.CLIENT, 0L);
        receivedBytes.put(Side.UPSTREAM, 0L);
    }

    void accepted(Exchange exchange, Peer client) {
        this.exchange = exchange;
        links.put(Side.CLIENT, new Link(Side.CLIENT, client));
    }

    /** The peers of all connections to upstreams, in the order they were opened. */
    List<Peer> upstreamPeers() {
        return upstreamPeers;
    }

    // The events

    /** Lets one of the possible things happen; false if nothing can. */
    boolean step() {
        List<Runnable> possible = new ArrayList<>();
        for (Side side : Side.values()) {
            Link link = links.get(side);
            if (link != null && link.connecting) {
                addConnect(link, possible);
            } else if (link != null) {
                addEvents(link, possible);
            }
        }
        addOthers(possible);
        if (possible.isEmpty()) {
            return false;
        }
        possible.get(chance.pick(possible.size())).run();
        return true;
    }

    private void addConnect(Link link, List<Runnable> possible) {
        Reach outcome = link.fresh ? reach.apply(link.peer.upstream) : Reach.ACCEPTS;
        if (outcome == Reach.ACCEPTS) {
            possible.add(
                    () -> {
                        link.connecting = false;
                        boolean wasKept = !link.fresh;
                        link.fresh = false;
                        tell(exchange -> exchange.connected(wasKept));
                    });
        } else if (outcome != Reach.HANGS) {
            possible.add(
                    () -> {
                        links.remove(Side.UPSTREAM);
                        boolean own = outcome == Reach.LACKS_DESCRIPTOR;
                        tell(exchange -> exchange.unreachable(own));
                    });
        }
    }

    private void addEvents(Link link, List<Runnable> possible) {
        if (link.unsent > 0 && (link.peer.takes(1) > 0 || link.peer.deaf())) {
            possible.add(() -> write(link));
        }
        if (mayReceive(link) && link.peer.hasBytes()) {
            possible.add(() -> receive(link));
        }
        if (link.takesNoMore && !link.takesNoMoreTold) {
            possible.add(
                    () -> {
                        link.takesNoMoreTold = true;
                        tell(
                                exchange ->
                                        exchange.unsendable(
                                                link.side, link.peer.resetBeforeItsEnd()));
                    });
        }
        if (mayReceive(link) && !link.peer.hasBytes() && link.peer.ended() && !link.endTold) {
            possible.add(
                    () -> {
                        link.endTold = true;
                        tell(exchange -> exchange.ended(link.side));
                    });
        }
        boolean unread = link.wanted && link.peer.hasBytes();
        if (link.peer.isReset() && !unread) {
            possible.add(
                    () -> {
                        link.forget();
                        links.remove(link.side, link);
                        link.peer.sees(Peer.Gate.RESET);
                        tell(exchange -> exchange.broken(link.side));
                    });
        }
    }

    boolean mayReceive(Link link) {
        return link.wanted;
    }

    /** Sends some of what is queued. */
    abstract void write(Link link);

    void addOthers(List<Runnable> possible) {}

    private void receive(Link link) {
        AuditedChunk chunk = chunks.lendToExchange();
        int room = Math.min(chunk.room(), link.peer.available());
        int count = chance.receive(link.side, receivedBytes.get(link.side), room);
        int from = chunk.bytes().position();
        chunk.bytes().limit(from + count);
        link.peer.deliver(chunk.bytes(), count);
        chunk.bytes().position(from);
        receivedBytes.merge(link.side, (long) count, Long::sum);
        received(link, count);
        tell(exchange -> exchange.received(link.side, chunk));
    }

    void received(Link link, int bytes) {}

    /** Tells the exchange of an event, never from inside of another. */
    void tell(Consumer<Exchange> event) {
        assertThat(inside).as("an event inside of an event").isFalse();
        inside = true;
        phases.sees(exchange.phase());
        try {
            event.accept(exchange);
        } finally {
            inside = false;
        }
        phases.sees(exchange.phase());
        audit();
    }

    private void audit() {
        memory.check(links.values());
        if (exchange.phase() == Phase.CLOSED) {
            assertThat(links).as("connections of a closed exchange").isEmpty();
        }
    }

    // What the exchange asks for

    @Override
    public final Chunk newChunk() {
        called();
        if (outOfMemory) {
            throw new OutOfMemoryError("as a test wants it");
        }
        return chunks.lendToExchange();
    }

    @Override
    public final boolean connect(Upstream upstream, boolean mayBeKept) {
        called();
        assertThat(links).as("the connection before the next").doesNotContainKey(Side.UPSTREAM);
        Link link = mayBeKept ? kept.take(upstream, chance) : null;
        if (link != null) {
            links.put(Side.UPSTREAM, link);
            link.connecting = choosesLate;
            if (choosesLate) {
                phases.connects(exchange.phase());
            }
            return !choosesLate;
        }
        phases.connects(exchange.phase());
        Link fresh = new Link(Side.UPSTREAM, new Peer(upstream));
        fresh.fresh = true;
        fresh.connecting = true;
        links.put(Side.UPSTREAM, fresh);
        upstreamPeers.add(fresh.peer);
        return false;
    }

    @Override
    public final void read(Side side, boolean wanted) {
        called();
        Link link = links.get(side);
        if (link != null && link.wanted != wanted) {
            link.wanted = wanted;
            wishes++;
            wishChanged(link);
        }
    }

    void wishChanged(Link link) {}

    @Override
    public final void send(Side side, Chunk chunk) {
        called();
        AuditedChunk audited = (AuditedChunk) chunk;
        assertThat(audited.owner).as("whose chunk is sent").isEqualTo(Owner.EXCHANGE);
        assertThat(chunk.size()).as("bytes to send").isPositive();
        Link link = links.get(side);
        assertThat(link).as("the connection to send to").isNotNull();
        assertThat(link.finishing).as("sending after the end").isFalse();
        assertThat(link.connecting).as("sending before the connection is there").isFalse();
        audited.owner = Owner.DRIVER;
        if (link.takesNoMore) {
            audited.giveBack();
            return;
        }
        link.promise(chunk);
        accept(link, audited);
    }

    /** A chunk is to be sent. */
    abstract void accept(Link link, AuditedChunk chunk);

    @Override
    public final long unsent(Side side) {
        called();
        Link link = links.get(side);
        return link == null ? 0 : link.unsent;
    }

    @Override
    public final void finish(Side side) {
        called();
        Link link = links.get(side);
        assertThat(link).as("the connection to finish").isNotNull();
        link.finishing = true;
        link.finishIfSent();
    }

    @Override
    public final void close(Side side) {
        called();
        end(side, Peer.Gate.CLOSED);
    }

    @Override
    public final void abort(Side side) {
        called();
        end(side, Peer.Gate.RESET);
    }

    private void end(Side side, Peer.Gate how) {
        Link link = links.remove(side);
        if (link != null) {
            abandoned(link);
            link.forget();
            // A close while bytes are unread is a reset, and so the peer sees it.
            link.peer.sees(link.peer.hasBytes() ? Peer.Gate.RESET : how);
        }
    }

    /** The connection closes; the kernel may still hold a chunk of it. */
    void abandoned(Link link) {}

    @Override
    public final void keepUpstream() {
        called();
        kept.keep(links.remove(Side.UPSTREAM));
    }

    private void called() {
        assertThat(inside).as("the exchange acts only when it is told something").isTrue();
        phases.sees(exchange.phase());
    }
}
