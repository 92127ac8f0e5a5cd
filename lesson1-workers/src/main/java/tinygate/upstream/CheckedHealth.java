package tinygate.upstream;

/**
 * What the checks of one upstream tell: after some failures in a row it gets no requests, until one
 * check succeeds.
 */
final class CheckedHealth {
    private final int failuresAllowed;
    private int failuresInRow;

    CheckedHealth(int failuresAllowed) {
        this.failuresAllowed = failuresAllowed;
    }

    synchronized void checked(boolean healthy) {
        failuresInRow = healthy ? 0 : Math.min(failuresInRow + 1, failuresAllowed);
    }

    synchronized boolean failing() {
        return failuresInRow == failuresAllowed;
    }
}
