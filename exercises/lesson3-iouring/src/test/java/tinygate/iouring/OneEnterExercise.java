package tinygate.iouring;

import static tinygate.iouring.IoUringConstants.IORING_SETUP_DEFER_TASKRUN;
import static tinygate.iouring.IoUringConstants.IORING_SETUP_SINGLE_ISSUER;

import io.prometheus.metrics.core.metrics.Counter;
import java.io.UncheckedIOException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import tinygate.kit.Exercise;
import tinygate.kit.Story;
import tinygate.linux.LinuxException;
import tinygate.observe.Stats;

/** Exercise 3.8: the system call that io_uring has left, and how seldom it is made. */
@Exercise(
        id = "3.8",
        title = "One enter per batch",
        points = 15,
        minutes = 30,
        chapter = "lesson3.html#ex-3-8",
        code = {"tinygate.iouring.EnteringSubmitter", "tinygate.iouring.SubmissionWriter"},
        seconds = 15,
        hints = {
            """
            submit() and submitAndWait() publish what was written and enter the kernel once, whatever there is. How many
            entries it shall take is what it has not taken so far, submissions().pending(), not only what is new: it may
            have left some behind the last time.""",
            """
            submitAndWait(): minComplete is 1, but 0 if the timeout is 0, and the flag GETEVENTS stands in any case:
            without it the kernel neither waits nor delivers completions that it has held back. What enter() answers goes
            through RingErrors.entered, which knows what is no error.""",
            """
            next(): the entry that queue.next() gives; if there is none, count it, submit() and try again, a thousand
            times at most (MOST_TRIES), then an IllegalStateException that says what is wrong. In the usual case nothing
            is submitted here.""",
        })
public class OneEnterExercise {
    private TestRing test;
    private Counter full;
    private SubmissionWriter writer;

    @BeforeAll
    static void aRingCanBeMade() {
        NeededHere.ioUring();
    }

    @BeforeEach
    void open() throws LinuxException {
        test = new TestRing(64, 256);
        full = new Stats().counter("full", "Times the queue was full.");
        writer = new SubmissionWriter(test.ring.submissions(), test.submitter, full);
    }

    @AfterEach
    void close() {
        test.close();
    }

    private int completions(Story story, long first) {
        int count = 0;
        while (test.completions.next()) {
            long userData = test.completions.userData();
            story.expect("the user data of completion " + count, first + count, userData);
            count++;
        }
        test.completions.release();
        return count;
    }

    private void nops(int count) {
        for (int i = 0; i < count; i++) {
            writer.next().nop().userData(i);
        }
    }

    @Test
    @Order(1)
    void aBatchIsOneSystemCall(Story story) throws LinuxException {
        long before = test.linux.calls();
        story.step("64 operations are written, then submitAndWait()");
        nops(64);
        test.submitter.submitAndWait(TestRing.WAIT_NANOS);
        story.expect("operations that are completed", 64, completions(story, 0));
        story.expect("system calls", 1L, test.linux.calls() - before);
    }

    @Test
    @Order(2)
    void submitHandsOverAndDoesNotWait(Story story) throws LinuxException {
        int fd = test.pair()[0];
        long before = test.linux.calls();
        story.step("an operation that will not complete is written (a poll), then submit()");
        writer.next().poll(0).fd(fd).userData(99);
        test.submitter.submit();
        story.expect("system calls", 1L, test.linux.calls() - before);
        story.expect("entries that the kernel has not taken", 0, test.ring.submissions().pending());
    }

    @Test
    @Order(3)
    void aTimeoutOfZeroLooksAndDoesNotWait(Story story) throws LinuxException {
        story.step("nothing was written; submitAndWait(0)");
        test.submitter.submitAndWait(0);
        story.expect("operations that are completed", 0, completions(story, 0));
        story.step("3 operations are written; submitAndWait(0)");
        nops(3);
        test.submitter.submitAndWait(0);
        story.expect("operations that are completed", 3, completions(story, 0));
    }

