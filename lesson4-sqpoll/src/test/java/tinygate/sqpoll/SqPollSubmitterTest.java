package tinygate.sqpoll;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tinygate.iouring.NeedsIoUring;
import tinygate.linux.LinuxException;

/** A ring with a poller of this machine's kernel: awake, asleep, and at the limits. */
@NeedsIoUring
@Timeout(120)
class SqPollSubmitterTest {
    private static final int NEVER_MILLIS = 60_000;
    private static final int SOON_MILLIS = 1;
    private static final long LONG_NANOS = PolledRing.WAIT_NANOS;

    @Test
    void aBusyRingMakesNoSystemCall() throws LinuxException {
        try (PolledRing ring = new PolledRing(8, 8, NEVER_MILLIS, LONG_NANOS)) {
            ring.next().nop().userData(-1);
            ring.expect(-1); // a new poller may have gone to sleep
            long before = ring.linux.calls();
            for (int i = 0; i < 1_000; i++) {
                ring.next().nop().userData(i);
                ring.expect(i);
            }
            assertThat(ring.linux.calls() - before).as("system calls").isZero();
        }
    }

    @Test
    void aPollerThatSleepsIsWokenForEachOfATrickle() throws LinuxException {
        try (PolledRing ring = new PolledRing(8, 8, SOON_MILLIS, 0)) {
            for (int i = 0; i < 50; i++) {
                ring.awaitSleep();
                ring.next().nop().userData(i);
                ring.expect(i);
                assertThat(ring.wakeUps.sum()).isEqualTo(i + 1);
            }
        }
    }

    /** No wait between the rounds, so that the poller is met at every point of going to sleep. */
    @Test
    void aPollerThatIsAboutToSleepLosesNothing() throws LinuxException {
        try (PolledRing ring = new PolledRing(8, 8, SOON_MILLIS, 0)) {
            long pause = TimeUnit.MILLISECONDS.toNanos(1);
            for (int i = 0; i < 500; i++) {
                ring.submitter.submitAndWait(pause + i % 50 * pause / 10);
                ring.next().nop().userData(i);
                ring.expect(i);
            }
        }
    }

    @Test
    void aPollerThatSleepsIsNotWokenForNothing() throws LinuxException {
        try (PolledRing ring = new PolledRing(8, 8, SOON_MILLIS, 0)) {
            ring.awaitSleep();
            for (int i = 0; i < 20; i++) {
                ring.submitter.submitAndWait(TimeUnit.MILLISECONDS.toNanos(1));
                assertThat(ring.submissions.pollerSleeps()).isTrue();
            }
            assertThat(ring.wakeUps.sum()).isZero();
        }
    }

    @Test
    void aFullQueueHasRoomAgainWhenThePollerHasTakenAll() throws LinuxException {
        try (PolledRing ring = new PolledRing(4, 4096, SOON_MILLIS, 0)) {
            for (int i = 0; i < 4_000; i++) {
                if (ring.submissions.pending() == 4) {
                    ring.submitter.submit();
                    assertThat(ring.submissions.pending()).isZero();
                }
                ring.next().nop().userData(i);
            }
            for (int i = 0; i < 4_000; i++) {
                ring.expect(i);
            }
        }
    }

    @Test
    void aPollerThatRingsShareIsWokenByEachAndServesAll() throws LinuxException {
        SqPollMode mode = PolledRing.mode(8, 8, SOON_MILLIS);
        try (PolledRing first = new PolledRing(mode, 0);
                PolledRing second = new PolledRing(mode, 0)) {
            for (int i = 0; i < 20; i++) {
                for (PolledRing ring : List.of(first, second)) {
                    first.awaitSleep();
                    second.awaitSleep();
                    ring.next().nop().userData(i);
                    ring.expect(i);
                    assertThat(ring.wakeUps.sum()).isEqualTo(i + 1);
                }
            }
        }
    }

    @Test
    void aPollerThatRingsShareOutlivesTheRingThatBroughtIt() throws LinuxException {
        SqPollMode mode = PolledRing.mode(8, 8, SOON_MILLIS);
        PolledRing first = new PolledRing(mode, 0);
        try (PolledRing second = new PolledRing(mode, 0)) {
            first.close();
            second.next().nop().userData(1);
            second.expect(1);
            second.awaitSleep();
            second.next().nop().userData(2);
            second.expect(2);
        }
    }

    @Test
    void completionsThatDidNotFitAreDelivered() throws LinuxException {
        try (PolledRing ring = new PolledRing(4, 4, NEVER_MILLIS, LONG_NANOS)) {
            for (int i = 0; i < 20; i++) {
                ring.next().nop().userData(i);
                ring.submitter.submit();
            }
            assertThat(ring.submissions.completionsOverflowed()).isTrue();
            for (int i = 0; i < 20; i++) {
                ring.expect(i);
            }
            assertThat(ring.submissions.completionsOverflowed()).isFalse();
        }
    }

    @Test
    void aWaitEndsWhenItsTimeIsOverBusyOrNot() throws LinuxException {
        long limit = TimeUnit.MILLISECONDS.toNanos(30);
        for (long busyNanos : new long[] {0, LONG_NANOS}) {
            try (PolledRing ring = new PolledRing(4, 4, NEVER_MILLIS, busyNanos)) {
                long begin = System.nanoTime();
                ring.submitter.submitAndWait(limit);
                assertThat(System.nanoTime() - begin).isBetween(limit, LONG_NANOS);
                assertThat(ring.completions.next()).isFalse();
            }
        }
    }

    @Test
    void aWaitThatLookedUntilItsTimeWasOverDoesNotSleepAsWell() throws LinuxException {
        try (PolledRing ring = new PolledRing(4, 4, NEVER_MILLIS, LONG_NANOS)) {
            long before = ring.linux.calls();
            ring.submitter.submitAndWait(TimeUnit.MILLISECONDS.toNanos(30));
            assertThat(ring.linux.calls()).isEqualTo(before);
        }
    }
}
