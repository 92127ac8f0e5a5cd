package tinygate.iouring;

import org.junit.jupiter.api.Assumptions;

/** What an exercise asks of the machine before it begins. */
final class NeededHere {
    private NeededHere() {}

    /** Where io_uring is refused, what needs a ring cannot be graded: the preflight tells why. */
    static void ioUring() {
        Preflight found = Preflight.check();
        if (!found.ok()) {
            Assumptions.abort(found.reason());
        }
    }
}
