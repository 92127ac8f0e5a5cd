package tinygate.iouring;

import io.prometheus.metrics.core.metrics.Counter;
import tinygate.observe.Stats;

/**
 * How often a gate's rings reached their limits, as {@code /metrics} shows it. None of them loses
 * anything, unless the kernel has no memory left; each says that something is small for the load.
 *
 * @param submissionsFull the queue had no entry left before the end of a turn
 * @param completionsOverflowed the kernel had to keep completions until there was room
 * @param buffersExhausted a receive ended because no buffer was there
 */
record RingCounters(
        Counter submissionsFull, Counter completionsOverflowed, Counter buffersExhausted) {

    RingCounters(Stats stats) {
        this(
                stats.counter("ring_submissions_full", "Times a submission queue was full."),
                stats.counter(
                        "ring_completions_overflowed",
                        "Turns after which the kernel held completions back."),
                stats.counter(
                        "ring_buffers_exhausted", "Receives that ended for want of a buffer."));
    }
}
