package tinygate.iouring;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import tinygate.linux.Linux;
import tinygate.linux.LinuxException;
import tinygate.linux.NativeMemory;
import tinygate.linux.SockAddr;
import tinygate.linux.Sockets;

/** A ring of this thread, connected sockets, a page of memory, and short words for tests. */
final class TestRing implements AutoCloseable {
    static final long WAIT_NANOS = TimeUnit.SECONDS.toNanos(20);

    final Linux linux = new Linux();
    final Ring ring;
    final Submitter submitter;
    final CompletionQueue completions;
    final Sockets sockets;
    final NativeMemory memory;
    private final List<Integer> descriptors = new ArrayList<>();

    TestRing(int submissions, int completions) throws LinuxException {
        ring = new Ring(linux, RingSetup.ofOneThread(submissions, completions, 1));
        ring.enable();
        submitter = new EnteringSubmitter(ring);
        this.completions = ring.completions();
        sockets = new Sockets(linux);
        memory = NativeMemory.allocate(linux, 4096);
    }

    /** Two ends of a TCP connection. */
    int[] pair() throws LinuxException {
        int listener = sockets.listen(new InetSocketAddress("127.0.0.1", 0), 1, false);
        try (NativeMemory place = NativeMemory.allocate(linux, SockAddr.size())) {
            SockAddr address = new SockAddr(place, 0);
            address.set(sockets.localAddress(listener));
            int client = sockets.connect(address);
            int accepted =
                    Awaitility.await()
                            .pollInSameThread()
                            .until(() -> sockets.accept(listener), fd -> fd >= 0);
            descriptors.addAll(List.of(client, accepted));
            return new int[] {client, accepted};
        } finally {
            linux.close(listener);
        }
    }

    /** Closes a descriptor now instead of at the end. */
    void closeNow(int fd) {
        descriptors.remove(Integer.valueOf(fd));
        linux.close(fd);
    }

    SubmissionEntry next() {
        SubmissionEntry entry = ring.submissions().next();
        assertThat(entry).as("a free entry").isNotNull();
        return entry;
    }

    /** Submits what was written and moves to the next completion. */
    void await() throws LinuxException {
        if (!completions.next()) {
            submitter.submitAndWait(WAIT_NANOS);
            assertThat(completions.next()).as("a completion in time").isTrue();
        }
        completions.release();
    }

    /** Awaits the next completion, which must be of this operation, and returns its result. */
    int resultOf(long userData) throws LinuxException {
        await();
        assertThat(completions.userData()).as("user data").isEqualTo(userData);
        return completions.result();
    }

    /** Submits what was written; nothing completes. */
    void expectNothing() throws LinuxException {
        submitter.submitAndWait(0);
        assertThat(completions.next()).as("a completion").isFalse();
    }

    @Override
    public void close() {
        ring.close();
        descriptors.forEach(linux::close);
        memory.close();
        sockets.close();
    }
}
