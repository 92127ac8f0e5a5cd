package tinygate.iouring;

/** What a loop asks of the ring; a completion tells which of them it ends, by {@link UserData}. */
public enum Operation {
    /** Another thread has left something to do. */
    WAKE_UP,
    ACCEPT,
    CONNECT,
    RECEIVE,
    /** The connection is broken, or closed from both sides. */
    HANG_UP,
    SEND,
    /** One of the others is cancelled; that it ends is told by its own completion. */
    CANCEL,
    CLOSE,
    /** A socket gets its place in the table of registered files, or loses it; see lesson 4. */
    REGISTER,
    /** A step of a {@link HealthCheck}. */
    CHECK;

    private static final Operation[] BY_NUMBER = values();

    static Operation of(int number) {
        return BY_NUMBER[number];
    }
}
