package tinygate.iouring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tinygate.linux.Linux;
import tinygate.linux.LinuxException;

/** A ring of this machine's kernel: submitting, waiting, and what happens at the limits. */
@Timeout(60)
@NeedsIoUring
class RingTest {
    private static final int RINGS = 40; // more than a thread may have registered

    @Test
    void whatIsSubmittedCompletesWithItsUserData() throws LinuxException {
        try (TestRing test = new TestRing(8, 8)) {
            test.next().nop().userData(0x1234_5678_9ABC_DEF0L);
            assertThat(test.resultOf(0x1234_5678_9ABC_DEF0L)).isZero();
            assertThat(test.completions.more()).isFalse();
            assertThat(test.completions.next()).isFalse();
        }
    }

    @Test
    void aBatchIsOneSystemCall() throws LinuxException {
        try (TestRing test = new TestRing(64, 64)) {
            for (int i = 0; i < 64; i++) {
                test.next().nop().userData(i);
            }
            long before = test.linux.calls();
            test.submitter.submitAndWait(TestRing.WAIT_NANOS);
            for (int i = 0; i < 64; i++) {
                assertThat(test.resultOf(i)).isZero();
            }
            assertThat(test.linux.calls() - before).isEqualTo(1);
        }
    }

    @Test
    void aKernelWithoutAnOptionalFlagMakesTheRingWithoutIt() throws LinuxException {
        RingSetup wanted = RingSetup.ofOneThread(8, 8, 1);
        RingSetup unknown = new RingSetup(8, 8, 1, wanted.flags(), 1 << 30);
        try (Ring ring = new Ring(new Linux(), unknown)) {
            assertThat(ring.flags() & 1 << 30).isZero();
            ring.enable();
            expectRoundTrips(ring); // through the array of indexes of older kernels
        }
    }

    private static void expectRoundTrips(Ring ring) throws LinuxException {
        Submitter submitter = new EnteringSubmitter(ring);
        for (int i = 0; i < 100; i++) {
            ring.submissions().next().nop().userData(i);
            submitter.submitAndWait(TestRing.WAIT_NANOS);
            assertThat(ring.completions().next()).isTrue();
            assertThat(ring.completions().userData()).isEqualTo(i);
            ring.completions().release();
        }
    }

    @Test
    void aRefusalNamesCauseAndCureAndLeavesNothingOpen() throws LinuxException {
        new Ring(new Linux(), RingSetup.ofOneThread(8, 8, 1)).close(); // whatever loads, loads here
        int open = openFiles();
        RingSetup impossible = new RingSetup(8, 8, 1, 1 << 30, 0);
        for (int i = 0; i < RINGS; i++) {
            assertThatThrownBy(() -> new Ring(new Linux(), impossible))
                    .isInstanceOf(LinuxException.class)
                    .hasMessageContaining("io_uring_setup failed with EINVAL")
                    .hasMessageContaining("Cure: use Linux 6.1 or newer");
        }
        assertThat(openFiles()).isLessThan(open + RINGS);
    }

    @Test
    void aClosedRingLeavesNoDescriptorAndNoRegistration() throws LinuxException {
        new TestRing(8, 8).close();
        int open = openFiles();
        for (int i = 0; i < RINGS; i++) {
            TestRing test = new TestRing(8, 8);
            assertThat(test.ring.isRegistered()).isTrue();
            test.close();
            test.ring.close();
        }
        assertThat(openFiles()).isLessThan(open + RINGS);
    }

    /** Those of this process; a client of an earlier test may close some of them meanwhile. */
    private static int openFiles() {
        return new File("/proc/self/fd").list().length;
    }

    @Test
    void aRingIsMadeByOneThreadAndUsedByTheOneThatEnablesIt() throws Exception {
        try (Ring ring = new Ring(new Linux(), RingSetup.ofOneThread(8, 8, 1))) {
            ring.submissions().next().nop();
            FutureTask<Void> use =
                    new FutureTask<>(
                            () -> {
                                ring.enable();
                                new EnteringSubmitter(ring).submitAndWait(TestRing.WAIT_NANOS);
                                return null;
                            });
            Thread thread = new Thread(use);
            thread.start();
            use.get(20, TimeUnit.SECONDS);
            assertThat(ring.completions().next()).isTrue();
            assertThatThrownBy(ring::enable).isInstanceOf(LinuxException.class);
            thread.join();
        }
    }

    @Test
    void aWaitEndsWhenItsTimeIsOver() throws LinuxException {
        try (TestRing test = new TestRing(8, 8)) {
            long begin = System.nanoTime();
            test.submitter.submitAndWait(TimeUnit.MILLISECONDS.toNanos(30));
            assertThat(System.nanoTime() - begin).isGreaterThan(TimeUnit.MILLISECONDS.toNanos(29));
            assertThat(test.completions.next()).isFalse();
        }
    }

    @Test
    void aFullSubmissionQueueHasRoomAgainAfterASubmit() throws LinuxException {
        try (TestRing test = new TestRing(4, 64)) {
            for (int i = 0; i < 20; i++) {
                SubmissionEntry entry = test.ring.submissions().next();
                if (entry == null) {
                    assertThat(i % 4).as("operations written before it was full").isZero();
                    test.submitter.submit();
                    entry = test.next();
                }
                entry.nop().userData(i);
            }
            for (int i = 0; i < 20; i++) {
                assertThat(test.resultOf(i)).isZero();
            }
        }
    }

    @Test
    void completionsThatDidNotFitAreKeptAndComeInOrder() throws LinuxException {
        try (TestRing test = new TestRing(4, 4)) {
            for (int i = 0; i < 20; i++) {
                test.next().nop().userData(i);
                test.submitter.submit();
            }
            assertThat(test.ring.submissions().completionsOverflowed()).isTrue();
            List<Long> seen = new ArrayList<>();
            while (seen.size() < 20) {
                test.submitter.submitAndWait(0); // a look is enough
                assertThat(test.completions.next()).as("a completion").isTrue();
                seen.add(test.completions.userData());
                test.completions.release();
            }
            assertThat(seen).isSorted().doesNotHaveDuplicates();
            assertThat(test.ring.submissions().completionsOverflowed()).isFalse();
        }
    }

    @Test
    void anEntryThatIsRefusedDoesNotKeepTheOthersBack() throws LinuxException {
        try (TestRing test = new TestRing(8, 8)) {
            test.next().nop().userData(1);
            test.next().close().fd(-1).userData(2);
            test.next().nop().userData(3);
            assertThat(test.resultOf(1)).isZero();
            assertThat(test.resultOf(2)).isNegative();
            assertThat(test.resultOf(3)).isZero();
        }
    }

    @Test
    void moreRoundTripsThanTheQueuesHavePlaces() throws LinuxException {
        try (TestRing test = new TestRing(4, 4)) {
            for (int i = 0; i < 100_000; i++) {
                test.next().nop().userData(i);
                assertThat(test.resultOf(i)).isZero();
            }
        }
    }
}
