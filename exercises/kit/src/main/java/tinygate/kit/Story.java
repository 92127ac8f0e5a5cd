package tinygate.kit;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * What a test has done so far, told as numbered steps if it fails. A test says each step before it
 * takes it, and may state what it expects here or with any assertion library.
 */
public final class Story {
    private final List<String> steps = new ArrayList<>();
    private final Consumer<String> listener;

    /**
     * @param listener hears of each step at once, so that it is known even if the JVM dies in it
     */
    Story(Consumer<String> listener) {
        this.listener = listener;
    }

    /** Says what the test does next, as {@link String#format}; bytes and texts are shown whole. */
    public void step(String what, Object... arguments) {
        Object[] shown = new Object[arguments.length];
        for (int i = 0; i < shown.length; i++) {
            shown[i] = Show.value(arguments[i]);
        }
        String step = String.format(what, shown);
        steps.add(step);
        listener.accept(step);
    }

    /**
     * Expects two values to be equal.
     *
     * @param what what is looked at, in words
     */
    public void expect(String what, Object expected, Object got) {
        if (!Objects.deepEquals(expected, got)) {
            throw new Mismatch(what, expected, got);
        }
    }

    /** Expects something that can only be said in words. */
    public void expect(String what, boolean holds) {
        expect(what, true, holds);
    }

    List<String> steps() {
        return List.copyOf(steps);
    }

    /** An expectation that was not met. */
    static final class Mismatch extends AssertionError {
        private static final long serialVersionUID = 1L;

        private final transient Object expected;
        private final transient Object got;

        Mismatch(String what, Object expected, Object got) {
            super(what);
            this.expected = expected;
            this.got = got;
        }

        Object expected() {
            return expected;
        }

        Object got() {
            return got;
        }
    }
}
