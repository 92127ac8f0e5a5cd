package tinygate.relay;

/**
 * Works like epoll: a receive fills a chunk at once, and a send is tried at once; only what the
 * socket does not take is queued until it is writable again.
 */
final class ReadinessDriver extends FakeDriver {

    ReadinessDriver(int chunkBytes) {
        super(chunkBytes);
    }

    @Override
    void accept(Link link, AuditedChunk chunk) {
        if (link.peer.deaf()) {
            chunk.giveBack();
            link.takesNoMore();
            return;
        }
        if (link.queue.isEmpty()) {
            sendSome(link, chunk);
        }
        if (chunk.size() == 0) {
            chunk.giveBack();
        } else {
            link.enqueue(chunk);
        }
    }

    private void sendSome(Link link, Chunk chunk) {
        int count = link.peer.takes(chance.send(chunk.size()));
        link.transmit(chunk, count);
    }

    /** The socket has become writable. */
    @Override
    void write(Link link) {
        if (link.peer.deaf()) {
            link.takesNoMore();
            return;
        }
        Chunk first = link.queue.first();
        sendSome(link, first);
        if (first.size() == 0) {
            link.releaseFirst();
        }
        link.finishIfSent();
        tell(exchange -> exchange.sent(link.side));
    }
}
