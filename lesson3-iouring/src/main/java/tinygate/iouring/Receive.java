package tinygate.iouring;

import tinygate.linux.Errno;

/**
 * One socket's receive: armed once, it goes on for every request. It is armed again when it ends
 * without being asked to, and cancelled while nothing is wanted.
 *
 * <p>Whether it is to be armed or cancelled is looked at once a turn, before the ring is entered
 * ({@link UnsettledReceives}), since what is wanted often changes there and back within a turn.
 */
final class Receive {
    boolean queued; // whether the loop will settle it before it enters the ring

    private final RingLoop loop;
    private final InFlight inFlight;
    private boolean open; // from when the socket is connected until nothing more can come
    private boolean wanted = true; // whether what comes is
    private boolean cancelling;
    private boolean everArmed;
    private boolean sparing; // one buffer at a time
    private boolean outOfBuffers;
    private boolean leftover; // whether something may wait in the socket that was not told

    Receive(RingLoop loop, InFlight inFlight) {
        this.loop = loop;
        this.inFlight = inFlight;
    }

    /** The socket is connected. */
    void open() {
        open = true;
        loop.unsettled.add(this);
    }

    /** Nothing more can come, or nobody would take it. */
    void close() {
        open = false;
    }

    boolean isOpen() {
        return open;
    }

    /** Says whether bytes are wanted. */
    void want(boolean now) {
        if (wanted != now) {
            wanted = now;
            loop.unsettled.add(this);
        }
    }

    /** Somebody else wants bytes from now on, and is not known to be slow. */
    void wantAnew() {
        sparing = false;
        want(true);
    }

    /** Whether all that has come was told, or will be: nothing waits in the socket without it. */
    boolean quiet() {
        return open && !leftover;
    }

    /** Whether it waits for a buffer. */
    boolean outOfBuffers() {
        return outOfBuffers;
    }

    /**
     * Arms or cancels it, as is wanted by now. A receive that goes on may fill 33 buffers before it
     * looks whether it was cancelled (Linux 6.18), and all of them would wait for a peer that reads
     * slowly; so one that had to be cancelled, or has used up the buffers before it could be, is
     * followed by single ones.
     *
     * @return whether it was armed
     */
    boolean settle() {
        // tag::arm[]
        if (!open) {
            return false;
        }
        if (!wanted) {
            sparing |= inFlight.has(Operation.RECEIVE) || outOfBuffers;
            cancel();
            return false;
        }
        if (inFlight.has(Operation.RECEIVE)) {
            return false;
        }
        outOfBuffers = false;
        leftover = false;
        int group = loop.buffers.group();
        SubmissionEntry entry = inFlight.begin(Operation.RECEIVE);
        if (sparing || !loop.settings.multishot()) {
            entry.receive(group);
        } else {
            // On a new connection nothing has come yet, mostly: trying would be for nothing.
            entry.receiveMultishot(group, !everArmed);
        }
        everArmed = true;
        return true;
    }

    /** Has it end; it is armed again if bytes are wanted then. */
    void cancel() {
        if (inFlight.has(Operation.RECEIVE) && !cancelling) {
            cancelling = true;
            inFlight.cancel(Operation.RECEIVE);
        }
    }

    // end::arm[]

    /** The kernel has not found it to cancel, and may find it now if it goes on. */
    void cancelFoundNothing() {
        if (cancelling) {
            inFlight.cancel(Operation.RECEIVE);
        }
    }

    // tag::came[]
    /**
     * One of its completions has come.
     *
     * @param more whether it goes on; if not, it must be armed again, whatever the result
     * @param filled whether it has filled its buffer, so that there may be more than went into it
     */
    void completed(int result, boolean more, boolean filled) {
        if (!more) {
            inFlight.ended(Operation.RECEIVE);
            cancelling = false;
            loop.unsettled.add(this);
        }
        leftover = filled || result < 0;
        if (Errno.ENOBUFS.is(result)) {
            outOfBuffers = true;
        } else if (result <= 0 && !Errno.ECANCELED.is(result)) {
            close();
        }
    }
    // end::came[]
}
