package tinygate.workers;

import java.util.Collection;
import java.util.concurrent.TimeUnit;

/** Ends threads that may be blocked in I/O. */
final class Threads {
    private static final long LIMIT_NANOS = TimeUnit.SECONDS.toNanos(5);

    private Threads() {}

    /**
     * Interrupts threads and waits until they have ended. An interrupt closes the channel that a
     * thread is blocked on ({@link java.nio.channels.InterruptibleChannel}), so the wait is short.
     */
    static void stop(Collection<Thread> threads) {
        threads.forEach(Thread::interrupt);
        long end = System.nanoTime() + LIMIT_NANOS;
        boolean interrupted = false;
        for (Thread thread : threads) {
            try {
                long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
                thread.join(Math.max(1, left));
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
