package tinygate.classroom;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.HdrHistogram.Histogram;

/**
 * Drives a load at a gate and, second by second, sets what the clients saw beside what the kernel
 * says about the gate's process. It shows nothing: that is the business of whoever watches.
 */
final class Measurement {
    private static final double NANOS = 1e9;

    private final Load load;
    private final long pid;
    private final Consumer<Interval> watcher;
    private final Histogram latencies;
    private long lastNanos;
    private ProcessFigures lastFigures;
    private List<WrongResponses.Count> wrong = List.of();

    /**
     * About a second of a load.
     *
     * @param endSeconds when it ended, in seconds since the load began
     * @param seconds how long it was
     * @param sample what the clients saw in it
     * @param figures what the kernel says of the gate's process at its end
     * @param cpuMicros the processor time that the gate's process used in it
     */
    record Interval(
            double endSeconds,
            double seconds,
            Load.Sample sample,
            ProcessFigures figures,
            long cpuMicros) {

        long requests() {
            return sample.latencies().getTotalCount();
        }

        double requestsPerSecond() {
            return requests() / seconds;
        }

        /** 100 is one core, fully used. */
        double cpuPercent() {
            return cpuMicros / (seconds * 1e6) * 100;
        }
    }

    /**
     * A whole load.
     *
     * @param latencies of all right responses, in nanoseconds; their count is the count of requests
     * @param wrong what was wrong, by kind
     * @param figures what the kernel says of the gate's process at its end
     * @param cpuMicros the processor time that the gate's process used
     */
    record Result(
            double seconds,
            Histogram latencies,
            List<WrongResponses.Count> wrong,
            ProcessFigures figures,
            long cpuMicros) {

        long requests() {
            return latencies.getTotalCount();
        }

        double requestsPerSecond() {
            return requests() / seconds;
        }

        /** NaN if there was no request. */
        double cpuMicrosPerRequest() {
            return requests() == 0 ? Double.NaN : (double) cpuMicros / requests();
        }
    }

    private Measurement(Load load, long pid, Consumer<Interval> watcher) throws IOException {
        this.load = load;
        this.pid = pid;
        this.watcher = watcher;
        this.lastFigures = ProcessFigures.of(pid);
        this.latencies = new Histogram(3);
    }

    /**
     * Drives a load to its end.
     *
     * @param pid the process of the gate that the plan aims at
     * @param watcher is told of every second
     * @throws IOException if the gate's process ended
     */
    static Result of(LoadPlan plan, long pid, Consumer<Interval> watcher)
            throws IOException, InterruptedException {
        try (Load load = Load.start(plan)) {
            return new Measurement(load, pid, watcher).measure(plan.time());
        }
    }

    private Result measure(Duration time) throws IOException, InterruptedException {
        long startNanos = System.nanoTime();
        long startCpu = lastFigures.cpuMicros();
        boolean ended = false;
        for (int second = 1; !ended; second++) {
            // What is left of the last second is no interval of its own.
            boolean last = time.toNanos() < (second + 0.5) * NANOS;
            double untilSeconds = last ? time.toNanos() / NANOS + 1 : second;
            long untilNanos = startNanos + (long) (untilSeconds * NANOS);
            ended = load.awaitEnd(Duration.ofNanos(untilNanos - System.nanoTime()));
            interval();
        }
        return new Result(
                lastNanos / NANOS,
                latencies,
                wrong,
                lastFigures,
                lastFigures.cpuMicros() - startCpu);
    }

    private void interval() throws IOException {
        Load.Sample sample = load.sample();
        ProcessFigures figures = ProcessFigures.of(pid);
        Interval interval =
                new Interval(
                        sample.nanos() / NANOS,
                        (sample.nanos() - lastNanos) / NANOS,
                        sample,
                        figures,
                        figures.cpuMicros() - lastFigures.cpuMicros());
        latencies.add(sample.latencies());
        wrong = sample.wrong();
        lastFigures = figures;
        lastNanos = sample.nanos();
        watcher.accept(interval);
    }
}
