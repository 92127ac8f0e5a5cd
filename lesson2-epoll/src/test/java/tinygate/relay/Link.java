package tinygate.relay;

import static org.assertj.core.api.Assertions.assertThat;

import tinygate.relay.AuditedChunk.Owner;

/** A {@link FakeDriver}'s end of one connection, with the chunks that wait to be sent on it. */
final class Link {
    final Side side;
    final Peer peer;
    final ChunkQueue queue = new ChunkQueue();
    private final ByteLog promised = new ByteLog();
    long unsent;
    int inFlight; // bytes of the first chunk that the kernel was given, for completions
    boolean connecting;
    boolean fresh; // until it is connected
    boolean wanted = true;
    int stragglers; // receives that may still complete although they are not wanted
    boolean finishing;
    boolean endTold;
    boolean takesNoMore;
    boolean takesNoMoreTold;

    Link(Side side, Peer peer) {
        this.side = side;
        this.peer = peer;
    }

    /** Notes the bytes of a chunk as they were when it was given to be sent. */
    void promise(Chunk chunk) {
        byte[] bytes = new byte[chunk.size()];
        chunk.bytes().get(chunk.bytes().position(), bytes);
        promised.writeBytes(bytes);
        unsent += bytes.length;
    }

    /** Puts a chunk behind those that wait; the queue may move its bytes and release it. */
    void enqueue(AuditedChunk chunk) {
        chunk.owner = Owner.EXCHANGE;
        queue.add(chunk);
        if (chunk.owner == Owner.EXCHANGE) {
            chunk.owner = Owner.DRIVER;
        }
    }

    /** The kernel takes the first bytes of a chunk; they must be those that were given. */
    void transmit(Chunk chunk, int count) {
        byte[] bytes = new byte[count];
        chunk.bytes().get(bytes);
        int done = promised.size() - Math.toIntExact(unsent);
        assertThat(bytes)
                .as("bytes that were given away and not touched")
                .isEqualTo(promised.part(done, done + count));
        peer.receives(bytes);
        unsent -= count;
    }

    /** Gives the first chunk back, which is sent or given up. */
    void releaseFirst() {
        ((AuditedChunk) queue.remove()).giveBack();
    }

    /** The connection takes no more: all that waits is dropped. */
    void takesNoMore() {
        takesNoMore = true;
        forget();
    }

    /** Releases all that waits. */
    void forget() {
        while (!queue.isEmpty()) {
            releaseFirst();
        }
        unsent = 0;
    }

    void finishIfSent() {
        if (finishing && unsent == 0 && peer.gate() == Peer.Gate.OPEN) {
            peer.sees(Peer.Gate.FINISHED);
        }
    }
}