    @Test
    @Order(4)
    void aWaitEndsWhenItsTimeIsOverAndThatIsNoError(Story story) throws LinuxException {
        long begin = System.nanoTime();
        story.step("nothing was written; submitAndWait(30 ms)");
        test.submitter.submitAndWait(TimeUnit.MILLISECONDS.toNanos(30));
        long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);
        story.expect("it has waited at least 29 ms, it was " + millis, millis >= 29);
    }

    @Test
    @Order(5)
    void aWaitEndsWithTheFirstCompletion(Story story) throws LinuxException {
        story.step("an operation that will not complete, and one that will; submitAndWait()");
        writer.next().poll(0).fd(test.pair()[0]).userData(99);
        writer.next().nop().userData(0);
        test.submitter.submitAndWait(TestRing.WAIT_NANOS);
        story.expect("operations that are completed", 1, completions(story, 0));
    }

    @Test
    @Order(6)
    void whatTheKernelHasLeftIsHandedOverTheNextTime(Story story) throws LinuxException {
        // Without SUBMIT_ALL a kernel that refuses an entry leaves those behind it.
        int flags = IORING_SETUP_SINGLE_ISSUER | IORING_SETUP_DEFER_TASKRUN;
        try (Ring ring = new Ring(test.linux, new RingSetup(8, 8, 1, flags, 0))) {
            ring.enable();
            Submitter submitter = new EnteringSubmitter(ring);
            story.step("an entry that the kernel refuses is written, and two good ones behind it");
            ring.submissions().next().close().registered(0).userData(1);
            ring.submissions().next().nop().userData(2);
            ring.submissions().next().nop().userData(3);
            submitter.submitAndWait(0);
            int left = ring.submissions().pending();
            story.step("submitAndWait(), while %s entries are left and none is new", left);
            submitter.submitAndWait(0);
            story.expect("entries that are left", 0, ring.submissions().pending());
        }
    }

    @Test
    @Order(7)
    void completionsThatWereHeldBackAreDelivered(Story story) throws LinuxException {
        try (TestRing small = new TestRing(4, 4)) {
            SubmissionWriter small4 =
                    new SubmissionWriter(small.ring.submissions(), small.submitter, full);
            story.step("a completion queue of 4 places, and 20 operations that complete at once");
            for (int i = 0; i < 20; i++) {
                small4.next().nop().userData(i);
                small.submitter.submit();
            }
            int seen = 0;
            for (int look = 1; look <= 10 && seen < 20; look++) {
                story.step("look %s: submitAndWait(0)", look);
                small.submitter.submitAndWait(0);
                while (small.completions.next()) {
                    long userData = small.completions.userData();
                    story.expect("the user data of completion " + seen, (long) seen, userData);
                    seen++;
                }
                small.completions.release();
            }
            story.expect("completions that came", 20, seen);
        }
    }

    @Test
    @Order(8)
    void aFullQueueIsHandedOverEarlierAndCounted(Story story) throws LinuxException {
        long before = test.linux.calls();
        story.step("100 operations are written into a queue of 64, then submitAndWait()");
        nops(100);
        test.submitter.submitAndWait(TestRing.WAIT_NANOS);
        story.expect("operations that are completed", 100, completions(story, 0));
        story.expect("system calls", 2L, test.linux.calls() - before);
        story.expect("times the queue was full, as counted", 1L, full.getLongValue());
    }

    @Test
    @Order(9)
    void aKernelThatTakesNothingIsAFaultAndNoEndlessLoop(Story story) {
        story.step("a submitter that hands nothing over, and a queue of 64 that is full");
        SubmissionWriter stuck =
                new SubmissionWriter(test.ring.submissions(), submitter(null), full);
        for (int i = 0; i < 64; i++) {
            stuck.next().nop();
        }
        Exception thrown = null;
        try {
            stuck.next();
        } catch (IllegalStateException fault) {
            thrown = fault;
        }
        story.expect("next() throws an IllegalStateException", thrown != null);
    }

    @Test
    @Order(10)
    void anErrorThatWillNotPassIsThrown(Story story) throws LinuxException {
        story.step("a ring that was not enabled is entered: the kernel answers EBADFD");
        for (boolean wait : new boolean[] {false, true}) {
            boolean thrown = false;
            try (Ring ring = new Ring(test.linux, RingSetup.ofOneThread(4, 4, 1))) {
                Submitter submitter = new EnteringSubmitter(ring);
                if (wait) {
                    submitter.submitAndWait(0);
                } else {
                    submitter.submit();
                }
            } catch (LinuxException refused) {
                thrown = true;
            }
            story.expect((wait ? "submitAndWait(0)" : "submit()") + " throws it", thrown);
        }
    }

    /** One that hands nothing over, or fails. */
    private static Submitter submitter(LinuxException failure) {
        return new Submitter() {
            @Override
            public void submit() throws LinuxException {
                if (failure != null) {
                    throw failure;
                }
            }

            @Override
            public void submitAndWait(long timeoutNanos) throws LinuxException {
                submit();
            }
        };
    }

    @Test
    @Order(11)
    void aSubmitterThatFailsIsNotKeptSecret(Story story) {
        story.step("a full queue, and a submitter that fails with EBADF");
        LinuxException failure = new LinuxException("io_uring_enter", "", -9);
        SubmissionWriter failing =
                new SubmissionWriter(test.ring.submissions(), submitter(failure), full);
        for (int i = 0; i < 64; i++) {
            failing.next().nop();
        }
        Throwable cause = null;
        try {
            failing.next();
        } catch (UncheckedIOException e) {
            cause = e.getCause();
        }
        story.expect("next() throws it, wrapped", failure, cause);
    }
}
