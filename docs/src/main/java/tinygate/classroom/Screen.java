package tinygate.classroom;

import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.HdrHistogram.Histogram;

/** What the demo shows: plain lines of at most 80 characters, for a terminal, projector or pipe. */
final class Screen {
    private static final int NAME_COLUMN = 20;
    private static final int GATE_COLUMN = 10;

    private final PrintStream out;

    /** A gate and what was measured of it. */
    record Row(ShownGate gate, Measurement.Result result) {}

    Screen(PrintStream out) {
        this.out = out;
    }

    void say(String format, Object... values) {
        out.println(String.format(Locale.ROOT, format, values));
        out.flush();
    }

    /** The head of the lines that {@link #line} prints. */
    void head() {
        say("");
        say("  time  requests/s    p50 ms    p99 ms  longest wait ms  errors  threads  CPU %%");
    }

    /** One second of a load. */
    void line(Measurement.Interval interval) {
        Histogram latencies = interval.sample().latencies();
        say(
                "%4.0f s  %,10.0f  %8s  %8s  %15s  %,6d  %,7d  %5.0f",
                interval.endSeconds(),
                interval.requestsPerSecond(),
                percentile(latencies, 50),
                percentile(latencies, 99),
                millis(interval.sample().oldestNanos()),
                WrongResponses.sum(interval.sample().wrong()),
                interval.figures().threads(),
                interval.cpuPercent());
    }

    /** All gates beside each other, one column each. */
    void summary(List<Row> rows) {
        say("");
        row("", rows, row -> row.gate().name());
        row("requests", rows, row -> count(row.result().requests()));
        row("requests/s", rows, row -> count(Math.round(row.result().requestsPerSecond())));
        row("p50 latency, ms", rows, row -> percentile(row.result().latencies(), 50));
        row("p99 latency, ms", rows, row -> percentile(row.result().latencies(), 99));
        row("longest latency, ms", rows, row -> percentile(row.result().latencies(), 100));
        row("CPU us per request", rows, row -> cpu(row.result()));
        row("threads", rows, row -> count(row.result().figures().threads()));
        row(
                "resident memory, MiB",
                rows,
                row -> count(row.result().figures().residentBytes() >> 20));
        row("errors", rows, row -> count(WrongResponses.sum(row.result().wrong())));
    }

    /** What was wrong, if anything was. */
    void wrong(ShownGate gate, List<WrongResponses.Count> counts) {
        for (WrongResponses.Count count : counts) {
            say(
                    "%s: %s, %,d times; the first: %s",
                    gate.name(), count.kind(), count.times(), count.example());
        }
    }

    /** A time as milliseconds, with what digits can be told apart from the back of a classroom. */
    static String millis(long nanos) {
        double millis = nanos / 1e6;
        return String.format(Locale.ROOT, millis < 100 ? "%.2f" : "%,.0f", millis);
    }

    private void row(String name, List<Row> rows, Function<Row, String> value) {
        StringBuilder line = new StringBuilder(String.format("%-" + NAME_COLUMN + "s", name));
        rows.forEach(row -> line.append(String.format("%" + GATE_COLUMN + "s", value.apply(row))));
        say("%s", line);
    }

    private static String percentile(Histogram latencies, double percentile) {
        return latencies.getTotalCount() == 0
                ? "-"
                : millis(latencies.getValueAtPercentile(percentile));
    }

    private static String count(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }

    private static String cpu(Measurement.Result result) {
        double micros = result.cpuMicrosPerRequest();
        return Double.isNaN(micros) ? "-" : String.format(Locale.ROOT, "%.1f", micros);
    }
}
