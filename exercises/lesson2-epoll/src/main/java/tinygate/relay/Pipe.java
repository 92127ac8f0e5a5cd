package tinygate.relay;

import java.nio.ByteBuffer;
import tinygate.http.BodyScanner;
import tinygate.http.Head;
import tinygate.http.HttpViolation;
import tinygate.kit.NotDoneYet;

/**
 * One direction of an exchange: the chunks that have arrived on one side and were not used yet, and
 * the way of their bytes to the other side.
 */
final class Pipe {
    private final Driver driver;
    private final Side to;
    private final ChunkQueue arrived = new ChunkQueue();
    private final int highWaterBytes;
    private boolean ended;
    private boolean dammed; // whether high water was reached, and low water not since
    private int keptEnd; // a second result of scan

    /**
     * @param highWaterBytes when so many are unsent on the other side, this one is to be read no
     *     more until half of them are sent: on a ring, to stop and to begin again costs an
     *     operation each, and the bytes that are under way come all the same
     */
    Pipe(Driver driver, Side from, int highWaterBytes) {
        this.driver = driver;
        this.highWaterBytes = highWaterBytes;
        this.to = from.other();
    }

    void received(Chunk chunk) {
        if (chunk.size() == 0) {
            chunk.release();
        } else {
            arrived.add(chunk);
        }
    }

    /** No more bytes will arrive. */
    void end() {
        ended = true;
    }

    /** Whether no more bytes will arrive; some may still be here. */
    boolean ended() {
        return ended;
    }

    boolean isEmpty() {
        return arrived.isEmpty();
    }

    /**
     * Whether the other side takes what comes, so that more may be read: fewer than {@link
     * #highWaterBytes} are unsent there, and once it had been so many, fewer than half of them.
     */
    boolean drains() {
        throw new NotDoneYet("2.4", "Pipe.drains");
    }

    /** Forgets everything: for a new connection. */
    void reset() {
        arrived.clear();
        ended = false;
    }

    /** Releases what has arrived. */
    void discard() {
        arrived.clear();
    }

    /**
     * Parses a head out of what has arrived. A head must lie in one piece: if its bytes came in
     * several chunks, they are moved together, which is rare.
     *
     * @return whether it is complete; it lies at the beginning of the first chunk then
     */
    boolean parse(Head head) throws HttpViolation {
        while (!arrived.isEmpty()) {
            Chunk first = arrived.first();
            if (head.parse(first.bytes())) {
                return true;
            }
            if (first.next == null) {
                return false;
            }
            joinFirstTwo();
        }
        return false;
    }

    private void joinFirstTwo() {
        Chunk first = arrived.first();
        if (first.room() == 0) {
            // It has used up its room by what was in front of the head. A fresh one has room for
            // any head, so this happens once.
            Chunk roomy = driver.newChunk();
            roomy.append(first.bytes());
            arrived.replaceFirst(roomy);
        }
        arrived.joinFirstTwo();
    }

    /** Passes over a head that was used; its texts cannot be read any more. */
    void skip(Head head) {
        head.detach();
        ByteBuffer bytes = arrived.first().bytes();
        bytes.position(bytes.position() + head.length());
        if (!bytes.hasRemaining()) {
            arrived.remove().release();
        }
    }

    /**
     * Sends a head, and behind it as much of the body as has arrived.
     *
     * @param head what must be sent first; may be empty
     * @param contentOnly whether a chunked body is sent without its chunks
     * @throws HttpViolation if the body is malformed; what came before may have been sent
     */
    void relay(ByteBuffer head, BodyScanner body, boolean contentOnly) throws HttpViolation {
        while (!arrived.isEmpty() && !body.done()) {
            ByteBuffer bytes = arrived.first().bytes();
            int from = bytes.position();
            int end = scan(bytes, body, contentOnly);
            if (end == bytes.limit()) {
                bytes.limit(keptEnd);
                sendFirst(head);
            } else {
                // The message ends inside the chunk: what follows belongs to the next one.
                if (head.hasRemaining() || keptEnd > from) {
                    sendCopy(head, bytes, from, keptEnd);
                }
                bytes.position(end);
            }
        }
        if (head.hasRemaining()) {
            sendHead(head);
        }
    }

    /**
     * Finds the end of the body's part in a buffer. What is to be sent of it ends at {@link
     * #keptEnd}: all of it, or its content, which is moved together.
     */
    private int scan(ByteBuffer bytes, BodyScanner body, boolean contentOnly) throws HttpViolation {
        int next = bytes.position();
        keptEnd = next;
        while (next < bytes.limit() && !body.done()) {
            int end = body.run(bytes, next, bytes.limit());
            if (!contentOnly) {
                keptEnd = end;
            } else if (body.content()) {
                bytes.put(keptEnd, bytes, next, end - next);
                keptEnd += end - next;
            }
            next = end;
        }
        return next;
    }

    /** Passes over a body that nobody wants any more. */
    void discard(BodyScanner body) throws HttpViolation {
        while (!arrived.isEmpty() && !body.done()) {
            ByteBuffer bytes = arrived.first().bytes();
            bytes.position(scan(bytes, body, false));
            if (!bytes.hasRemaining()) {
                arrived.remove().release();
            }
        }
    }

    /** Sends all that has arrived, as it is. */
    void relayRaw() {
        while (!arrived.isEmpty()) {
            driver.send(to, arrived.remove());
        }
    }

    /** Sends a head, and behind it the first chunk, which has an owner if there is no memory. */
    private void sendFirst(ByteBuffer head) {
        if (head.hasRemaining()) {
            if (arrived.first().prepend(head)) {
                head.position(head.limit());
            } else {
                sendHead(head);
            }
        }
        Chunk chunk = arrived.remove();
        if (chunk.size() > 0) {
            driver.send(to, chunk);
        } else {
            chunk.release();
        }
    }

    /** Sends a head in a chunk of its own, where it has room. */
    void sendHead(ByteBuffer head) {
        Chunk chunk = driver.newChunk();
        chunk.append(head);
        driver.send(to, chunk);
    }

    /** Sends a head, and bytes of a buffer that is still needed, in chunks of their own. */
    private void sendCopy(ByteBuffer head, ByteBuffer bytes, int from, int end) {
        int next = from;
        do {
            Chunk copy = driver.newChunk();
            copy.append(head);
            next += copy.append(bytes, next, end - next);
            driver.send(to, copy);
        } while (next < end);
    }
}
