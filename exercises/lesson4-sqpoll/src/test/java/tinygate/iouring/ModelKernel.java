package tinygate.iouring;

import static tinygate.iouring.IoUringConstants.IORING_ENTER_GETEVENTS;
import static tinygate.iouring.IoUringConstants.IORING_ENTER_SQ_WAIT;
import static tinygate.iouring.IoUringConstants.IORING_ENTER_SQ_WAKEUP;
import static tinygate.iouring.IoUringConstants.IORING_SQ_CQ_OVERFLOW;
import static tinygate.iouring.IoUringConstants.IORING_SQ_NEED_WAKEUP;

import java.util.ArrayList;
import java.util.List;
import tinygate.linux.Errno;
import tinygate.linux.Linux;
import tinygate.linux.LinuxException;
import tinygate.linux.NativeMemory;

/**
 * The kernel's side of a ring with a poller, without a kernel: what the poller does, it does when
 * Java looks at a word that both share, or enters. So a test says when it is quick, slow or asleep,
 * and nothing depends on time.
 */
public final class ModelKernel implements AutoCloseable {
    private static final int SIZE = 4;
    private static final int SQ_HEAD = 0;
    private static final int SQ_TAIL = 4;
    private static final int SQ_FLAGS = 8;
    private static final int CQ_HEAD = 12;
    private static final int CQ_TAIL = 16;
    private static final int COMPLETIONS = 64;
    private static final int MOST_LOOKS = 20_000_000;
    private static final int MOST_CALLS = 1_000;

    private final NativeMemory answer;
    private final NativeMemory shared;
    private final NativeMemory entries;
    private final SubmissionQueue submissions;
    private final CompletionQueue completions;
    private final List<String> calls = new ArrayList<>();
    private final List<Long> taken = new ArrayList<>();
    private boolean quick;
    private int looks;
    private int failure;
    private int kept;
    private long timeoutNanos;

    public ModelKernel() throws LinuxException {
        Linux linux = new Linux();
        answer = NativeMemory.allocate(linux, RingParameters.size());
        shared = NativeMemory.allocate(linux, 4096);
        entries = NativeMemory.allocate(linux, 4096);
        answer.buffer().putInt(0, SIZE).putInt(4, SIZE);
        answer.buffer().putInt(40, SQ_HEAD).putInt(44, SQ_TAIL).putInt(56, SQ_FLAGS);
        answer.buffer().putInt(80, CQ_HEAD).putInt(84, CQ_TAIL).putInt(100, COMPLETIONS);
        RingParameters at = new RingParameters(answer);
        SharedWords words = new Words();
        submissions = new SubmissionQueue(words, at, new SubmissionEntry(entries));
        completions = new CompletionQueue(words, at, shared);
    }

    /** Four places. */
    public SubmissionQueue submissions() {
        return submissions;
    }

    public CompletionQueue completions() {
        return completions;
    }

    /** Writes an operation that completes as soon as it is taken; it is not published. */
    public void write(long userData) {
        submissions.next().nop().userData(userData);
    }

    /** The poller takes all that it can see whenever Java looks, while it does not sleep. */
    public void becomeQuick() {
        quick = true;
    }

    public void fallAsleep() {
        set(SQ_FLAGS, get(SQ_FLAGS) | IORING_SQ_NEED_WAKEUP);
    }

    public boolean sleeps() {
        return (get(SQ_FLAGS) & IORING_SQ_NEED_WAKEUP) != 0;
    }

    /** So many completions did not fit; GETEVENTS delivers them. */
    public void keepBack(int count) {
        kept = count;
        set(SQ_FLAGS, get(SQ_FLAGS) | IORING_SQ_CQ_OVERFLOW);
    }

    /** The next entering fails, and those behind it do not. */
    public void failOnce(Errno errno) {
        failure = -errno.number();
    }

    /** How the kernel was entered so far, each by the names of its flags. */
    public String calls() {
        return String.join(", ", calls);
    }

    /** With which time limit the last one waited for a completion. */
    public long timeoutNanos() {
        return timeoutNanos;
    }

    /** The user data of all entries that the poller has taken. */
    public List<Long> taken() {
        return List.copyOf(taken);
    }

