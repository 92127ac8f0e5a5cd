package tinygate.linux;

import java.io.IOException;

/**
 * A system call without which a gate cannot go on has failed; the message names the call, the
 * error, its likely cause and the cure.
 */
public final class LinuxException extends IOException {
    private static final long serialVersionUID = 1;

    private final Errno errno;

    /**
     * @param call the system call's name
     * @param subject what it was about, such as an address; empty if there is nothing to say
     * @param result what the call answered: {@code -errno}
     */
    public LinuxException(String call, String subject, int result) {
        this(call, subject, result, Errno.of(result).cause(), Errno.of(result).cure());
    }

    /** With a cause and a cure that the caller knows better than {@link Errno} does. */
    public LinuxException(String call, String subject, int result, String cause, String cure) {
        super(
                call
                        + (subject.isEmpty() ? "" : " " + subject)
                        + " failed with "
                        + Errno.of(result)
                        + " ("
                        + -result
                        + "): "
                        + cause
                        + ". Cure: "
                        + cure
                        + ".");
        this.errno = Errno.of(result);
    }

    /**
     * The result of a call that must succeed.
     *
     * @throws LinuxException if the result is negative
     */
    public static int check(String call, String subject, int result) throws LinuxException {
        if (result < 0) {
            throw new LinuxException(call, subject, result);
        }
        return result;
    }

    public Errno errno() {
        return errno;
    }
}
