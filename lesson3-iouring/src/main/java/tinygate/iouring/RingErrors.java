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

    static LinuxException setUp(int result) {
        return switch (Errno.of(result)) {
            case ENOSYS ->
                    refused(
                            result,
                            "this kernel has no io_uring, or a seccomp filter hides it",
                            "use Linux 6.1 or newer; in a container allow io_uring_setup,"
                                    + " io_uring_enter and io_uring_register in its seccomp"
                                    + " profile");
            case EPERM ->
                    refused(
                            result,
                            "io_uring is switched off here, by the sysctl kernel.io_uring_disabled"
                                    + " or by the container's seccomp profile",
                            "set the sysctl to 0; in a container use a seccomp profile that allows"
                                    + " the three io_uring calls");
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
