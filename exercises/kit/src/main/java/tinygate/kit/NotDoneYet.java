package tinygate.kit;

import java.util.concurrent.atomic.AtomicReference;

/**
 * What a starter does in place of what the student is to write. A proxy catches what goes wrong in
 * one connection, so that the others live on; therefore the first of these is remembered even if
 * nobody ever sees it thrown.
 */
public final class NotDoneYet extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** State of the whole JVM, on purpose: each exercise is graded in a JVM of its own. */
    private static final AtomicReference<NotDoneYet> FIRST = new AtomicReference<>();

    private final String exercise;

    /**
     * @param exercise the id of the exercise that this is a part of
     * @param what what is to be written here
     */
    public NotDoneYet(String exercise, String what) {
        super("exercise " + exercise + " is not done yet: " + what);
        this.exercise = exercise;
        FIRST.compareAndSet(null, this);
    }

    String exercise() {
        return exercise;
    }

    /** The first that was made in this JVM, or null. */
    static NotDoneYet first() {
        return FIRST.get();
    }
}
