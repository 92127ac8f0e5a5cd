package tinygate.netty;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * The one timer of an exchange. Deadlines move with almost every event, mostly to a later time; a
 * timer that is set to ring too early is left alone, and whoever hears it sets it anew.
 */
final class Timer {
    private final EventLoop loop;
    private final Runnable bell;
    private ScheduledFuture<?> pending; // null if it is not set
    private long atNanos;

    Timer(EventLoop loop, Runnable bell) {
        this.loop = loop;
        this.bell = bell;
    }

    /** Has it ring at this time, as {@link System#nanoTime}, or earlier. */
    void set(long nanos) {
        if (pending != null && nanos - atNanos >= 0) {
            return;
        }
        cancel();
        atNanos = nanos;
        long delayNanos = Math.max(0, nanos - System.nanoTime());
        pending = loop.schedule(this::ring, delayNanos, TimeUnit.NANOSECONDS);
    }

    void cancel() {
        if (pending != null) {
            pending.cancel(false);
            pending = null;
        }
    }

    private void ring() {
        pending = null;
        bell.run();
    }
}
