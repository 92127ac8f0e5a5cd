package tinygate.classroom.results;

import static tinygate.classroom.results.Judge.callsPerRequest;
import static tinygate.classroom.results.Judge.median;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import tinygate.classroom.results.Judge.Figure;
import tinygate.classroom.results.Results.Case;
import tinygate.classroom.results.Results.Entry;

/**
 * The sentences that the course starts from, beside what was measured: each row says what holds and
 * what does not. Where a case or a gate is missing the row says that instead.
 */
final class Claims {
    private static final String MANY = "keep-512-1k";
    private static final String FEW = "keep-64-1k";
    private static final String SLOW = "slow-64-1k";

    /** Two receives and two sends: from the client, to the upstream, and back. */
    private static final int OPERATIONS_PER_REQUEST = 4;

    private static final String NOT_MEASURED = "not measured in this run";

    private final Results results;
    private final List<List<String>> rows = new ArrayList<>();

    private Claims(Results results) {
        this.results = results;
    }

    /** The rows of a table, its head first. */
    static List<List<String>> rows(Results results) {
        Claims claims = new Claims(results);
        claims.rows.add(List.of("said", "measured", "finding"));
        claims.poolOfWorkers();
        claims.epollAgainstWorkers();
        claims.callsOfEpoll();
        claims.callsOfRing();
        claims.callsOfPoller();
        claims.timeOfPoller();
        return claims.rows;
    }

    private void poolOfWorkers() {
        row(
                "Workers work, but stop at their pool",
                two(SLOW, "workers", "epoll"),
                pair -> {
                    double workers = median(pair.one, Figure.REQUESTS_PER_SECOND);
                    double epoll = median(pair.other, Figure.REQUESTS_PER_SECOND);
                    String measured =
                            "requests/s of quick clients beside slow ones, more than there are"
                                    + " workers: workers %,.0f, epoll %,.0f";
                    String finding =
                            workers < epoll / 10
                                    ? "holds: nobody else is served"
                                    : "not so here: the quick clients got workers";
                    return List.of(format(measured, workers, epoll), finding);
                });
    }

    private void epollAgainstWorkers() {
        row(
                "epoll is a dramatic gain over workers under many connections",
                two(MANY, "epoll", "workers"),
                pair -> {
                    Optional<Ratio> rate = pair.ratio(Figure.REQUESTS_PER_SECOND);
                    String measured =
                            "512 connections, epoll to workers: requests/s "
                                    + text(rate)
                                    + ", CPU per request "
                                    + text(pair.ratio(Figure.CPU_MICROS));
                    return List.of(measured, rate.map(one -> gain(one.low())).orElse(NOT_MEASURED));
                });
    }

    private static String gain(double factor) {
        if (factor >= 2) {
            return "holds";
        }
        return factor > 1
                ? "a gain, but less than double: blocked threads cost memory and switches, and the"
                        + " rest is the kernel's TCP for both"
                : "not so here: there is no sure gain";
    }

    private void callsOfEpoll() {
        row(
                "epoll pays two system calls per I/O event",
                two(FEW, "epoll", "epoll"),
                pair -> {
                    double each = callsPerRequest(pair.one) / OPERATIONS_PER_REQUEST;
                    String measured =
                            "%.2f calls per request with 64 connections, %.2f for each of its four"
                                    + " receives and sends";
                    String finding =
                            each >= 1.75
                                    ? "holds"
                                    : "false under load: one wait brings many events, so that it"
                                            + " is nearer to one";
                    return List.of(format(measured, callsPerRequest(pair.one), each), finding);
                });
    }

    private void callsOfRing() {
        row(
                "io_uring submits and reaps in batches",
                two(MANY, "iouring", "epoll"),
                pair -> {
                    double ring = callsPerRequest(pair.one);
                    double epoll = callsPerRequest(pair.other);
                    String measured = "calls per request with 512 connections: %.2f, epoll %.2f";
                    String finding =
                            ring < epoll / 2
                                    ? format("holds: %.1f times fewer", epoll / ring)
                                    : "not so here: the batches are small";
                    return List.of(format(measured, ring, epoll), finding);
                });
    }

    private void callsOfPoller() {
        row(
                "SQPOLL makes close to no system calls",
                two(MANY, "sqpoll", "iouring"),
                pair -> {
                    double calls = callsPerRequest(pair.one);
                    String measured = "calls per request with 512 connections: %.2f, io_uring %.2f";
                    String finding =
                            calls < 0.05
                                    ? "holds"
                                    : "not so with this placement ("
                                            + results.circumstances().placement()
                                            + "): a loop that waits for its poller enters the"
                                            + " kernel to sleep";
                    return List.of(format(measured, calls, callsPerRequest(pair.other)), finding);
                });
    }

    private void timeOfPoller() {
        row(
                "SQPOLL burns CPU",
                two(MANY, "sqpoll", "iouring"),
                pair -> {
                    Optional<Ratio> ratio = pair.ratio(Figure.CPU_MICROS);
                    String measured =
                            "CPU per request to io_uring's: %s; of %.1f us the poller had %.1f";
                    boolean more = ratio.isPresent() && ratio.get().verdict() == Ratio.Verdict.MORE;
                    return List.of(
                            format(
                                    measured,
                                    text(ratio),
                                    median(pair.one, Figure.CPU_MICROS),
                                    median(pair.one, Figure.POLLER_MICROS)),
                            more ? "holds" : "not shown here");
                });
    }

    /** Two entries of a case. */
    private record Pair(Entry one, Entry other) {
        Optional<Ratio> ratio(Figure figure) {
            return Judge.ratio(one, other, figure);
        }
    }

    private Optional<Pair> two(String scenario, String one, String other) {
        Optional<Case> found = results.find(scenario);
        return found.flatMap(
                        in -> in.find(one).flatMap(a -> in.find(other).map(b -> new Pair(a, b))))
                .filter(pair -> measured(pair.one) && measured(pair.other));
    }

    /** A void entry has turns, perhaps, but no figures. */
    private static boolean measured(Entry entry) {
        return entry.faults().isEmpty() && !entry.turns().isEmpty();
    }

    private void row(
            String said, Optional<Pair> pair, Function<Pair, List<String>> measuredAndFinding) {
        List<String> row = new ArrayList<>(List.of(said));
        row.addAll(pair.map(measuredAndFinding).orElse(List.of(NOT_MEASURED, "-")));
        rows.add(row);
    }

    private static String format(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }

    private static String text(Optional<Ratio> ratio) {
        return ratio.map(Ratio::toString).orElse("-");
    }
}
