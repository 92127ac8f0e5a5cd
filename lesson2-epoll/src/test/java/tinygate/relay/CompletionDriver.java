package tinygate.relay;

import java.util.ArrayList;
import java.util.List;

/**
 * Works like io_uring: the kernel owns the first chunk of a queue until it says so, completes it
 * late and perhaps short; receives complete while a cancellation is under way; and a chunk that was
 * in flight when its connection was closed comes back later still.
 */
final class CompletionDriver extends FakeDriver {
    /** Receives that were complete already, or on their way, when reading was stopped. */
    private static final int MOST_STRAGGLERS = 48;

    private final List<AuditedChunk> inKernel = new ArrayList<>();

    CompletionDriver(int chunkBytes) {
        super(chunkBytes);
    }

    @Override
    void accept(Link link, AuditedChunk chunk) {
        link.enqueue(chunk);
        submit(link);
    }

    private void submit(Link link) {
        if (link.inFlight == 0 && !link.queue.isEmpty()) {
            link.inFlight = link.queue.first().size();
        }
    }

    /** A send has completed. */
    @Override
    void write(Link link) {
        if (link.peer.deaf()) {
            link.inFlight = 0;
            link.takesNoMore();
            return;
        }
        Chunk first = link.queue.first();
        int count = link.peer.takes(chance.send(link.inFlight));
        link.transmit(first, count);
        if (first.size() == 0) {
            link.releaseFirst();
        }
        link.inFlight = 0;
        submit(link);
        link.finishIfSent();
        tell(exchange -> exchange.sent(link.side));
    }

    @Override
    boolean mayReceive(Link link) {
        return link.wanted || link.stragglers > 0;
    }

    @Override
    void received(Link link, int bytes) {
        if (!link.wanted) {
            link.stragglers--;
            memory.straggled(bytes);
        }
    }

    @Override
    void wishChanged(Link link) {
        link.stragglers = link.wanted ? 0 : chance.pick(MOST_STRAGGLERS + 1);
    }

    @Override
    void abandoned(Link link) {
        if (link.inFlight > 0) {
            inKernel.add((AuditedChunk) link.queue.remove());
            link.inFlight = 0;
        }
    }

    @Override
    void addOthers(List<Runnable> possible) {
        if (!inKernel.isEmpty()) {
            possible.add(() -> inKernel.remove(chance.pick(inKernel.size())).giveBack());
        }
    }
}
