package tinygate.sqpoll;

import static tinygate.iouring.IoUringConstants.IORING_SETUP_ATTACH_WQ;
import static tinygate.iouring.IoUringConstants.IORING_SETUP_COOP_TASKRUN;
import static tinygate.iouring.IoUringConstants.IORING_SETUP_DEFER_TASKRUN;
import static tinygate.iouring.IoUringConstants.IORING_SETUP_SINGLE_ISSUER;
import static tinygate.iouring.IoUringConstants.IORING_SETUP_SQPOLL;
import static tinygate.iouring.IoUringConstants.IORING_SETUP_SQ_AFF;
import static tinygate.iouring.IoUringConstants.IORING_SETUP_SUBMIT_ALL;

import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tinygate.PollerSettings;
import tinygate.iouring.Ring;
import tinygate.iouring.RingSetup;
import tinygate.kit.Exercise;
import tinygate.kit.Story;
import tinygate.linux.Linux;
import tinygate.linux.LinuxException;

/** Exercise 4.1: what is asked of the kernel, and words for what it refuses with EINVAL alone. */
@Exercise(
        id = "4.1",
        title = "Set-up",
        points = 10,
        minutes = 20,
        chapter = "lesson4.html#ex-4-1",
        code = {"tinygate.sqpoll.PollerFlags", "tinygate.sqpoll.SqPollMode"},
        hints = {
            """
            Flags are bits: (flags & FLAG) != 0 says whether one is set, | sets it. The three about task work speak of
            work that is done when the loop's thread enters the kernel; with a poller it need not.""",
            """
            checked(): without SQPOLL look at SQ_AFF alone, with it at the three others. A message such as
            "IORING_SETUP_SQ_AFF needs IORING_SETUP_SQPOLL: it places a poller, and there is none. Cure: leave it out, or
            add SQPOLL."
            SqPollMode: a processor was asked for if settings.cpu() >= 0; 0 is one.""",
            """
            setup(): setup(IORING_SETUP_SQ_AFF, settings.cpu(), 0), or setup(0, 0, 0) for any processor. ring(): the first
            time it is kept in "first"; each other one is made with setup(IORING_SETUP_ATTACH_WQ, 0, first.fd()).""",
        })
public class SetUpExercise {
    private static final int IDLE_MILLIS = 70;

    private static SqPollMode mode(int cpu) {
        return new SqPollMode(new PollerSettings(cpu, IDLE_MILLIS, 0, false), 8, 16, 2, 1);
    }

    private static String refusal(int flags) {
        try {
            PollerFlags.checked(flags);
            return "nothing was thrown";
        } catch (IllegalArgumentException refused) {
            return String.valueOf(refused.getMessage());
        }
    }

    private static void expectWord(Story story, String word, String message) {
        story.expect("the message, about " + word, word, message.contains(word) ? word : message);
    }

    @ParameterizedTest
    @Order(1)
    @ValueSource(
            ints = {
                0,
                IORING_SETUP_SQPOLL,
                IORING_SETUP_SQPOLL | IORING_SETUP_SINGLE_ISSUER,
                IORING_SETUP_SQPOLL | IORING_SETUP_SQ_AFF,
                IORING_SETUP_SQPOLL | IORING_SETUP_ATTACH_WQ | IORING_SETUP_SUBMIT_ALL,
                IORING_SETUP_SINGLE_ISSUER | IORING_SETUP_DEFER_TASKRUN,
                IORING_SETUP_COOP_TASKRUN
            })
    void whatGoesTogetherComesBackUnchanged(int flags, Story story) {
        story.step("checked(0x" + Integer.toHexString(flags) + "); 0x2 is SQPOLL");
        story.expect("the flags", flags, PollerFlags.checked(flags));
    }

