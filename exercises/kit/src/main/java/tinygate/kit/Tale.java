package tinygate.kit;

import java.util.List;
import java.util.Objects;
import org.opentest4j.AssertionFailedError;

/**
 * A failed test as a student reads it: the steps that were done, the one that failed, what was
 * expected and what came, and which line of the student's code had to do with it.
 */
final class Tale extends AssertionError {
    private static final long serialVersionUID = 1L;
    private static final String INDENT = "       ";
    private static final int FRAMES = 4;

    Tale(List<String> steps, Throwable failure, List<String> code) {
        super(tell(steps, failure, code), failure);
        setStackTrace(failure.getStackTrace());
    }

    private static String tell(List<String> steps, Throwable failure, List<String> code) {
        StringBuilder text = new StringBuilder(steps(steps));
        text.append(INDENT).append("failed: ").append(what(failure));
        String place = place(failure, code);
        if (place != null) {
            text.append("\n    your code: ").append(place);
        }
        return text.toString();
    }

    /** Steps with their numbers, each in a line that ends. */
    static String steps(List<String> steps) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < steps.size(); i++) {
            text.append(String.format("    %2d. %s%n", i + 1, steps.get(i)));
        }
        return text.toString();
    }

    private static String what(Throwable failure) {
        if (failure instanceof Story.Mismatch mismatch) {
            return mismatch.getMessage()
                    + "\n"
                    + Show.difference(mismatch.expected(), mismatch.got(), INDENT);
        }
        if (failure instanceof AssertionFailedError error
                && error.isExpectedDefined()
                && error.isActualDefined()) {
            return firstLine(error.getMessage())
                    + "\n"
                    + Show.difference(
                            error.getExpected().getValue(), error.getActual().getValue(), INDENT);
        }
        if (failure instanceof NotDoneYet) {
            return failure.getMessage();
        }
        String text = failure instanceof AssertionError ? "" : failure.getClass().getName() + ": ";
        return text + String.valueOf(failure.getMessage()).strip().replace("\n", "\n" + INDENT);
    }

    /** AssertJ begins with the description, where there is one. */
    private static String firstLine(String message) {
        return Objects.requireNonNullElse(message, "").strip().lines().findFirst().orElse("");
    }

    /** Where a failure passed through one of these classes, as {@code File.java:line}, or null. */
    static String place(Throwable failure, List<String> code) {
        for (Throwable t = failure; t != null; t = t.getCause()) {
            String place = place(t.getStackTrace(), code);
            if (place != null) {
                return place;
            }
        }
        return null;
    }

    /** The same for a stack trace; where there are several, the callers too. */
    static String place(StackTraceElement[] stack, List<String> code) {
        StringBuilder places = new StringBuilder();
        int count = 0;
        for (StackTraceElement frame : stack) {
            if (count < FRAMES && code.contains(topLevel(frame.getClassName()))) {
                places.append(count++ == 0 ? "" : ", called from ")
                        .append(frame.getFileName())
                        .append(':')
                        .append(frame.getLineNumber());
            }
        }
        return count == 0 ? null : places.toString();
    }

    private static String topLevel(String className) {
        int nested = className.indexOf('$');
        return nested < 0 ? className : className.substring(0, nested);
    }
}
