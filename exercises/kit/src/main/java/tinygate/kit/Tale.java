package tinygate.kit;

import java.util.List;
import org.opentest4j.AssertionFailedError;
import org.opentest4j.ValueWrapper;

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
        Throwable cause = failure.getCause();
        boolean addsToIt =
                cause != null
                        && cause.getMessage() != null
                        && told(failure).startsWith(cause.getMessage());
        if (addsToIt) {
            String more = told(failure).substring(told(cause).length());
            return what(cause) + more.stripTrailing().replace("\n", "\n" + INDENT);
        }
        if (failure instanceof Story.Mismatch mismatch) {
            return mismatch.getMessage()
                    + "\n"
                    + Show.difference(
                            Show.value(mismatch.expected()), Show.value(mismatch.got()), INDENT);
        }
        if (failure instanceof AssertionFailedError error
                && error.isExpectedDefined()
                && error.isActualDefined()) {
            return description(error.getMessage())
                    + "\n"
                    + Show.difference(shown(error.getExpected()), shown(error.getActual()), INDENT);
        }
        String message = told(failure).strip().replace("\n", "\n" + INDENT);
        if (failure instanceof AssertionError || failure instanceof NotDoneYet) {
            return message;
        }
        String type = failure.getClass().getName();
        return failure.getMessage() == null ? type : type + ": " + message;
    }

    private static String shown(ValueWrapper value) {
        return Show.readable(value.getStringRepresentation());
    }

    private static String told(Throwable failure) {
        return String.valueOf(failure.getMessage());
    }

    /** AssertJ begins with the description in brackets, where there is one. */
    private static String description(String message) {
        int end = message == null ? -1 : message.indexOf(']');
        return end < 0 || message.charAt(0) != '[' ? "the value" : message.substring(1, end);
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
