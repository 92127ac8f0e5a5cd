package tinygate.workers;

import java.io.IOException;

/**
 * A connection broke or made a worker wait too long; says which one, so that one handler serves.
 */
final class WireFailure extends IOException {
    private static final long serialVersionUID = 1L;

    private final transient Wire wire;
    private final boolean timedOut;

    WireFailure(Wire wire, boolean timedOut, Throwable cause) {
        super(timedOut ? "timed out" : String.valueOf(cause), cause);
        this.wire = wire;
        this.timedOut = timedOut;
    }

    Wire wire() {
        return wire;
    }

    boolean timedOut() {
        return timedOut;
    }
}
