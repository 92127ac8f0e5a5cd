package tinygate.iouring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.File;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tinygate.loop.UnmadeLoop;

@NeedsIoUring
@Timeout(60)
class RingLoopTest {
    private static final int TIMES = 20;

    @Test
    void aLoopThatCannotBeMadeGivesBackWhatItHadGot() throws IOException {
        UnmadeLoop.expectNothingLeft(IoUringGate::new);
    }

    @Test
    void aLoopThatCannotEnterItsRingClosesTheSocketOfACheckThatIsUnderWay() throws IOException {
        expectNothingLeft(
                () -> {
                    throw new IllegalStateException("the ring cannot be entered");
                });
    }

    @Test
    void aLoopThatHasNoMemoryEvenToEndGivesBackWhatItHas() throws IOException {
        expectNothingLeft(
                () -> {
                    throw new OutOfMemoryError("no memory");
                });
    }

    /** A loop that has begun a check fails at each turn from then on. */
    private static void expectNothingLeft(Runnable failure) throws IOException {
        failWhileChecking(failure);
        int files = openFiles();
        for (int i = 0; i < TIMES; i++) {
            failWhileChecking(failure);
        }
        assertThat(openFiles()).as("open files").isLessThan(files + TIMES);
    }

    private static void failWhileChecking(Runnable failure) throws IOException {
        try (StillLoop still = new StillLoop(4)) {
            StringBuilder written = new StringBuilder();
            still.turn =
                    () -> {
                        written.append(still.operations());
                        if (written.indexOf("CHECK") >= 0) {
                            failure.run();
                        }
                    };
            assertThatCode(still.loop::run).doesNotThrowAnyException();
        }
    }

    private static int openFiles() {
        return new File("/proc/self/fd").list().length;
    }
}