    /** How many entries were published. */
    public int published() {
        return get(SQ_TAIL);
    }

    /** The bytes of a submission entry, as a number of 1, 2, 4 or 8 bytes. */
    public long entry(int place, int offset, int bytes) {
        int at = place * SubmissionEntry.size() + offset;
        return switch (bytes) {
            case 1 -> entries.buffer().get(at) & 0xFF;
            case 2 -> entries.buffer().getShort(at) & 0xFFFF;
            case 4 -> entries.buffer().getInt(at);
            default -> entries.buffer().getLong(at);
        };
    }

    /** {@code io_uring_enter}, as {@link Ring#enter}. */
    public int enter(int toSubmit, int minComplete, int flags, long timeout) {
        calls.add(name(flags, minComplete));
        looks = 0;
        require(calls.size() < MOST_CALLS, "the kernel was entered " + MOST_CALLS + " times");
        if (failure != 0) {
            int result = failure;
            failure = 0;
            return result;
        }
        if ((flags & IORING_ENTER_SQ_WAKEUP) != 0) {
            set(SQ_FLAGS, get(SQ_FLAGS) & ~IORING_SQ_NEED_WAKEUP);
        }
        if ((flags & IORING_ENTER_SQ_WAIT) != 0) {
            require(!sleeps(), "SQ_WAIT waits for ever: the poller sleeps, and is not woken");
            take();
        }
        return (flags & IORING_ENTER_GETEVENTS) == 0 ? 0 : await(minComplete, timeout);
    }

    private int await(int minComplete, long timeout) {
        if ((get(SQ_FLAGS) & IORING_SQ_CQ_OVERFLOW) != 0) {
            for (; kept > 0; kept--) {
                complete(kept);
            }
            set(SQ_FLAGS, get(SQ_FLAGS) & ~IORING_SQ_CQ_OVERFLOW);
        }
        if (minComplete == 0) {
            return 0;
        }
        timeoutNanos = timeout;
        return get(CQ_HEAD) == get(CQ_TAIL) ? -Errno.ETIME.number() : 0;
    }

    private static String name(int flags, int minComplete) {
        List<String> names = new ArrayList<>();
        if ((flags & IORING_ENTER_SQ_WAKEUP) != 0) {
            names.add("SQ_WAKEUP");
        }
        if ((flags & IORING_ENTER_SQ_WAIT) != 0) {
            names.add("SQ_WAIT");
        }
        if ((flags & IORING_ENTER_GETEVENTS) != 0) {
            names.add("GETEVENTS for " + minComplete);
        }
        return names.isEmpty() ? "no flag" : String.join("|", names);
    }

    private void look() {
        require(++looks < MOST_LOOKS, "the queues are looked at for ever, and nobody is asked");
        while (quick && !sleeps() && get(SQ_HEAD) != get(SQ_TAIL)) {
            take();
        }
    }

    private void take() {
        int head = get(SQ_HEAD);
        if (head != get(SQ_TAIL)) {
            long userData = entry(head & SIZE - 1, 32, Long.BYTES);
            taken.add(userData);
            complete(userData);
            set(SQ_HEAD, head + 1);
        }
    }

    private void complete(long userData) {
        int tail = get(CQ_TAIL);
        int at = COMPLETIONS + (tail & SIZE - 1) * CompletionQueue.sizeOfEntry();
        shared.buffer().putLong(at, userData).putLong(at + Long.BYTES, 0);
        set(CQ_TAIL, tail + 1);
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new AssertionError(otherwise);
        }
    }

    private int get(int word) {
        return shared.buffer().getInt(word);
    }

    private void set(int word, int value) {
        shared.buffer().putInt(word, value);
    }

    @Override
    public void close() {
        answer.close();
        shared.close();
        entries.close();
    }

    /** The shared words; at each look of Java the poller does what it can. */
    private final class Words implements SharedWords {
        @Override
        public int get(int offset) {
            return ModelKernel.this.get(offset);
        }

        @Override
        public int getAcquire(int offset) {
            look();
            return ModelKernel.this.get(offset);
        }

        @Override
        public void setRelease(int offset, int value) {
            set(offset, value);
        }

        @Override
        public void setRelease16(int offset, short value) {
            shared.buffer().putShort(offset, value);
        }
    }
}
