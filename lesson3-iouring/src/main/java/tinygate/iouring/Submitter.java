package tinygate.iouring;

import tinygate.linux.LinuxException;

/**
 * How what was written into the submission queue reaches the kernel: here by entering it once for
 * all of it ({@link EnteringSubmitter}); in lesson 4 a thread of the kernel fetches it by itself.
 */
public interface Submitter {

    /**
     * Hands over all that was written, so that the queue has room again.
     *
     * @throws LinuxException if the kernel refuses in a way that will not pass
     */
    void submit() throws LinuxException;

    /**
     * Hands over all that was written and waits until a completion is there, the time is over, or a
     * signal came.
     *
     * @param timeoutNanos 0 not to wait, a negative number to wait for ever
     * @throws LinuxException if the kernel refuses in a way that will not pass
     */
    void submitAndWait(long timeoutNanos) throws LinuxException;
}
