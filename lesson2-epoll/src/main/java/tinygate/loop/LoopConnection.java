package tinygate.loop;

import tinygate.linux.Sockets;
import tinygate.relay.Chunk;
import tinygate.relay.Side;
import tinygate.upstream.Upstream;

/**
 * One socket of a loop, as a {@link LoopDriver} uses it. How bytes get in and out is each lesson's
 * own.
 */
public abstract class LoopConnection {
    public final Side side;
    protected final int fd;
    protected final Outgoing outgoing = new Outgoing();
    private final Sockets sockets;
    private Upstream keptFor; // not null while it is idle
    long keptSinceNanos; // by the clock of the kept connections

    protected LoopConnection(Sockets sockets, int fd, Side side) {
        this.sockets = sockets;
        this.fd = fd;
        this.side = side;
    }

    /** From now on nobody uses it, until an exchange with this upstream takes it. */
    protected void keepFor(Upstream upstream) {
        keptFor = upstream;
    }

    /** It is used again, or closed. */
    final void noLongerKept() {
        keptFor = null;
    }

    /** Whom it is kept for while it is idle, else null. */
    public final Upstream keptFor() {
        return keptFor;
    }

    /** Says whether bytes are wanted. */
    protected abstract void want(boolean wanted);

    /** Takes a chunk to be sent behind all others. */
    protected abstract void send(Chunk chunk);

    /** How many bytes were given to be sent and are not sent yet. */
    final long unsentBytes() {
        return outgoing.bytes();
    }

    /** Sends the FIN once all is sent. */
    protected abstract void finish();

    /** Whether nothing is under way in either direction. */
    protected abstract boolean quiet();

    /** Has its close send a reset. */
    final void resetOnClose() {
        sockets.resetOnClose(fd);
    }

    /** Closes it at once, whatever is unsent; nobody is told of it any more. */
    protected abstract void close();
}
