package tinygate.iouring;

import tinygate.linux.Errno;
import tinygate.linux.LinuxException;

/** Why a kernel refuses a ring, and what helps: the few errors that people really meet. */
public final class RingErrors {
    private RingErrors() {}

    /**
     * What {@link Ring#enter} has answered.
     *
     * @throws LinuxException if it is an error that will not pass
     */
    public static void entered(int result) throws LinuxException {
        boolean passing =
                result >= 0
                        || Errno.ETIME.is(result)
                        || Errno.EINTR.is(result)
                        // No memory for the entry, or completions to be read first: what was not
                        // taken stays in the queue for the next time.
                        || Errno.EAGAIN.is(result)
                        || Errno.EBUSY.is(result);
        if (!passing) {
            throw new LinuxException("io_uring_enter", "", result);
        }
    }

    /** A ring could not be made, though the {@link Preflight} found nothing missing. */
    static LinuxException setUp(int result) {
        return switch (Errno.of(result)) {
            case EINVAL ->
                    refused(
                            result,
                            "this kernel is too old for the ring that was asked for",
                            "use Linux 6.1 or newer (uname -r tells yours)");
            case ENOMEM ->
                    refused(
                            result,
                            "the memory a process may lock is used up, or all of it is",
                            "raise the limit (ulimit -l), or make fewer or smaller rings");
            default -> new LinuxException("io_uring_setup", "", result);
        };
    }

    private static LinuxException refused(int result, String cause, String cure) {
        return new LinuxException("io_uring_setup", "", result, cause, cure);
    }
}
