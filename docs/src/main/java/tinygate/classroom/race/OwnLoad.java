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
        boolean paced = perSecond > 0;
        // What was due gets its answer, however late: left out, it would be the slowest of all.
        long due = paced ? perSecond * time.toMillis() / 1_000 : Long.MAX_VALUE;
        LoadPlan plan =
                new LoadPlan(
                        target,
                        scenario.path(),
                        scenario.bodyBytes(),
                        scenario.connections(),
                        paced ? time.plus(GRACE) : time,
                        due,
                        perSecond);
        try (Load load = Load.start(plan)) {
            if (!load.awaitEnd(plan.time().plus(GRACE))) {
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
                    faults(sample, paced ? due : 0));
        }
    }

    private static double micros(Histogram latencies, double percentile) {
        return latencies.getTotalCount() == 0
                ? 0
                : latencies.getValueAtPercentile(percentile) / 1e3;
    }

    private static List<String> faults(Load.Sample sample, long due) {
        if (!sample.wrong().isEmpty()) {
            return sample.wrong().stream()
                    .map(
                            wrong ->
                                    "%s, %d times; the first: %s"
                                            .formatted(
                                                    wrong.kind(), wrong.times(), wrong.example()))
                    .toList();
        }
        long missing = due - sample.latencies().getTotalCount();
        return missing <= 0
                ? List.of()
                : List.of(
                        "%d of %d requests had no answer %d s after the last was due: lower --rate"
                                .formatted(missing, due, GRACE.toSeconds()));
    }
}
