package tinygate.iouring;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tinygate.kit.Exercise;
import tinygate.kit.NeedsLinux;
import tinygate.kit.Story;
import tinygate.linux.Linux;
import tinygate.linux.LinuxException;
import tinygate.linux.NativeMemory;

/**
 * Exercise 3.3: two queues without a lock. The test is the kernel; the words that both sides share
 * note how they are accessed, since x86 would forgive a wrong way.
 */
@Exercise(
        id = "3.3",
        title = "Publish the tail, reap the head",
        points = 15,
        minutes = 30,
        chapter = "lesson3.html#ex-3-3",
        code = {"tinygate.iouring.SubmissionQueue", "tinygate.iouring.CompletionQueue"},
        hints = {
            """
            Heads and tails only ever count up, and overflow; nothing is wrong with that as long as you compare them by
            their difference (tail - head) or for equality, and take the place from the lowest bits (number & size - 1).
            "at" says where the words lie: words.getAcquire(at.submissionHead()).""",
            """
            What the kernel writes (the submission queue's head, the completion queue's tail) is read with getAcquire;
            what it reads is written with setRelease, when all that belongs to it is written. Nothing is published by
            next(): the entry is filled only after it has returned.""",
            """
            next() of the submissions: if tail - knownHead == size, look at the head anew; if it is still so, null; else
            entry.moveTo(tail++ & size - 1). next() of the completions: if ready(), entry becomes at.completions() +
            (head & size - 1) * sizeOfEntry(), and head counts on; release() stores head, and keeps it in "released".""",
        })
public class QueuesExercise implements NeedsLinux {
    private static final int SIZE = 4;
    private static final int SQ_HEAD = 0;
    private static final int SQ_TAIL = 4;
    private static final int CQ_HEAD = 12;
    private static final int CQ_TAIL = 16;
    private static final int COMPLETIONS = 64;

    private final Linux linux = new Linux();
    private NativeMemory answer;
    private NativeMemory shared;
    private NativeMemory entries;
    private RecordedWords words;

    @BeforeEach
    void open() throws LinuxException {
        answer = NativeMemory.allocate(linux, RingParameters.size());
        shared = NativeMemory.allocate(linux, 4096);
        entries = NativeMemory.allocate(linux, 4096);
        words = new RecordedWords(shared);
        answer.buffer().putInt(0, SIZE).putInt(4, SIZE);
        answer.buffer().putInt(40, SQ_HEAD).putInt(44, SQ_TAIL).putInt(56, 8);
        answer.buffer().putInt(80, CQ_HEAD).putInt(84, CQ_TAIL).putInt(100, COMPLETIONS);
    }

    @AfterEach
    void close() {
        answer.close();
        shared.close();
        entries.close();
    }

    private SubmissionQueue submissionsFrom(int start) {
        words.kernelSets(SQ_HEAD, start);
        words.kernelSets(SQ_TAIL, start);
        RingParameters at = new RingParameters(answer);
        SubmissionQueue queue = new SubmissionQueue(words, at, new SubmissionEntry(entries));
        words.accesses.clear();
        return queue;
    }

    private CompletionQueue completionsFrom(int start) {
        words.kernelSets(CQ_HEAD, start);
        words.kernelSets(CQ_TAIL, start);
        CompletionQueue queue = new CompletionQueue(words, new RingParameters(answer), shared);
        words.accesses.clear();
        return queue;
    }

    /** The kernel writes completion number so and so. */
    private void kernelCompletes(int number, long userData) {
        int at = COMPLETIONS + (number & SIZE - 1) * 16;
        shared.buffer().putLong(at, userData).putInt(at + 8, (int) userData).putInt(at + 12, 0);
        words.kernelSets(CQ_TAIL, number + 1);
    }

    @Test
    @Order(1)
    void theKernelSeesAnEntryWhenItIsPublishedAndNotBefore(Story story) {
        SubmissionQueue queue = submissionsFrom(0);
        story.step("next() gives a free entry; it is not filled yet");
        SubmissionEntry entry = queue.next();
        story.expect("the tail that the kernel sees", 0, words.kernelGets(SQ_TAIL));
        entry.nop().userData(7);
        story.step("the entry is filled, and another one taken; publish()");
        queue.next().nop().userData(8);
        queue.publish();
        story.expect("the tail that the kernel sees", 2, words.kernelGets(SQ_TAIL));
        story.expect("the user data of entry 0", 7L, Written.at(entries.buffer(), 0).userData());
        story.expect("the user data of entry 1", 8L, Written.at(entries.buffer(), 1).userData());
        story.expect("pending(), entries the kernel has not taken", 2, queue.pending());
    }

    @ParameterizedTest
    @Order(2)
    @ValueSource(ints = {0, -2, Integer.MAX_VALUE - 1})
    void submissionsGoRoundAlsoWhereTheCountersWrap(int start, Story story) {
        story.step("head and tail of a queue of 4 stand at %s", start);
        SubmissionQueue queue = submissionsFrom(start);
        for (int i = 0; i < 3 * SIZE; i++) {
            story.step("an entry is written and published, its number is %s", start + i);
            queue.next().nop().userData(100 + i);
            queue.publish();
            int place = start + i & SIZE - 1;
            long userData = Written.at(entries.buffer(), place).userData();
            story.expect("the user data at place " + place, 100L + i, userData);
            story.expect("the tail", start + i + 1, words.kernelGets(SQ_TAIL));
            story.expect("pending()", 1, queue.pending());
            words.kernelSets(SQ_HEAD, start + i + 1);
            story.expect("pending() when the kernel has taken it", 0, queue.pending());
        }
    }

