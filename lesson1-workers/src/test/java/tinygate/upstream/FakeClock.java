package tinygate.upstream;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/** A nanosecond clock that stands still until a test moves it. */
final class FakeClock implements LongSupplier {
    private final AtomicLong nanos;

    FakeClock(long startNanos) {
        nanos = new AtomicLong(startNanos);
    }

    void advance(Duration duration) {
        nanos.addAndGet(duration.toNanos());
    }

    @Override
    public long getAsLong() {
        return nanos.get();
    }
}
