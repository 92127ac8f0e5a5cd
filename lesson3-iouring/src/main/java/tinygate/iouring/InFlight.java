package tinygate.iouring;

import java.util.EnumSet;
import java.util.Set;
import tinygate.loop.Slots;

/**
 * Which operations of one socket the kernel has, at most one of each kind. As long as there is one,
 * the kernel holds the socket open, and may use the memory that it was given.
 */
final class InFlight {
    private final RingLoop loop;
    private final int fd;
    private final long token;
    private final Set<Operation> operations = EnumSet.noneOf(Operation.class);

    InFlight(RingLoop loop, int fd, long token) {
        this.loop = loop;
        this.fd = fd;
        this.token = token;
    }

    /** Writes down an operation on the socket; what it is exactly is added to the entry. */
    SubmissionEntry begin(Operation operation) {
        if (!loop.settings.batching()) {
            loop.writer.handOver();
        }
        SubmissionEntry entry = loop.writer.next().userData(UserData.of(operation, token));
        loop.names.name(entry, Slots.slot(token), fd);
        operations.add(operation);
        return entry;
    }

    /** Its last completion has come. */
    void ended(Operation operation) {
        operations.remove(operation);
    }

    boolean has(Operation operation) {
        return operations.contains(operation);
    }

    boolean isEmpty() {
        return operations.isEmpty();
    }

    /** Has it cancelled; that it ends is told by its own completion. */
    void cancel(Operation operation) {
        loop.writer.cancel(UserData.of(operation, token));
    }

    void cancelAll() {
        operations.forEach(this::cancel);
    }
}
