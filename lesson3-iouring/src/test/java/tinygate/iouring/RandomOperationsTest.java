package tinygate.iouring;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tinygate.linux.Errno;
import tinygate.linux.LinuxException;
import tinygate.linux.NativeMemory;

/**
 * Thousands of random operations on a small ring, beside a model of what may come of them: each
 * operation ends exactly once, no byte is lost, doubled or out of order, and a buffer is Java's or
 * the kernel's, never both.
 */
@Timeout(120)
@NeedsIoUring
class RandomOperationsTest {
    private static final int OPERATIONS = 20_000;
    private static final int SOCKETS = 6;
    private static final int BUFFERS = 8;
    private static final int BUFFER_LENGTH = 256;
    private static final int SEND_LENGTH = 512;

    private enum Kind {
        NOP,
        SEND,
        RECEIVE,
        CANCEL
    }

    /** One end of a connection: what it has sent, and what has come to it, as counted bytes. */
    private static final class End {
        final int fd;
        End peer;
        boolean sending;
        boolean receiving;
        long receiveUserData;
        int sent; // the n-th byte of a direction has the value n
        int received;

        End(int fd) {
            this.fd = fd;
        }
    }

    private record Running(Kind kind, End end, int length) {}

    private final Map<Long, Running> running = new HashMap<>();
    private final List<End> ends = new ArrayList<>();
    private final Deque<Integer> ours = new ArrayDeque<>();
    private TestRing test;
    private Random random;
    private BufferRing buffers;
    private NativeMemory received;
    private NativeMemory outgoing; // a place for each end
    private long nextUserData;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void everyOperationEndsOnceAndEveryByteArrivesOnce(long seed) throws LinuxException {
        random = new Random(seed);
        test = new TestRing(8, 8); // small, so that both queues are full now and then
        buffers = new BufferRing(test.linux, test.ring, 0, BUFFERS);
        received = NativeMemory.allocate(test.linux, BUFFERS * BUFFER_LENGTH);
        outgoing = NativeMemory.allocate(test.linux, SOCKETS * SEND_LENGTH);
        try {
            connect();
            for (int id = 0; id < BUFFERS; id++) {
                ours.add(id);
            }
            for (int i = 0; i < OPERATIONS; i++) {
                begin();
                if (random.nextInt(3) == 0) {
                    submitAndReap(0);
                }
                if (random.nextInt(4) == 0 && !ours.isEmpty()) {
                    provide();
                }
            }
            finish();
        } finally {
            buffers.close();
            test.close();
            received.close();
            outgoing.close();
        }
    }

    private void connect() throws LinuxException {
        for (int i = 0; i < SOCKETS; i += 2) {
            int[] pair = test.pair();
            End one = new End(pair[0]);
            End other = new End(pair[1]);
            one.peer = other;
            other.peer = one;
            ends.addAll(List.of(one, other));
        }
    }

    private void begin() throws LinuxException {
        int index = random.nextInt(ends.size());
        End end = ends.get(index);
        Kind kind = Kind.values()[random.nextInt(Kind.values().length)];
        if (kind == Kind.SEND && (end.sending || end.sent - end.peer.received > 10_000)
                || kind == Kind.RECEIVE && end.receiving
                || kind == Kind.CANCEL && !end.receiving) {
            return;
        }
        SubmissionEntry entry = test.ring.submissions().next();
        if (entry == null) {
            test.submitter.submit();
            entry = test.next();
        }
        write(entry, kind, index);
    }

    private void write(SubmissionEntry entry, Kind kind, int index) {
        End end = ends.get(index);
        long userData = nextUserData++;
        int length = 0;
        switch (kind) {
            case NOP -> entry.nop();
            case SEND -> {
                length = 1 + random.nextInt(SEND_LENGTH);
                int at = index * SEND_LENGTH;
                for (int i = 0; i < length; i++) {
                    outgoing.buffer().put(at + i, (byte) (end.sent + i));
                }
                entry.send(outgoing.address() + at, length, 0).fd(end.fd);
                end.sending = true;
            }
            case RECEIVE -> {
                entry.receiveMultishot(0, random.nextBoolean()).fd(end.fd);
                end.receiving = true;
                end.receiveUserData = userData;
            }
            case CANCEL -> entry.cancel(end.receiveUserData);
        }
        entry.userData(userData);
        running.put(userData, new Running(kind, end, length));
    }

    private void provide() {
        int id = ours.remove();
        buffers.provide(id, received.address() + id * BUFFER_LENGTH, BUFFER_LENGTH);
        buffers.publish();
    }

    private void submitAndReap(long nanos) throws LinuxException {
        test.submitter.submitAndWait(nanos);
        while (test.completions.next()) {
            completed();
            if (random.nextBoolean()) {
                test.completions.release();
            }
        }
        test.completions.release();
    }

    private void completed() {
        CompletionQueue completion = test.completions;
        Running operation = running.get(completion.userData());
        assertThat(operation).as("an operation that has not ended").isNotNull();
        if (!completion.more()) {
            running.remove(completion.userData());
        }
        int result = completion.result();
        switch (operation.kind) {
            case NOP -> assertThat(result).isZero();
            case SEND -> {
                assertThat(result).isBetween(1, operation.length);
                operation.end.sent += result;
                operation.end.sending = false;
            }
            case RECEIVE -> receiveCompleted(operation.end, result);
            case CANCEL ->
                    assertThat(Errno.of(result)).isIn(Errno.UNKNOWN, Errno.ENOENT, Errno.EALREADY);
        }
    }

    private void receiveCompleted(End end, int result) {
        end.receiving = test.completions.more();
        if (result < 0) {
            assertThat(end.receiving).isFalse();
            assertThat(Errno.of(result)).isIn(Errno.ENOBUFS, Errno.ECANCELED);
            return;
        }
        int id = test.completions.buffer();
        assertThat(ours).as("buffers that are not the kernel's").doesNotContain(id);
        for (int i = 0; i < result; i++) {
            byte value = received.buffer().get(id * BUFFER_LENGTH + i);
            assertThat(value).isEqualTo((byte) (end.received + i));
        }
        end.received += result;
        ours.add(id);
    }

    /** Lets everything arrive, and then end. */
    private void finish() throws LinuxException {
        while (ends.stream().anyMatch(end -> end.sending || end.received < end.peer.sent)) {
            while (!ours.isEmpty()) {
                provide();
            }
            for (int i = 0; i < ends.size(); i++) {
                if (!ends.get(i).receiving) {
                    write(freeEntry(), Kind.RECEIVE, i);
                }
            }
            submitAndReap(TestRing.WAIT_NANOS);
        }
        for (int i = 0; i < ends.size(); i++) {
            if (ends.get(i).receiving) {
                write(freeEntry(), Kind.CANCEL, i);
            }
        }
        while (!running.isEmpty()) {
            submitAndReap(TestRing.WAIT_NANOS);
        }
        assertThat(ends).allMatch(end -> end.received == end.peer.sent);
        assertThat(ends.get(0).sent).as("bytes that went one of the ways").isPositive();
    }

    private SubmissionEntry freeEntry() throws LinuxException {
        test.submitter.submit();
        return test.next();
    }
}
