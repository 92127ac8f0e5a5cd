package tinygate.upstream;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import tinygate.Settings;

/**
 * What the exchanges with one upstream tell of its health: after some failures in a row it rests.
 *
 * <pre>
 *               failures in a row                    the rest is over
 *   in service ------------------> resting (a while) ----------------> on trial
 *       ^                             ^                                  |   |
 *       |                             +--------- one failure ------------+   |
 *       +------------------------------------- one success -----------------+
 * </pre>
 *
 * <p>A rest takes its full time: exchanges that began before it neither prolong it by failing nor
 * cut it short by succeeding, though a success still clears the count.
 */
final class PassiveHealth {
    private final int failuresAllowed;
    private final long restNanos;
    private final LongSupplier nanoTime;

    private int failuresInRow;
    private boolean rests;
    private long restEndsNanos;

    PassiveHealth(Settings.Health health, LongSupplier nanoTime) {
        this.failuresAllowed = health.failures();
        this.restNanos = TimeUnit.MILLISECONDS.toNanos(health.restMillis());
        this.nanoTime = nanoTime;
    }

    synchronized void succeeded() {
        failuresInRow = 0;
    }

    synchronized void failed() {
        // The count stays at the limit, so that after a rest one more failure is enough.
        failuresInRow = Math.min(failuresInRow + 1, failuresAllowed);
        if (failuresInRow == failuresAllowed && !resting()) {
            rests = true;
            restEndsNanos = nanoTime.getAsLong() + restNanos;
        }
    }

    synchronized boolean resting() {
        // nanoTime may be negative and may overflow: only the difference of two means anything.
        if (rests && nanoTime.getAsLong() - restEndsNanos >= 0) {
            rests = false;
        }
        return rests;
    }
}
