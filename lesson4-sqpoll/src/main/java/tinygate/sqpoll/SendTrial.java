package tinygate.sqpoll;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import tinygate.iouring.EnteringSubmitter;
import tinygate.iouring.KernelRelease;
import tinygate.iouring.Ring;
import tinygate.iouring.RingSetup;
import tinygate.iouring.SubmissionEntry;
import tinygate.linux.Constants;
import tinygate.linux.Linux;
import tinygate.linux.LinuxException;
import tinygate.linux.NativeMemory;
import tinygate.linux.SockAddr;
import tinygate.linux.Sockets;

/**
 * Tries what a send costs over loopback, with a copy and without one from {@link
 * RegisteredBuffers}. Beside the gate, which sends with a copy; the classroom measures with it, so
 * it is public.
 *
 * <p>The ring has no poller but is the caller's: so the sends, TCP and all, run in the caller's
 * thread, and its processor time is what they cost. They go in batches of {@value #BATCH}, as in a
 * gate; the next one begins when another thread has read all of the last, so that there is always
 * room for it.
 */
public final class SendTrial {
    private static final int BATCH = 4;
    private static final int QUEUE = 2 * BATCH; // a send without a copy completes twice
    private static final int ROOM_BYTES = 256 * 1024;
    private static final int COPIED = 1 << 31; // IORING_NOTIF_USAGE_ZC_COPIED
    private static final long WAIT_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    private final boolean kernelTells = KernelRelease.running().atLeast(6, 2);
    private final Semaphore bytesRead = new Semaphore(0);
    private final int bytesEach;
    private final Ring ring;
    private final EnteringSubmitter submitter;
    private final int fd;

    private long cpuNanos;
    private long notifications;
    private long copied;

    /**
     * What sends have cost.
     *
     * @param sends how many
     * @param cpuNanos processor time of the thread that sent
     * @param notifications second completions, by which a send without a copy gives its memory back
     * @param copied how many of these said that the kernel had copied after all
     *     (IORING_NOTIF_USAGE_ZC_COPIED); null where it does not tell, before Linux 6.2
     */
    public record Cost(long sends, long cpuNanos, long notifications, Long copied) {}

    /** Sends of both kinds, one right after the other. */
    public record Round(Cost ordinary, Cost withoutCopy) {}

    private SendTrial(Ring ring, int fd, int bytesEach) {
        this.ring = ring;
        this.submitter = new EnteringSubmitter(ring);
        this.fd = fd;
        this.bytesEach = bytesEach;
    }

    /**
     * Sends of both kinds in turns; the first round is for the JVM to get warm and is left out.
     *
     * @param bytesEach how much each send sends, 1 to 64 KiB
     * @param sends how many of each kind in a round, rounded up to whole batches
     * @throws LinuxException if the kernel refuses the ring, the buffers or a send; the message
     *     says why
     * @throws IOException if the bytes do not arrive in time
     */
    public static List<Round> rounds(int bytesEach, int sends, int rounds)
            throws IOException, InterruptedException {
        Linux linux = new Linux();
        try (Ring ring = new Ring(linux, RingSetup.ofOneThread(QUEUE, QUEUE, 1));
                NativeMemory memory = NativeMemory.allocate(linux, BATCH * bytesEach);
                RegisteredBuffers buffers = new RegisteredBuffers(linux, ring, BATCH, bytesEach);
                Sockets sockets = new Sockets(linux);
                ServerSocketChannel server = ServerSocketChannel.open()) {
            ring.enable();
            server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            int fd = connect(linux, sockets, (InetSocketAddress) server.getLocalAddress());
            try (SocketChannel peer = server.accept()) {
                SendTrial trial = new SendTrial(ring, fd, bytesEach);
                trial.startReader(peer);
                return trial.take(sends, rounds, memory, buffers);
            } finally {
                linux.close(fd);
            }
        }
    }

    private static int connect(Linux linux, Sockets sockets, InetSocketAddress to)
            throws LinuxException {
        try (NativeMemory memory = NativeMemory.allocate(linux, SockAddr.size())) {
            SockAddr address = new SockAddr(memory, 0);
            address.set(to);
            int fd = LinuxException.check("connect", "" + to, sockets.connect(address));
            sockets.setOption(fd, Constants.SOL_SOCKET, Constants.SO_SNDBUF, ROOM_BYTES);
            return fd;
        }
    }

