package tinygate;

import static tinygate.InvalidSetting.check;
import static tinygate.InvalidSetting.checkRange;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * Lesson 1's workers: the part {@code workers} of {@link Settings}, one number or one word; the
 * other lessons have none.
 *
 * @param count how many connections are served at once by platform threads
 * @param virtual one virtual thread for each of {@link Settings.Limits#connections} instead (JDK
 *     21)
 */
public record WorkerSettings(int count, boolean virtual) {
    public static final WorkerSettings DEFAULTS = new WorkerSettings(64, false);
    private static final String VIRTUAL = "virtual";

    public WorkerSettings {
        checkRange("workers", count, 1, 10_000);
    }

    /** Reads a number, or {@code virtual}, as the file and the command line have it. */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static WorkerSettings parse(Object value) {
        String text = String.valueOf(value);
        if (text.equals(VIRTUAL)) {
            return new WorkerSettings(DEFAULTS.count, true);
        }
        check(
                text.matches("-?[0-9]{1,9}"),
                "workers",
                "workers must be a number or '" + VIRTUAL + "', not " + text);
        return new WorkerSettings(Integer.parseInt(text), false);
    }

    @JsonValue
    Object written() {
        return virtual ? VIRTUAL : (Object) count;
    }
}
