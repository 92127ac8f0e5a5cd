package tinygate.sqpoll;

import java.util.concurrent.TimeUnit;
import tinygate.PollerSettings;
import tinygate.iouring.EnteringSubmitter;
import tinygate.iouring.KernelRelease;
import tinygate.iouring.Ring;
import tinygate.iouring.RingSetup;
import tinygate.linux.Errno;
import tinygate.linux.Linux;
import tinygate.linux.LinuxException;

/**
 * What the running kernel answers when it is asked for the things of this lesson; {@link
 * PollerRequirements} judges it. An answer is 0, or {@code -errno}.
 *
 * @param release the kernel's
 * @param processors that this process may use, and so its poller
 * @param poller to a ring with a poller
 * @param files to a table of registered files
 * @param buffers to registered buffers
 * @param zeroCopy to a send without a copy
 */
record PollerFacts(
        KernelRelease release, int processors, int poller, int files, int buffers, int zeroCopy) {
    private static final int FEW = 4;
    private static final int BUFFER_BYTES = 64 * 1024;
    private static final RingSetup SMALL = RingSetup.ofOneThread(FEW, FEW, 1);

    /** Makes small rings that are closed at once; takes a few milliseconds. */
    static PollerFacts ask() {
        Linux linux = new Linux();
        RingSetup polled = new SqPollMode(PollerSettings.DEFAULTS, FEW, FEW, 1, FEW).setup();
        return new PollerFacts(
                KernelRelease.running(),
                Runtime.getRuntime().availableProcessors(),
                answer(linux, polled, ring -> {}),
                answer(linux, SMALL, ring -> registerFiles(linux, ring)),
                answer(linux, SMALL, ring -> registerBuffers(linux, ring)),
                answer(linux, SMALL, PollerFacts::sendZeroCopy));
    }

    private interface Question {
        void ask(Ring ring) throws LinuxException;
    }

    private static int answer(Linux linux, RingSetup setup, Question question) {
        try (Ring ring = new Ring(linux, setup)) {
            question.ask(ring);
            return 0;
        } catch (LinuxException e) {
            return -e.errno().number();
        }
    }

    private static void registerFiles(Linux linux, Ring ring) throws LinuxException {
        new RegisteredFiles(linux, ring, FEW, ring.submissions()::next).close();
    }

    private static void registerBuffers(Linux linux, Ring ring) throws LinuxException {
        new RegisteredBuffers(linux, ring, 1, BUFFER_BYTES).close();
    }

    /** To nowhere: a kernel that knows the operation says that there is no such socket. */
    private static void sendZeroCopy(Ring ring) throws LinuxException {
        ring.enable();
        ring.submissions().next().sendZeroCopy(0, 0, 0).fd(-1);
        new EnteringSubmitter(ring).submitAndWait(TimeUnit.SECONDS.toNanos(1));
        int result = ring.completions().next() ? ring.completions().result() : 0;
        if (!Errno.EBADF.is(result)) {
            throw new LinuxException("SEND_ZC", "", -Errno.EINVAL.number());
        }
    }
}
