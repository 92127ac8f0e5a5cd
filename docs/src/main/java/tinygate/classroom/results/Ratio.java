package tinygate.classroom.results;

import java.util.Arrays;
import java.util.Collection;
import java.util.Locale;
import java.util.Random;

/**
 * How two contenders compare: the median of the ratios of the rounds, and the interval in which 90
 * % of the medians lie that are drawn from the same rounds again (bootstrap; Efron and Tibshirani,
 * An Introduction to the Bootstrap, chapter 13).
 *
 * @param median of the rounds' ratios
 * @param low the interval's lower end
 * @param high its upper end
 * @param rounds how many there were
 */
public record Ratio(double median, double low, double high, int rounds) {
    private static final int SAMPLES = 4_000;
    private static final double TAIL = 0.05;

    /** Fewer cannot give an interval: 90 % of one or two values is a guess. */
    private static final int FEWEST_ROUNDS = 3;

    /** What a ratio says. */
    public enum Verdict {
        LESS,
        MORE,
        /** The interval holds 1.0. */
        NO_DIFFERENCE,
        /** There were too few rounds for a verdict. */
        OPEN
    }

    /**
     * The same rounds give the same interval each time.
     *
     * @param ratios one a round, at least one
     */
    public static Ratio of(Collection<Double> ratios) {
        double[] values = ratios.stream().mapToDouble(Double::doubleValue).toArray();
        if (values.length == 0) {
            throw new IllegalArgumentException("a ratio needs at least one round");
        }
        Random random = new Random(values.length);
        double[] medians = new double[SAMPLES];
        double[] drawn = new double[values.length];
        for (int i = 0; i < SAMPLES; i++) {
            for (int j = 0; j < drawn.length; j++) {
                drawn[j] = values[random.nextInt(values.length)];
            }
            medians[i] = medianOf(drawn);
        }
        Arrays.sort(medians);
        int tail = (int) (SAMPLES * TAIL);
        return new Ratio(
                medianOf(values), medians[tail], medians[SAMPLES - 1 - tail], values.length);
    }

    /** The middle value, or the mean of the two in the middle; NaN of none. */
    public static double medianOf(double... values) {
        if (values.length == 0) {
            return Double.NaN;
        }
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    public Verdict verdict() {
        if (rounds < FEWEST_ROUNDS) {
            return Verdict.OPEN;
        }
        if (low <= 1 && high >= 1) {
            return Verdict.NO_DIFFERENCE;
        }
        return median < 1 ? Verdict.LESS : Verdict.MORE;
    }

    /** As in {@code 0.87 [0.84-0.90]}; with a third digit where two would hide the verdict. */
    @Override
    public String toString() {
        boolean close = verdict() != Verdict.NO_DIFFERENCE && (nearOne(low) || nearOne(high));
        String format = close ? "%.3f [%.3f-%.3f]" : "%.2f [%.2f-%.2f]";
        return String.format(Locale.ROOT, format, median, low, high);
    }

    /** Whether two digits show it as 1.00. */
    private static boolean nearOne(double bound) {
        return Math.abs(bound - 1) < 0.005;
    }
}
