package tinygate.sqpoll;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import tinygate.Gate;
import tinygate.PollerSettings;
import tinygate.Settings;
import tinygate.contract.Bench;
import tinygate.contract.RawClient;
import tinygate.contract.TestedGate;
import tinygate.iouring.ModelKernel;
import tinygate.kit.Exercise;
import tinygate.kit.NeedsLinux;
import tinygate.kit.Story;
import tinygate.linux.Errno;
import tinygate.linux.LinuxException;

/**
 * Exercise 4.7: the end of a turn, without a system call if there is work, and asleep if there is
 * none. The kernel is a model, and in the last test the real one, with a real gate.
 */
@Exercise(
        id = "4.7",
        title = "Near zero system calls",
        points = 15,
        minutes = 30,
        chapter = "lesson4.html#ex-4-7",
        code = {"tinygate.sqpoll.SqPollSubmitter"},
        seconds = 60,
        hints = {
            """
            handover has both halves of submit(). submitAndWait() publishes in any case, and then there are three: the
            completions have overflowed; it must not wait (0); it waits.""",
            """
            To wait is to look first, forCompletions.await(completed, limit), where a negative timeout is no limit
            (Long.MAX_VALUE). Only if that was in vain, and some of the time is left, the kernel is entered: enter(1, what
            is left), or a negative number to wait for ever.""",
            """
            submissions.completionsOverflowed(): enter(0, 0), whatever the timeout, and nothing else: what was kept back
            is there then. Completions that are there already make no wait at all, since await() looks once at least.""",
        })
public class NearZeroExercise implements NeedsLinux, TestedGate {
    private static final int REQUESTS = 100;
    private static final int MOST_CALLS = 2;
    private static final long LONG_NANOS = TimeUnit.SECONDS.toNanos(20);
    private static final long MOMENT_NANOS = TimeUnit.MILLISECONDS.toNanos(40);

    /** So long that nobody sleeps while there is work, however busy the machine is otherwise. */
    private static final PollerSettings NEVER_SLEEPING =
            new PollerSettings(-1, 60_000, 10_000_000, false);

    private final LongAdder wakeUps = new LongAdder();
    private ModelKernel kernel;

    @BeforeEach
    void open() throws LinuxException {
        kernel = new ModelKernel();
    }

    @AfterEach
    void close() {
        kernel.close();
    }

    @Override
    public Gate newGate(Settings settings) {
        return new SqPollGate(settings);
    }

    private SqPollSubmitter submitter(long busyNanos) {
        return new SqPollSubmitter(
                kernel.submissions(), kernel.completions(), kernel::enter, busyNanos, wakeUps);
    }

    @Test
    @Order(1)
    void workThatIsDoneAtOnceNeedsNoSystemCall(Story story) throws LinuxException {
        SqPollSubmitter submitter = submitter(0);
        kernel.becomeQuick();
        story.step("1000 times: an operation is written; submitAndWait(20 s); it is completed");
        for (int i = 0; i < 1_000; i++) {
            kernel.write(i);
            submitter.submitAndWait(LONG_NANOS);
            story.expect("operation " + i + " is completed", kernel.completions().next());
            story.expect("its user data", (long) i, kernel.completions().userData());
            kernel.completions().release();
            story.expect("system calls", "", kernel.calls());
        }
    }

    @Test
    @Order(2)
    void submitHandsOverAndWaitsUntilItIsTaken(Story story) throws LinuxException {
        SqPollSubmitter submitter = submitter(0);
        story.step("two entries are written, the poller sleeps; submit()");
        kernel.fallAsleep();
        kernel.write(1);
        kernel.write(2);
        submitter.submit();
        story.expect("entries that the poller has taken", 2, kernel.taken().size());
        story.expect("system calls", "SQ_WAKEUP, SQ_WAIT, SQ_WAIT", kernel.calls());
    }

    @Test
    @Order(3)
    void aTurnThatMustNotWaitPublishesAndGoesOn(Story story) throws LinuxException {
        SqPollSubmitter submitter = submitter(LONG_NANOS);
        story.step("an entry is written, the poller has not come to it; submitAndWait(0)");
        kernel.write(1);
        submitter.submitAndWait(0);
        story.expect("the tail that the poller sees", 1, kernel.published());
        story.expect("system calls", "", kernel.calls());
    }

