package tinygate.iouring;

import static tinygate.iouring.IoUringConstants.IORING_SETUP_ATTACH_WQ;
import static tinygate.iouring.IoUringConstants.IORING_SETUP_CQSIZE;
import static tinygate.iouring.IoUringConstants.IORING_SETUP_NO_SQARRAY;
import static tinygate.iouring.IoUringConstants.IORING_SETUP_SQPOLL;
import static tinygate.iouring.IoUringConstants.IORING_SETUP_SQ_AFF;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tinygate.kit.Exercise;
import tinygate.kit.NeedsLinux;
import tinygate.kit.Story;
import tinygate.linux.Linux;
import tinygate.linux.LinuxException;
import tinygate.linux.NativeMemory;

/** Exercise 3.2: where the kernel says that everything lies, and the two mappings of it. */
@Exercise(
        id = "3.2",
        title = "Ring offsets and mmap",
        points = 15,
        minutes = 30,
        chapter = "lesson3.html#ex-3-2",
        code = {"tinygate.iouring.RingParameters", "tinygate.iouring.RingMemory"},
        hints = {
            """
            io_uring_setup is asked and answers in the same 120 bytes. The picture above RingParameters has every
            word's place: the first row is what is asked and answered, the other two are offsets into the first mapping.
            Each accessor is one getInt of memory.buffer().""",
            """
            The kernel rounds sizes up and chooses where things lie, so count with what it has answered, never with what
            was asked for. Completions are 16 bytes each (CompletionQueue.sizeOfEntry()), array places 4, submission
            entries 64; which of completions and array ends last is not known beforehand.""",
            """
            map(): NativeMemory.share(linux, fd, IORING_OFF_SQ_RING, sizeOfQueues(parameters)), then the same with
            IORING_OFF_SQES and sizeOfEntries(); if the second throws, close the first and throw on. Fill the array only
            if IORING_SETUP_NO_SQARRAY is not among parameters.flags(): place i of it holds i.""",
        })
public class MappingExercise implements NeedsLinux {
    private final Linux linux = new Linux();
    private NativeMemory answer; // of io_uring_setup
    private RingParameters parameters;
    private RingFile file;

    @BeforeEach
    void open() throws IOException {
        answer = NativeMemory.allocate(linux, RingParameters.size());
        parameters = new RingParameters(answer);
        file = new RingFile();
    }

    @AfterEach
    void close() throws IOException {
        answer.close();
        file.close();
    }

    /** The kernel's answer: some sizes, and where completions and array begin. */
    private void answered(int submissions, int completions, int at, int array) {
        answer.buffer().putInt(0, submissions).putInt(4, completions);
        answer.buffer().putInt(100, at).putInt(64, array);
    }

    @Test
    @Order(1)
    void eachWordOfTheAnswerIsReadWhereItStands(Story story) {
        story.step(
                "the kernel has answered: the word at byte 40 is 1040, the one at 44 is 1044 ...");
        for (int at = 0; at < RingParameters.size(); at += 4) {
            answer.buffer().putInt(at, 1000 + at);
        }
        Map<String, Supplier<Integer>> accessors = new LinkedHashMap<>();
        accessors.put("submissionEntries", parameters::submissionEntries);
        accessors.put("completionEntries", parameters::completionEntries);
        accessors.put("flags", parameters::flags);
        accessors.put("features", parameters::features);
        accessors.put("submissionHead", parameters::submissionHead);
        accessors.put("submissionTail", parameters::submissionTail);
        accessors.put("submissionFlags", parameters::submissionFlags);
        accessors.put("submissionArray", parameters::submissionArray);
        accessors.put("completionHead", parameters::completionHead);
        accessors.put("completionTail", parameters::completionTail);
        accessors.put("completions", parameters::completions);
        List<Integer> places = List.of(0, 4, 8, 20, 40, 44, 56, 64, 80, 84, 100);
        int i = 0;
        for (Map.Entry<String, Supplier<Integer>> one : accessors.entrySet()) {
            story.expect(one.getKey() + "()", 1000 + places.get(i++), one.getValue().get());
        }
    }

    @Test
    @Order(2)
    void whatIsAskedForStandsWhereTheKernelReadsItAndTheRestIsZero(Story story) {
        story.step("the memory is full of an earlier answer");
        for (int at = 0; at < RingParameters.size(); at++) {
            answer.buffer().put(at, (byte) 0xFF);
        }
        story.step(
                "ask: flags SQPOLL, SQ_AFF, CQSIZE and ATTACH_WQ, 512 completions, a poller on"
                        + " processor 2 that sleeps after 30 ms, shared with ring 9");
        RingSetup.Poller poller = new RingSetup.Poller(30, 2, 9);
        int flags =
                IORING_SETUP_SQPOLL
                        | IORING_SETUP_SQ_AFF
                        | IORING_SETUP_CQSIZE
                        | IORING_SETUP_ATTACH_WQ;
        parameters.ask(flags, new RingSetup(8, 512, 1, flags, 0, poller));
        List<String> words = new ArrayList<>();
        // The word at 0 is the kernel's alone: it does not look at what was there.
        for (int at = 4; at < RingParameters.size(); at += 4) {
            if (answer.buffer().getInt(at) != 0) {
                words.add("at " + at + ": " + answer.buffer().getInt(at));
            }
        }
        story.expect(
                "the words behind the first that are not zero",
                "at 4: 512, at 8: 46, at 12: 2, at 16: 30, at 24: 9",
                String.join(", ", words));
    }

