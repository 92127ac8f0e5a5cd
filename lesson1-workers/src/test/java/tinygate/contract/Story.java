package tinygate.contract;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * What happened on all connections of one test, in order: who sent and received which bytes. Every
 * failure tells it, so that nobody needs a packet capture to see what a gate did.
 */
public final class Story {
    private static final int BYTES_TOLD = 2_048;
    private static final int EVENTS_TOLD = 200;

    private final List<Event> events = new ArrayList<>();
    private int forgotten;

    /** Bytes that one side sent or received; adjacent ones of the same kind are joined. */
    synchronized void bytes(String who, String did, ByteBuffer bytes) {
        Event last = events.isEmpty() ? null : events.get(events.size() - 1);
        if (last == null || !last.what.equals(who + " " + did)) {
            last = add(who + " " + did);
        }
        last.add(bytes);
    }

    /** Anything but bytes: opened, saw the end, was reset. */
    synchronized void note(String who, String did) {
        add(who + " " + did);
    }

    private Event add(String what) {
        if (events.size() == EVENTS_TOLD) {
            events.remove(EVENTS_TOLD / 2);
            forgotten++;
        }
        Event event = new Event(what);
        events.add(event);
        return event;
    }

    /** A failure that says what was awaited and then tells the story. */
    Failure failure(String message) {
        return new Failure(message + "\n" + this, null);
    }

    /** The same failure, with the story told; a failure that tells it already is left alone. */
    Throwable tell(Throwable failure) {
        return failure instanceof Failure
                ? failure
                : new Failure(failure.getMessage() + "\n" + this, failure);
    }

    @Override
    public synchronized String toString() {
        StringBuilder text = new StringBuilder("What happened:\n");
        if (forgotten > 0) {
            text.append("(").append(forgotten).append(" events in the middle are left out)\n");
        }
        events.forEach(event -> event.tell(text));
        return text.toString();
    }

    /** An assertion that failed, with the story of its test. */
    static final class Failure extends AssertionError {
        private static final long serialVersionUID = 1L;

        Failure(String message, Throwable cause) {
            super(message, cause);
        }
    }

    private static final class Event {
        final String what;
        private final StringBuilder shown = new StringBuilder();
        private int count;
        private long total;

        Event(String what) {
            this.what = what;
        }

        void add(ByteBuffer bytes) {
            for (int i = bytes.position(); i < bytes.limit() && count < BYTES_TOLD; i++) {
                show(bytes.get(i) & 0xFF);
                count++;
            }
            total += bytes.remaining();
        }

        private void show(int b) {
            switch (b) {
                case '\r' -> shown.append("\\r");
                case '\n' -> shown.append("\\n\n    ");
                case '\t' -> shown.append("\\t");
                case '\\' -> shown.append("\\\\");
                default ->
                        shown.append(b < ' ' || b > '~' ? String.format("\\x%02X", b) : (char) b);
            }
        }

        void tell(StringBuilder text) {
            text.append("  ").append(what).append('\n');
            if (count > 0) {
                text.append("    ").append(shown.toString().stripTrailing()).append('\n');
            }
            if (total > count) {
                text.append("    (").append(total).append(" bytes in all)\n");
            }
        }
    }
}
