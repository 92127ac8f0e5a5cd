package tinygate;

/**
 * A value that {@link Settings} refuses: its message names the key, the value and what is allowed.
 */
public final class InvalidSetting extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    private final String key;

    private InvalidSetting(String key, String message) {
        super(message);
        this.key = key;
    }

    /** The key's last name, as in {@code headMillis}: enough to find its line in a file. */
    String name() {
        return key.substring(key.lastIndexOf('.') + 1);
    }

    static void check(boolean allowed, String key, String message) {
        if (!allowed) {
            throw new InvalidSetting(key, message);
        }
    }

    static void checkRange(String key, long value, long min, long max) {
        check(
                value >= min && value <= max,
                key,
                key + " is " + value + ": allowed is " + min + " to " + max);
    }
}
