package tinygate;

import static tinygate.InvalidSetting.checkRange;

/**
 * Lesson 4's poller: a thread of the kernel that looks for work in the submission queues. The part
 * {@code poller} of {@link Settings}; the other lessons have none.
 *
 * @param cpu the processor it runs on, -1 for any
 * @param idleMillis after so long without work it sleeps, and must be woken by a system call; until
 *     then it keeps a processor busy
 * @param busyWaitMicros so long the loops look for results, too, before they sleep; 0 not to
 * @param registeredFiles whether sockets are named by their places in a table of the ring
 */
public record PollerSettings(int cpu, int idleMillis, int busyWaitMicros, boolean registeredFiles) {
    public static final PollerSettings DEFAULTS = new PollerSettings(-1, 10, 200, false);

    /** The kernel takes an idle time of 0 for one second, so that is not offered. */
    public PollerSettings {
        checkRange("poller.cpu", cpu, -1, 4095);
        checkRange("poller.idleMillis", idleMillis, 1, 60_000);
        checkRange("poller.busyWaitMicros", busyWaitMicros, 0, 10_000_000);
    }
}