    @ParameterizedTest
    @Order(3)
    @CsvSource({"8, 16, 128, 384, 416", "8, 16, 192, 64, 448", "8, 1024, 64, 0, 16448"})
    void theFirstMappingEndsBehindCompletionsAndArrayWhicheverIsLast(
            int submissions, int completions, int at, int array, int size, Story story) {
        story.step(
                "the answer: %s submissions, %s completions at %s, the array at %s",
                submissions, completions, at, array);
        answered(submissions, completions, at, array);
        story.expect("sizeOfQueues, bytes", size, RingMemory.sizeOfQueues(parameters));
        story.expect("sizeOfEntries, bytes", 512, RingMemory.sizeOfEntries(parameters));
    }

    @Test
    @Order(4)
    void bothMappingsAreThoseOfTheDescriptor(Story story) throws IOException {
        answered(4, 8, 64, 192);
        story.step("a file in a ring's place is mapped");
        try (RingMemory memory = RingMemory.map(linux, file.fd(), parameters)) {
            story.step("Java writes 1 into the first mapping, and 2 into the second");
            memory.queues().buffer().put(60, (byte) 1);
            memory.entries().buffer().put(60, (byte) 2);
            story.expect("byte 60 behind IORING_OFF_SQ_RING", 1, file.at(false, 60));
            story.expect("byte 60 behind IORING_OFF_SQES", 2, file.at(true, 60));
            story.expect("the size of the first mapping", 208, memory.queues().size());
            story.expect("the size of the second", 256, memory.entries().size());
        }
        story.expect("mappings after the close", 0L, file.mappings());
    }

    @Test
    @Order(5)
    void theArrayNamesEachEntryOnceAndNothingElseIsTouched(Story story) throws IOException {
        file.fillQueues(0x7F);
        answered(4, 8, 64, 192);
        story.step("a ring with an array of 4 places at byte 192 of its memory is mapped");
        try (RingMemory memory = RingMemory.map(linux, file.fd(), parameters)) {
            for (int i = 0; i < 4; i++) {
                int got = memory.queues().buffer().getInt(192 + 4 * i);
                story.expect("place " + i + " of the array", i, got);
            }
            for (int at = 0; at < 192; at++) {
                story.expect("byte " + at + ", before the array", 0x7F, file.at(false, at));
            }
        }
    }

    @Test
    @Order(6)
    void aRingWithoutAnArrayKeepsItsWords(Story story) throws IOException {
        file.fillQueues(0x7F);
        answered(4, 8, 64, 0);
        answer.buffer().putInt(8, IORING_SETUP_NO_SQARRAY | 1);
        story.step("a ring with NO_SQARRAY among its flags, where the array's offset is 0");
        RingMemory.map(linux, file.fd(), parameters).close();
        for (int at = 0; at < 192; at++) {
            story.expect("byte " + at + " of the first mapping", 0x7F, file.at(false, at));
        }
    }

    @Test
    @Order(7)
    void whatWasMappedIsGivenBackIfTheRestIsRefused(Story story) throws IOException {
        answered(0, 8, 64, 192);
        story.step("the second mapping is refused: it would have 0 bytes");
        boolean refused = false;
        try {
            RingMemory.map(linux, file.fd(), parameters).close();
        } catch (LinuxException expected) {
            refused = true;
        }
        story.expect("a LinuxException was thrown", refused);
        story.expect("mappings that are left", 0L, file.mappings());
    }

    @ParameterizedTest
    @Order(8)
    @ValueSource(booleans = {false, true})
    void aRingOfThisMachineWorksThroughIt(boolean array, Story story) throws LinuxException {
        NeededHere.ioUring();
        RingSetup plain = RingSetup.ofOneThread(5, 100, 1);
        int optional = array ? 0 : plain.optionalFlags();
        RingSetup setup = new RingSetup(5, 100, 1, plain.flags(), optional);
        story.step("a ring of 5 submissions and 100 completions is made");
        story.step(array ? "it has an array" : "it has no array, if the kernel can do without");
        try (Ring ring = new Ring(linux, setup)) {
            ring.enable();
            story.step("the kernel has made them 8 and 128: all 8 places are used, 40 times over");
            Submitter submitter = new EnteringSubmitter(ring);
            long next = 0;
            for (int round = 0; round < 40; round++) {
                for (int i = 0; i < 8; i++) {
                    SubmissionEntry entry = ring.submissions().next();
                    story.expect("there is a free entry, number " + i, entry != null);
                    entry.nop().userData(8L * round + i);
                }
                submitter.submitAndWait(TestRing.WAIT_NANOS);
                for (int i = 0; i < 8; i++) {
                    story.expect("there is a completion", ring.completions().next());
                    story.expect("its user data", next++, ring.completions().userData());
                }
                ring.completions().release();
            }
        }
    }
}
