package tinygate.classroom.results;

import static tinygate.classroom.results.Judge.median;

import java.util.Locale;
import java.util.Optional;
import tinygate.classroom.results.Judge.Figure;
import tinygate.classroom.results.Results.Case;
import tinygate.classroom.results.Results.Entry;

/** A case as plain text of at most 80 columns, for a terminal or a projector. */
public final class Table {
    private static final int BAR = 12;

    private Table() {}

    /** As many signs of {@code width} as the value is of the most. */
    public static String bar(double value, double most, int width) {
        return most > 0 && value > 0 ? "#".repeat((int) Math.ceil(value / most * width)) : "";
    }

    /** What was measured, with medians of the rounds, and how it compares with the baseline. */
    public static String of(Case one) {
        StringBuilder text = new StringBuilder();
        line(text, "%s", one.scenario() + ": " + one.words());
        Optional<Entry> baseline = Judge.baseline(one);
        if (baseline.isPresent()) {
            rates(text, one, baseline.get());
            others(text, one);
            line(text, "Calls: system calls per request, counted by the kernel; g: by the gate.");
        }
        return text.toString();
    }

    private static void rates(StringBuilder text, Case one, Entry baseline) {
        line(
                text,
                "%-9s%9s %-12s %6s %-12s  CPU, ratio to %s",
                "",
                "req/s",
                "",
                "CPU us",
                "",
                baseline.name());
        double mostRequests = most(one, Figure.REQUESTS_PER_SECOND);
        double mostCpu = most(one, Figure.CPU_MICROS);
        for (Entry entry : one.entries()) {
            double requests = median(entry, Figure.REQUESTS_PER_SECOND);
            double cpu = median(entry, Figure.CPU_MICROS);
            line(
                    text,
                    "%-9s%9s %-12s %6s %-12s  %s",
                    entry.name(),
                    Words.number("%,.0f", requests),
                    bar(requests, mostRequests, BAR),
                    Words.number("%.1f", cpu),
                    bar(cpu, mostCpu, BAR),
                    comparison(entry, baseline));
        }
    }

    private static void others(StringBuilder text, Case one) {
        line(text, "");
        line(
                text,
                "%-9s%9s%10s%9s%9s%10s%9s%6s",
                "",
                "calls",
                "switches",
                "p50 ms",
                "p99 ms",
                "p99.9 ms",
                "threads",
                "MiB");
        for (Entry entry : one.entries()) {
            line(
                    text,
                    "%-9s%9s%10s%9s%9s%10s%9d%6d",
                    entry.name(),
                    calls(entry),
                    Words.number("%.2f", median(entry, Figure.SWITCHES)),
                    Words.number("%.2f", median(entry, Figure.P50_MICROS) / 1e3),
                    Words.number("%.2f", median(entry, Figure.P99_MICROS) / 1e3),
                    Words.number("%.2f", median(entry, Figure.P999_MICROS) / 1e3),
                    entry.threads(),
                    entry.residentBytes() >> 20);
        }
    }

    /** The ratio of processor time to the baseline's, and what it says; or why there is none. */
    static String comparison(Entry entry, Entry baseline) {
        if (!entry.faults().isEmpty()) {
            return "VOID";
        }
        return Judge.ratio(entry, baseline, Figure.CPU_MICROS)
                .map(ratio -> entry == baseline ? "1.00" : ratio + " " + mark(ratio))
                .orElse("-");
    }

    /** System calls per request, with who counted them. */
    static String calls(Entry entry) {
        String mark = Judge.countedBy(entry).equals("gate") ? "g" : "";
        return Words.number("%.2f", Judge.callsPerRequest(entry)) + mark;
    }

    static String mark(Ratio ratio) {
        return switch (ratio.verdict()) {
            case LESS -> "<";
            case MORE -> ">";
            case NO_DIFFERENCE -> "=";
            case OPEN -> "?";
        };
    }

    private static double most(Case one, Figure figure) {
        return one.entries().stream()
                .mapToDouble(entry -> median(entry, figure))
                .filter(Double::isFinite)
                .max()
                .orElse(0);
    }

    private static void line(StringBuilder text, String format, Object... values) {
        text.append(String.format(Locale.ROOT, format, values).stripTrailing()).append('\n');
    }
}