    private List<Round> take(int sends, int rounds, NativeMemory memory, RegisteredBuffers buffers)
            throws IOException, InterruptedException {
        List<Round> taken = new ArrayList<>();
        for (int round = 0; round <= rounds; round++) {
            Cost ordinary = send(sends, new Copying(memory.address(), bytesEach));
            Cost withoutCopy = send(sends, new WithoutCopy(buffers, bytesEach, kernelTells));
            if (round > 0) {
                taken.add(new Round(ordinary, withoutCopy));
            }
        }
        return taken;
    }

    private Cost send(int sends, Kind kind) throws IOException, InterruptedException {
        cpuNanos = 0;
        notifications = 0;
        copied = 0;
        int batches = (sends + BATCH - 1) / BATCH;
        for (int i = 0; i < batches; i++) {
            long begin = threads.getCurrentThreadCpuTime();
            batch(kind);
            cpuNanos += threads.getCurrentThreadCpuTime() - begin;
            if (!bytesRead.tryAcquire(BATCH * bytesEach, WAIT_NANOS, TimeUnit.NANOSECONDS)) {
                throw new IOException("what was sent did not arrive in time");
            }
        }
        return new Cost(
                (long) batches * BATCH, cpuNanos, notifications, kernelTells ? copied : null);
    }

    private void batch(Kind kind) throws IOException {
        for (int number = 0; number < BATCH; number++) {
            kind.write(ring.submissions().next(), number).fd(fd);
        }
        int open = BATCH;
        while (open > 0) {
            submitter.submitAndWait(WAIT_NANOS);
            if (!ring.completions().ready()) {
                throw new IOException("a send did not complete in time");
            }
            while (ring.completions().next()) {
                boolean more = ring.completions().more();
                completed(ring.completions().result(), more);
                kind.completed((int) ring.completions().userData(), more);
                open -= more ? 0 : 1;
            }
            ring.completions().release();
        }
    }

    /** The first completion says how much was sent, the second one, if any, whether with a copy. */
    private void completed(int result, boolean more) throws IOException {
        if (result == 0 || result == COPIED) {
            notifications++;
            copied += result == COPIED ? 1 : 0;
        } else if (LinuxException.check("send", "", result) != bytesEach) {
            throw new IOException(result + " bytes of " + bytesEach + " were sent");
        }
    }

    private void startReader(SocketChannel peer) {
        Thread thread = new Thread(() -> read(peer), "reader");
        thread.setDaemon(true);
        thread.start();
    }

    /** Until the other end is closed, or this one is. */
    private void read(SocketChannel peer) {
        try {
            ByteBuffer buffer = ByteBuffer.allocateDirect(ROOM_BYTES);
            int read = peer.read(buffer);
            while (read >= 0) {
                bytesRead.release(read);
                read = peer.read(buffer.clear());
            }
        } catch (IOException e) {
            // Then the sender waits in vain, and says so.
        }
    }

    /** How a send is written down. */
    private interface Kind {
        /** The next send of a batch; its socket is still missing. */
        SubmissionEntry write(SubmissionEntry entry, int number);

        void completed(int userData, boolean more);
    }

    private record Copying(long address, int bytesEach) implements Kind {
        @Override
        public SubmissionEntry write(SubmissionEntry entry, int number) {
            long from = address + (long) number * bytesEach;
            return entry.send(from, bytesEach, Constants.MSG_NOSIGNAL);
        }

        @Override
        public void completed(int userData, boolean more) {}
    }

    private record WithoutCopy(RegisteredBuffers buffers, int bytesEach, boolean kernelTells)
            implements Kind {
        @Override
        public SubmissionEntry write(SubmissionEntry entry, int number) {
            int index = buffers.take();
            buffers.send(entry, index, bytesEach).userData(index);
            return kernelTells ? entry.reportingCopies() : entry;
        }

        @Override
        public void completed(int index, boolean more) {
            buffers.completed(index, more);
        }
    }
}