    @Test
    @Order(4)
    void aTurnWithoutWorkSleepsInTheKernelForTheRestOfItsTime(Story story) throws LinuxException {
        SqPollSubmitter submitter = submitter(0);
        story.step("nothing is written, a wait looks once only; submitAndWait(20 s)");
        submitter.submitAndWait(LONG_NANOS);
        story.expect("system calls", "GETEVENTS for 1", kernel.calls());
        long nanos = kernel.timeoutNanos();
        story.expect("its time limit, " + nanos + " ns, is positive", nanos > 0);
        story.expect("its time limit, " + nanos + " ns, is not longer", nanos <= LONG_NANOS);
    }

    @Test
    @Order(5)
    void aWaitWithoutLimitHasNoneInTheKernel(Story story) throws LinuxException {
        SqPollSubmitter submitter = submitter(0);
        story.step("nothing is written, a wait looks once only; submitAndWait(-1)");
        submitter.submitAndWait(-1);
        story.expect("system calls", "GETEVENTS for 1", kernel.calls());
        story.expect("its time limit is negative, for ever", kernel.timeoutNanos() < 0);
    }

    @Test
    @Order(6)
    void aWaitThatHasLookedUntilItsTimeWasOverDoesNotSleepAsWell(Story story)
            throws LinuxException {
        SqPollSubmitter submitter = submitter(LONG_NANOS);
        story.step("nothing completes, a wait looks for up to 20 s; submitAndWait(40 ms)");
        submitter.submitAndWait(MOMENT_NANOS);
        story.expect("system calls", "", kernel.calls());
    }

    @Test
    @Order(7)
    void completionsThatWereKeptBackAreFetchedWithoutAWait(Story story) throws LinuxException {
        SqPollSubmitter submitter = submitter(LONG_NANOS);
        for (long timeout : new long[] {LONG_NANOS, 0}) {
            String before = kernel.calls();
            story.step("3 completions did not fit into the queue; submitAndWait(%s ns)", timeout);
            kernel.keepBack(3);
            submitter.submitAndWait(timeout);
            String calls = kernel.calls().substring(before.isEmpty() ? 0 : before.length() + 2);
            story.expect("system calls", "GETEVENTS for 0", calls);
            for (int i = 1; i <= 3; i++) {
                story.expect("completion " + i + " is there", kernel.completions().next());
            }
            kernel.completions().release();
        }
    }

    @Test
    @Order(8)
    void aSignalPassesAndABadDescriptorDoesNot(Story story) throws LinuxException {
        SqPollSubmitter submitter = submitter(0);
        story.step("a signal ends the wait (EINTR); submitAndWait(20 s)");
        kernel.failOnce(Errno.EINTR);
        submitter.submitAndWait(LONG_NANOS);
        story.step("the kernel answers EBADF; submitAndWait(20 s)");
        kernel.failOnce(Errno.EBADF);
        Errno thrown = null;
        try {
            submitter.submitAndWait(LONG_NANOS);
        } catch (LinuxException refused) {
            thrown = refused.errno();
        }
        story.expect("what is thrown", Errno.EBADF, thrown);
    }

    @Test
    @Order(9)
    void aBusyGateMakesNextToNoSystemCall(Bench bench, Story story) throws IOException {
        NeededHere.poller();
        bench.settings(s -> s.withPoller(NEVER_SLEEPING));
        bench.upstreams(bench.named("a").address());
        SqPollGate gate = (SqPollGate) bench.gate();
        RawClient client = bench.client();
        story.step("a request opens the connections of a real gate");
        story.expect("the answer", "a", client.ask(Bench.GET).text());
        long before = gate.systemCalls();
        story.step("%s requests one after the other", REQUESTS);
        for (int i = 0; i < REQUESTS; i++) {
            story.expect("the answer", "a", client.ask(Bench.GET).text());
        }
        long calls = gate.systemCalls() - before;
        story.expect("at most " + MOST_CALLS + " calls, not " + calls, calls <= MOST_CALLS);
    }
}
