package tinygate.sqpoll;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How long a wait looks, after waits that went well or not. */
@Timeout(60)
class BusyWaitTest {
    private static final long MOST = TimeUnit.MILLISECONDS.toNanos(64);

    private static long nanosInVain(BusyWait wait, long limit) {
        long begin = System.nanoTime();
        assertThat(wait.await(() -> false, limit)).isFalse();
        return System.nanoTime() - begin;
    }

    @Test
    void itLooksOnceEvenWithoutTime() {
        BusyWait none = new BusyWait(0);
        assertThat(none.await(() -> true, 0)).isTrue();
        assertThat(none.await(() -> false, Long.MAX_VALUE)).isFalse();
    }

    @Test
    void itLooksForAsLongAsItMayAndNotLonger() {
        assertThat(nanosInVain(new BusyWait(MOST), Long.MAX_VALUE)).isGreaterThanOrEqualTo(MOST);
        int[] looks = new int[1];
        new BusyWait(Long.MAX_VALUE).await(() -> ++looks[0] > 1_000_000_000, MOST);
        assertThat(looks[0]).isLessThan(1_000_000_000);
    }

    @Test
    void waitsInVainGetShorterAndOneThatWasNotGetsLonger() {
        BusyWait wait = new BusyWait(MOST);
        long least = MOST;
        for (int i = 0; i < 20; i++) { // the shortest one counts: this thread may be held up
            least = Math.min(least, nanosInVain(wait, Long.MAX_VALUE));
        }
        assertThat(least).isBetween(MOST / 16, MOST / 2);
        for (int i = 0; i < 10; i++) {
            assertThat(wait.await(() -> true, Long.MAX_VALUE)).isTrue();
        }
        assertThat(nanosInVain(wait, Long.MAX_VALUE)).isGreaterThanOrEqualTo(MOST);
    }
}
