package tinygate;

import java.time.Duration;

/** How many client connections a gate has, and a way to wait until the last one is gone. */
public final class ConnectionCount {
    private int count;

    /** One more; returns how many there are now. */
    public synchronized int opened() {
        return ++count;
    }

    /** One less. */
    public synchronized void closed() {
        if (--count == 0) {
            notifyAll();
        }
    }

    /**
     * Waits until there is none.
     *
     * @return false if there still are some at the limit
     */
    public synchronized boolean awaitNone(Duration limit) throws InterruptedException {
        long end = System.nanoTime() + limit.toNanos();
        while (count > 0) {
            long leftMillis = (end - System.nanoTime()) / 1_000_000;
            if (leftMillis <= 0) {
                return false;
            }
            wait(leftMillis);
        }
        return true;
    }
}
