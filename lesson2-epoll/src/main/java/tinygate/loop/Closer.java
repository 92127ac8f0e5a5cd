package tinygate.loop;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Closes what was opened one after the other, in the opposite order: when all of it is done with,
 * or when the next could not be opened.
 */
public final class Closer implements AutoCloseable {
    private final Deque<AutoCloseable> open = new ArrayDeque<>();

    /** Has something that was opened closed with the rest. */
    public <T extends AutoCloseable> T add(T opened) {
        open.push(opened);
        return opened;
    }

    /** Closes all of it; does nothing the second time. */
    @Override
    public void close() {
        while (!open.isEmpty()) {
            try {
                open.pop().close();
            } catch (Exception e) {
                throw new IllegalStateException("nothing that a loop has fails to close", e);
            }
        }
    }
}