    @ParameterizedTest
    @Order(3)
    @ValueSource(ints = {0, -2, Integer.MAX_VALUE - 1})
    void aFullQueueHasNoEntryUntilTheKernelHasTakenOne(int start, Story story) {
        story.step("head and tail of a queue of 4 stand at %s", start);
        SubmissionQueue queue = submissionsFrom(start);
        for (int i = 1; i <= SIZE; i++) {
            story.expect("there is an entry for next() number " + i, queue.next() != null);
        }
        story.expect("next() number 5", null, queue.next());
        queue.publish();
        story.expect("next() when all were published, but none taken", null, queue.next());
        story.step("the kernel takes one");
        words.kernelSets(SQ_HEAD, start + 1);
        story.expect("there is an entry for next()", queue.next() != null);
        story.expect("the next next()", null, queue.next());
    }

    @Test
    @Order(4)
    void theTailIsReleasedAndTheHeadAcquired(Story story) {
        SubmissionQueue queue = submissionsFrom(0);
        story.step("an entry is written and published, then pending() is asked");
        queue.next().nop();
        queue.publish();
        queue.pending();
        story.step("next() until the queue is full, and must look how far the kernel is");
        for (int i = 1; i <= SIZE; i++) {
            queue.next();
        }
        expectAccesses(
                story, List.of("setRelease " + SQ_TAIL, "getAcquire " + SQ_HEAD), "get " + SQ_HEAD);
    }

    @Test
    @Order(5)
    void aCompletionIsReadAndItsPlaceGivenBackByReleaseAlone(Story story) {
        CompletionQueue queue = completionsFrom(0);
        story.step("nothing has completed");
        story.expect("ready()", false, queue.ready());
        story.expect("next()", false, queue.next());
        story.step("two operations complete, with the user data 7 and 8");
        kernelCompletes(0, 7);
        kernelCompletes(1, 8);
        story.expect("ready()", queue.ready());
        story.expect("next()", queue.next());
        story.expect("the user data", 7L, queue.userData());
        story.expect("ready() moves nothing: the user data", 7L, readyAndUserData(queue));
        story.expect("next()", queue.next());
        story.expect("the user data", 8L, queue.userData());
        story.expect("next(), after the last", false, queue.next());
        story.expect("the head that the kernel sees", 0, words.kernelGets(CQ_HEAD));
        story.step("release()");
        queue.release();
        story.expect("the head that the kernel sees", 2, words.kernelGets(CQ_HEAD));
    }

    private static long readyAndUserData(CompletionQueue queue) {
        queue.ready();
        return queue.userData();
    }

    @ParameterizedTest
    @Order(6)
    @ValueSource(ints = {0, -2, Integer.MAX_VALUE - 1})
    void completionsGoRoundAlsoWhereTheCountersWrap(int start, Story story) {
        story.step("head and tail of a queue of 4 stand at %s", start);
        CompletionQueue queue = completionsFrom(start);
        for (int i = 0; i < 3 * SIZE; i++) {
            story.expect("next(), while nothing has completed", false, queue.next());
            story.step("the kernel writes completion number %s", start + i);
            kernelCompletes(start + i, i);
            story.expect("next()", queue.next());
            story.expect("the user data", (long) i, queue.userData());
            queue.release();
            story.expect("the head that the kernel sees", start + i + 1, words.kernelGets(CQ_HEAD));
        }
    }

    @Test
    @Order(7)
    void aBatchThatWasNotReleasedCanBeReadOnceMore(Story story) {
        CompletionQueue queue = completionsFrom(0);
        story.step("the first of three completions is read and released, then the other two read");
        for (int i = 0; i < 3; i++) {
            kernelCompletes(i, 7 + i);
        }
        queue.next();
        queue.release();
        queue.next();
        queue.next();
        story.step("rewind()");
        queue.rewind();
        story.expect("next()", queue.next());
        story.expect("the user data", 8L, queue.userData());
    }

    @Test
    @Order(8)
    void theTailIsAcquiredAndTheHeadReleased(Story story) {
        CompletionQueue queue = completionsFrom(0);
        story.step("a completion is read and released");
        kernelCompletes(0, 7);
        queue.next();
        queue.release();
        expectAccesses(
                story, List.of("getAcquire " + CQ_TAIL, "setRelease " + CQ_HEAD), "get " + CQ_TAIL);
    }

    /** How often a word is accessed, and when, is the student's business; the kind is not. */
    private void expectAccesses(Story story, List<String> kinds, String wrong) {
        String all = named(String.join(", ", words.accesses));
        story.expect(
                "plain reads of a word that the kernel writes",
                "",
                all.contains(named(wrong)) ? named(wrong) : "");
        for (String kind : kinds) {
            String wanted = named(kind);
            story.expect(
                    "among the accesses of the shared words",
                    wanted,
                    all.contains(wanted) ? wanted : all);
        }
    }

    private static String named(String accesses) {
        return (accesses + ",")
                .replace(" " + SQ_HEAD + ",", "(submission head),")
                .replace(" " + SQ_TAIL + ",", "(submission tail),")
                .replace(" " + CQ_HEAD + ",", "(completion head),")
                .replace(" " + CQ_TAIL + ",", "(completion tail),")
                .replaceAll(",$", "");
    }
}
