package tinygate.iouring;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tinygate.linux.Linux;
import tinygate.linux.LinuxException;
import tinygate.linux.NativeMemory;

/** Both queues against a model of the kernel in this process: no ring is needed. */
class QueuesTest {
    private static final int SIZE = 4;
    private static final int SQ_HEAD = 0;
    private static final int SQ_TAIL = 4;
    private static final int SQ_FLAGS = 8;
    private static final int CQ_HEAD = 12;
    private static final int CQ_TAIL = 16;
    private static final int COMPLETIONS = 64;

    private final Linux linux = new Linux();
    private NativeMemory parametersMemory;
    private NativeMemory shared;
    private NativeMemory entries;
    private RecordedWords words;
    private RingParameters parameters;

    @BeforeEach
    void open() throws LinuxException {
        parametersMemory = NativeMemory.allocate(linux, RingParameters.size());
        shared = NativeMemory.allocate(linux, 4096);
        entries = NativeMemory.allocate(linux, 4096);
        words = new RecordedWords(shared);
        parameters = new RingParameters(parametersMemory);
        int[][] offsets = {
            {0, SIZE},
            {4, SIZE},
            {40, SQ_HEAD},
            {44, SQ_TAIL},
            {56, SQ_FLAGS},
            {80, CQ_HEAD},
            {84, CQ_TAIL},
            {100, COMPLETIONS}
        };
        for (int[] offset : offsets) {
            parametersMemory.buffer().putInt(offset[0], offset[1]);
        }
    }

    @AfterEach
    void close() {
        parametersMemory.close();
        shared.close();
        entries.close();
    }

    private SubmissionQueue submissionsFrom(int start) {
        words.kernelSets(SQ_HEAD, start);
        words.kernelSets(SQ_TAIL, start);
        return new SubmissionQueue(words, parameters, new SubmissionEntry(entries));
    }

    private CompletionQueue completionsFrom(int start) {
        words.kernelSets(CQ_HEAD, start);
        words.kernelSets(CQ_TAIL, start);
        return new CompletionQueue(words, parameters, shared);
    }

    private long userDataAt(int place) {
        return entries.buffer().getLong(place * SubmissionEntry.size() + 32);
    }

    private void kernelCompletes(int number, long userData) {
        int at = COMPLETIONS + (number & SIZE - 1) * CompletionQueue.sizeOfEntry();
        shared.buffer().putLong(at, userData).putInt(at + 8, (int) userData).putInt(at + 12, 0);
        words.kernelSets(CQ_TAIL, number + 1);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -2, Integer.MAX_VALUE - 1})
    void submissionsGoRoundAlsoWhereTheCountersWrap(int start) {
        SubmissionQueue queue = submissionsFrom(start);
        for (int i = 0; i < 3 * SIZE; i++) {
            queue.next().nop().userData(i);
            queue.publish();
            assertThat(words.kernelGets(SQ_TAIL)).isEqualTo(start + i + 1);
            assertThat(userDataAt(start + i & SIZE - 1)).isEqualTo(i);
            assertThat(queue.pending()).isEqualTo(1);
            words.kernelSets(SQ_HEAD, start + i + 1);
            assertThat(queue.pending()).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -2, Integer.MAX_VALUE - 1})
    void aFullSubmissionQueueHasNoEntryUntilTheKernelHasTakenOne(int start) {
        SubmissionQueue queue = submissionsFrom(start);
        for (int i = 0; i < SIZE; i++) {
            assertThat(queue.next()).isNotNull();
        }
        assertThat(queue.next()).isNull();
        queue.publish();
        assertThat(queue.next()).isNull();
        assertThat(queue.pending()).isEqualTo(SIZE);

        words.kernelSets(SQ_HEAD, start + 1);

        assertThat(queue.next()).isNotNull();
        assertThat(queue.next()).isNull();
    }

    @Test
    void eachFlagOfTheKernelIsToldByItself() {
        SubmissionQueue queue = submissionsFrom(0);
        for (int flags = 0; flags < 4; flags++) {
            words.kernelSets(SQ_FLAGS, flags);
            assertThat(queue.pollerSleeps()).isEqualTo((flags & 1) != 0);
            assertThat(queue.completionsOverflowed()).isEqualTo((flags & 2) != 0);
        }
    }

    @Test
    void theKernelSeesNothingBeforeItIsPublished() {
        SubmissionQueue queue = submissionsFrom(0);
        queue.next().nop();
        assertThat(words.kernelGets(SQ_TAIL)).isZero();
    }

    @Test
    void anEntryThatIsUsedAgainIsZeroAtFirst() {
        SubmissionQueue queue = submissionsFrom(0);
        for (int i = 0; i < SubmissionEntry.size(); i++) {
            entries.buffer().put(i, (byte) 0xFF);
        }
        queue.next();
        for (int i = 0; i < SubmissionEntry.size(); i++) {
            assertThat(entries.buffer().get(i)).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -2, Integer.MAX_VALUE - 1})
    void completionsGoRoundAlsoWhereTheCountersWrap(int start) {
        CompletionQueue queue = completionsFrom(start);
        for (int i = 0; i < 3 * SIZE; i++) {
            assertThat(queue.next()).isFalse();
            kernelCompletes(start + i, i);
            assertThat(queue.next()).isTrue();
            assertThat(queue.userData()).isEqualTo(i);
            assertThat(queue.result()).isEqualTo(i);
            assertThat(words.kernelGets(CQ_HEAD)).as("before the release").isEqualTo(start + i);
            queue.release();
            assertThat(words.kernelGets(CQ_HEAD)).isEqualTo(start + i + 1);
        }
    }

    @Test
    void aCompletionTellsItsBufferAndWhetherMoreWillCome() {
        CompletionQueue queue = completionsFrom(0);
        kernelCompletes(0, 1);
        shared.buffer().putInt(COMPLETIONS + 12, 0xFFFF_0003);
        queue.next();
        assertThat(queue.buffer()).isEqualTo(0xFFFF);
        assertThat(queue.more()).isTrue();

        kernelCompletes(1, 2);
        queue.next();
        assertThat(queue.buffer()).isEqualTo(-1);
        assertThat(queue.more()).isFalse();
    }

    @Test
    void whatTheKernelWritesIsAcquiredAndWhatItReadsIsReleased() {
        SubmissionQueue submissions = submissionsFrom(0);
        CompletionQueue completions = completionsFrom(0);
        words.accesses.clear();

        submissions.next();
        submissions.publish();
        submissions.pending();
        kernelCompletes(0, 1);
        completions.next();
        completions.release();
        submissions.completionsOverflowed();

        assertThat(words.accesses)
                .containsExactly(
                        "setRelease " + SQ_TAIL,
                        "getAcquire " + SQ_HEAD,
                        "getAcquire " + CQ_TAIL,
                        "setRelease " + CQ_HEAD,
                        "getAcquire " + SQ_FLAGS);
    }

    @Test
    void userDataKeepsOperationGenerationAndSlotApart() {
        for (Operation operation : Operation.values()) {
            for (long token : new long[] {0, 1, 1L << 32, (1L << 56) - 1}) {
                long userData = UserData.of(operation, token);
                assertThat(UserData.operation(userData)).isEqualTo(operation);
                assertThat(UserData.token(userData)).isEqualTo(token);
            }
        }
    }
}
