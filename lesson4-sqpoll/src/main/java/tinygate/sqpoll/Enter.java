package tinygate.sqpoll;

/**
 * How the kernel is entered: as {@link tinygate.iouring.Ring#enter} does, or a model of a kernel in
 * its place, whose poller does what a test wants to see.
 */
interface Enter {
    int enter(int toSubmit, int minComplete, int flags, long timeoutNanos);
}
