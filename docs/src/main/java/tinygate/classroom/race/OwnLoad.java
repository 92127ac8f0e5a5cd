package tinygate.classroom.race;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import org.HdrHistogram.Histogram;
import tinygate.classroom.Load;
import tinygate.classroom.LoadPlan;

/**
 * The course's own load, which checks status and length of each response.
 *
 * @param perSecond at which rate requests are due, 0 for a closed loop
 */
record OwnLoad(int perSecond) implements LoadSource {
    private static final Duration GRACE = Duration.ofSeconds(5);

    @Override
    public String name() {
        return "own";
    }

    @Override
    public String title() {
        return perSecond == 0
                ? "the course's own, closed loop"
                : "the course's own, " + perSecond + " requests/s, from when they were due";
    }

    @Override
    public String obstacle(Scenario scenario) {
        return switch (scenario.kind()) {
            case PIPELINED, CLOSE -> scenario + " needs wrk: apt install wrk";
            default -> "";
        };
    }

    @Override
    public Outcome run(InetSocketAddress target, Scenario scenario, Duration time)
            throws IOException, InterruptedException {
        LoadPlan plan =
                new LoadPlan(
                        target,
                        scenario.path(),
                        scenario.bodyBytes(),
                        scenario.connections(),
                        time,
                        Long.MAX_VALUE,
                        perSecond);
        try (Load load = Load.start(plan)) {
            if (!load.awaitEnd(time.plus(GRACE))) {
                throw new IOException("the load did not end in time");
            }
            Load.Sample sample = load.sample();
            Histogram latencies = sample.latencies();
            return new Outcome(
                    sample.nanos() / 1e9,
                    latencies.getTotalCount(),
                    micros(latencies, 50),
                    micros(latencies, 99),
                    micros(latencies, 99.9),
                    micros(sample.lateness(), 99),
                    faults(sample));
        }
    }

    private static double micros(Histogram latencies, double percentile) {
        return latencies.getTotalCount() == 0
                ? 0
                : latencies.getValueAtPercentile(percentile) / 1e3;
    }

    private static List<String> faults(Load.Sample sample) {
        return sample.wrong().stream()
                .map(
                        wrong ->
                                "%s, %d times; the first: %s"
                                        .formatted(wrong.kind(), wrong.times(), wrong.example()))
                .toList();
    }
}
