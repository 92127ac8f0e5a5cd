package tinygate;

import static tinygate.InvalidSetting.checkRange;

/**
 * How the rings of lessons 3 and 4 are used. The part {@code ring} of {@link Settings}; lessons 1
 * and 2 have none. Each technique can be left out, to see what it is worth.
 *
 * @param deferTaskrun whether the kernel leaves its part of an operation until the loop waits; else
 *     it interrupts the loop for it (lesson 3 alone: a poller is not interrupted)
 * @param multishot whether one receive serves for many requests; else one is written down for each
 *     piece that comes
 * @param batching whether the loop enters the kernel once for all that it has written in a turn;
 *     else for each operation on a connection, the last of them with the wait
 * @param bufferBytes the size of a buffer that the kernel receives into, on both sides; if a head
 *     of the largest size allowed does not fit, it is larger
 */
public record RingSettings(
        boolean deferTaskrun, boolean multishot, boolean batching, int bufferBytes) {
    /** A body of 64 KiB and its head come in one piece. */
    public static final RingSettings DEFAULTS = new RingSettings(true, true, true, 72 * 1024);

    public RingSettings {
        checkRange("ring.bufferBytes", bufferBytes, 16 * 1024, 1024 * 1024);
    }
}
