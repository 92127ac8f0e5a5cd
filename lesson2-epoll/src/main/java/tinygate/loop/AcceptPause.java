package tinygate.loop;

import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tinygate.linux.Errno;

/**
 * The pause of a loop that cannot accept, because no descriptor is left (EMFILE, ENFILE) or no
 * memory: an accept at once would fail again, and so for ever (accept(2), ERRORS). The clients wait
 * in the kernel's queue meanwhile.
 */
public final class AcceptPause extends TimerWheel.Entry {
    private static final Logger LOG = LoggerFactory.getLogger(AcceptPause.class);
    private static final long NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private final TimerWheel timers;
    private final Runnable resume;
    private long endNanos;

    /**
     * @param resume begins to accept again
     */
    public AcceptPause(TimerWheel timers, Runnable resume) {
        this.timers = timers;
        this.resume = resume;
    }

    /**
     * Begins a pause.
     *
     * @param error what the accept has answered, as {@code -errno}
     */
    public void begin(int error) {
        LOG.warn("cannot accept, will try again: {}", Errno.of(error));
        endNanos = System.nanoTime() + NANOS;
        timers.update(this);
    }

    /** Ends it for good: nothing is to be accepted any more. */
    public void cancel() {
        timers.remove(this);
    }

    @Override
    protected long deadlineNanos() {
        return endNanos;
    }

    @Override
    protected void expired() {
        resume.run();
    }
}
