package tinygate.classroom.results;

import java.util.Locale;
import java.util.Optional;

/** Numbers and verdicts as a reader gets them. */
final class Words {
    private static final String NONE = "not measured";

    private Words() {}

    /** As in {@code 0.87 [0.84-0.90]: 13 % less}. */
    static String of(Optional<Ratio> ratio) {
        return ratio.map(one -> one + ": " + verdict(one)).orElse(NONE);
    }

    static String verdict(Ratio ratio) {
        return switch (ratio.verdict()) {
            case NO_DIFFERENCE -> "no sure difference";
            case OPEN -> "too few rounds for a verdict";
            case LESS -> percent(ratio) + " less";
            case MORE ->
                    ratio.median() >= 2
                            ? String.format(Locale.ROOT, "%.1f times as much", ratio.median())
                            : percent(ratio) + " more";
        };
    }

    private static String percent(Ratio ratio) {
        double percent = Math.abs(ratio.median() - 1) * 100;
        return percent < 1 ? "less than 1 %" : String.format(Locale.ROOT, "%.0f %%", percent);
    }

    static String number(String format, double value) {
        return Double.isFinite(value) ? String.format(Locale.ROOT, format, value) : "-";
    }
}