    @ParameterizedTest
    @Order(2)
    @CsvSource({"DEFER_TASKRUN, 8192", "COOP_TASKRUN, 256", "TASKRUN_FLAG, 512"})
    void aFlagThatExcludesAPollerIsRefusedInWords(String name, int flag, Story story) {
        story.step("SQPOLL and " + name + ", and SINGLE_ISSUER");
        String message = refusal(IORING_SETUP_SQPOLL | IORING_SETUP_SINGLE_ISSUER | flag);
        expectWord(story, "IORING_SETUP_" + name, message);
        expectWord(story, "Cure: ", message);
    }

    @Test
    @Order(3)
    void aPlaceForAPollerThatIsNotThereIsRefusedInWords(Story story) {
        story.step("SQ_AFF without SQPOLL");
        String message = refusal(IORING_SETUP_SQ_AFF | IORING_SETUP_SUBMIT_ALL);
        expectWord(story, "IORING_SETUP_SQ_AFF", message);
        expectWord(story, "Cure: ", message);
    }

    @Test
    @Order(4)
    void aRingAsksForAPollerAndSaysWhenItSleeps(Story story) {
        story.step("a poller on any processor, that sleeps after %s ms", IDLE_MILLIS);
        RingSetup setup = mode(-1).setup();
        story.expect("the flag SQPOLL", (setup.flags() & IORING_SETUP_SQPOLL) != 0);
        story.expect("the flag SUBMIT_ALL", (setup.flags() & IORING_SETUP_SUBMIT_ALL) != 0);
        story.expect("the flag SQ_AFF", false, (setup.flags() & IORING_SETUP_SQ_AFF) != 0);
        story.expect("milliseconds until it sleeps", IDLE_MILLIS, setup.poller().idleMillis());
        story.expect("places for submissions", 8, setup.submissions());
        story.expect("places for completions", 16, setup.completions());
        story.expect("buffers", 2, setup.buffers());
    }

    @ParameterizedTest
    @Order(5)
    @ValueSource(ints = {0, 1, 3})
    void aPollerIsPlacedOnTheProcessorThatWasNamed(int cpu, Story story) {
        story.step("poller.cpu is %s", cpu);
        RingSetup setup = mode(cpu).setup();
        story.expect("the flag SQ_AFF", (setup.flags() & IORING_SETUP_SQ_AFF) != 0);
        story.expect("the processor", cpu, setup.poller().cpu());
    }

    @Test
    @Order(6)
    void theFirstRingBringsThePollerAndTheOthersShareIt(Story story) throws LinuxException {
        NeededHere.poller();
        SqPollMode mode = mode(-1);
        Linux linux = new Linux();
        story.step("three rings of one mode are made");
        try (Ring first = mode.ring(linux);
                Ring second = mode.ring(linux);
                Ring third = mode.ring(linux)) {
            story.expect("the first one has ATTACH_WQ", false, attached(first));
            story.expect("the second one has ATTACH_WQ", true, attached(second));
            story.expect("the third one has ATTACH_WQ", true, attached(third));
            story.expect("they are three", true, second.fd() != third.fd());
        }
    }

    private static boolean attached(Ring ring) {
        return (ring.flags() & IORING_SETUP_ATTACH_WQ) != 0;
    }

    /** The kernel is the judge of what is refused in words. */
    @ParameterizedTest
    @Order(7)
    @CsvSource({"DEFER_TASKRUN, 8192", "COOP_TASKRUN, 256", "TASKRUN_FLAG, 512"})
    void theKernelRefusesTheSame(String name, int flag, Story story) {
        NeededHere.poller();
        int flags = IORING_SETUP_SQPOLL | IORING_SETUP_SINGLE_ISSUER | flag;
        story.step("the kernel is asked for SQPOLL, SINGLE_ISSUER and " + name);
        boolean refused = false;
        try {
            new Ring(new Linux(), new RingSetup(8, 8, 1, flags, 0)).close();
        } catch (LinuxException e) {
            refused = true;
        }
        String message = refusal(flags);
        story.expect("it is refused by the kernel", refused);
        story.expect("it is refused in words, as: " + message, message.contains(name));
    }
}
