package tinygate.sqpoll;

import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import tinygate.iouring.ModelKernel;
import tinygate.kit.Exercise;
import tinygate.kit.NeedsLinux;
import tinygate.kit.Story;
import tinygate.linux.Errno;
import tinygate.linux.LinuxException;

/**
 * Exercise 4.3: a queue that somebody else empties, when he gets round to it. The kernel is a model
 * whose poller is quick, slow or asleep as the test says; in the last test it is the real one.
 */
@Exercise(
        id = "4.3",
        title = "A full submission queue",
        points = 15,
        minutes = 25,
        chapter = "lesson4.html#ex-4-3",
        code = {"tinygate.sqpoll.Handover"},
        seconds = 30,
        hints = {
            """
            publish(): only if there is something to publish (submissions.pending()), and only if wakeUp.publish() says so
            the kernel is entered. awaitRoom(): forRoom.await(taken, ROOM_NANOS) looks for a while and says whether all
            was taken.""",
            """
            If it was not: enter with IORING_ENTER_SQ_WAIT and look again, until it was; SQ_WAIT comes back when there is
            room for one entry, and then Thread.yield() lets a poller run that has no other processor. Look at
            submissions.pollerSleeps() each time, just before you enter: a poller that has fallen asleep meanwhile needs
            IORING_ENTER_SQ_WAKEUP in the same call.""",
            """
            while (!forRoom.await(taken, ROOM_NANOS)) { enter(IORING_ENTER_SQ_WAIT | wake); } with the flag SQ_WAKEUP as
            "wake" if the poller sleeps, else 0. And publish() counts: wakeUps.increment().""",
        })
public class FullQueueExercise implements NeedsLinux {
    private final LongAdder wakeUps = new LongAdder();
    private ModelKernel kernel;
    private Handover handover;

    @BeforeEach
    void open() throws LinuxException {
        kernel = new ModelKernel();
        handover = new Handover(kernel.submissions(), kernel::enter, wakeUps);
    }

    @AfterEach
    void close() {
        kernel.close();
    }

    @Test
    @Order(1)
    void aPollerThatIsAwakeSeesTheTailAndNobodyEntersTheKernel(Story story) throws LinuxException {
        story.step("two entries are written; the poller is awake; publish()");
        kernel.write(1);
        kernel.write(2);
        handover.publish();
        story.expect("the tail that the poller sees", 2, kernel.published());
        story.expect("system calls", "", kernel.calls());
        story.expect("wake-ups, as counted", 0L, wakeUps.sum());
    }

    @Test
    @Order(2)
    void aPollerThatSleepsIsWokenAndThatIsCounted(Story story) throws LinuxException {
        story.step("an entry is written; the poller sleeps; publish()");
        kernel.fallAsleep();
        kernel.write(1);
        handover.publish();
        story.expect("system calls", "SQ_WAKEUP", kernel.calls());
        story.expect("wake-ups, as counted", 1L, wakeUps.sum());
    }

    @Test
    @Order(3)
    void aPollerThatSleepsIsNotWokenForNothing(Story story) throws LinuxException {
        story.step("nothing is written; the poller sleeps; publish()");
        kernel.fallAsleep();
        handover.publish();
        story.expect("system calls", "", kernel.calls());
        story.expect("wake-ups, as counted", 0L, wakeUps.sum());
    }

    @Test
    @Order(4)
    void whereThePollerIsQuickNobodyEntersTheKernel(Story story) throws LinuxException {
        fill(story);
        story.step("the poller takes them; awaitRoom()");
        kernel.becomeQuick();
        handover.awaitRoom();
        story.expect("entries that it has taken", List.of(1L, 2L, 3L, 4L), kernel.taken());
        story.expect("system calls", "", kernel.calls());
    }

    @Test
    @Order(5)
    void aSlowPollerIsWaitedForInTheKernelUntilItHasTakenAll(Story story) throws LinuxException {
        fill(story);
        story.step("the poller takes one whenever somebody waits with SQ_WAIT; awaitRoom()");
        handover.awaitRoom();
        story.expect("entries that it has taken", List.of(1L, 2L, 3L, 4L), kernel.taken());
        story.expect("system calls", "SQ_WAIT, SQ_WAIT, SQ_WAIT, SQ_WAIT", kernel.calls());
    }

    @Test
    @Order(6)
    void aPollerThatHasFallenAsleepIsWokenAndWaitedForAtOnce(Story story) throws LinuxException {
        fill(story);
        story.step("the poller falls asleep before it has taken one; awaitRoom()");
        kernel.fallAsleep();
        handover.awaitRoom();
        story.expect("entries that it has taken", List.of(1L, 2L, 3L, 4L), kernel.taken());
        story.expect("the poller sleeps", false, kernel.sleeps());
    }

    private void fill(Story story) throws LinuxException {
        story.step("a queue of 4 is filled and published");
        for (int i = 1; i <= 4; i++) {
            kernel.write(i);
        }
        handover.publish();
    }

    @Test
    @Order(7)
    void aSignalPassesAndABadDescriptorDoesNot(Story story) throws LinuxException {
        fill(story);
        story.step("a signal interrupts the first wait (EINTR); awaitRoom()");
        kernel.failOnce(Errno.EINTR);
        handover.awaitRoom();
        story.expect("entries that the poller has taken", 4, kernel.taken().size());
        story.step("the poller sleeps, an entry is written, the kernel answers EBADF; publish()");
        kernel.fallAsleep();
        kernel.failOnce(Errno.EBADF);
        kernel.write(5);
        Errno thrown = null;
        try {
            handover.publish();
        } catch (LinuxException refused) {
            thrown = refused.errno();
        }
        story.expect("what is thrown", Errno.EBADF, thrown);
    }

    @Test
    @Order(8)
    void nothingIsLostOnThisMachinesKernel(Story story) throws LinuxException {
        NeededHere.poller();
        try (PolledRing ring = new PolledRing(4, 1024, 1, 0)) {
            Handover real = new Handover(ring.submissions, ring.ring::enter, wakeUps);
            story.step("1000 operations through a queue of 4, by the real kernel");
            for (int i = 0; i < 1_000; i++) {
                ring.next().nop().userData(i);
                if (ring.submissions.pending() == 4) {
                    real.publish();
                    real.awaitRoom();
                    story.expect("entries that are left", 0, ring.submissions.pending());
                }
            }
            for (int i = 0; i < 1_000; i++) {
                ring.expect(i);
            }
        }
    }
}
