package tinygate.classroom.results;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tinygate.classroom.results.Judge.Figure;
import tinygate.classroom.results.Ratio.Verdict;
import tinygate.classroom.results.Results.Case;
import tinygate.classroom.results.Results.Entry;
import tinygate.classroom.results.Results.Turn;

/**
 * The course's own load beside wrk, from a race in which both took turns ({@code --load both}): who
 * gets more requests out of the same contender, and whether the own one keeps a fixed rate.
 */
final class Loads {
    private static final String WRK = "/wrk";
    private static final String OWN = "/own";

    private Loads() {}

    static String text(Results results) {
        Adoc adoc = new Adoc();
        adoc.line("Our own load's figure divided by wrk's, of the same round:");
        adoc.table("3,2,4,4,4,4", rows(results));
        findings(results).forEach(adoc::line);
        adoc.line("");
        results.cases().forEach(one -> punctuality(one).ifPresent(adoc::line));
        return adoc.toString();
    }

    private static List<List<String>> rows(Results results) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("scenario", "contender", "requests/s", "CPU of the load", "p50", "p99"));
        for (Pair pair : pairs(results)) {
            rows.add(
                    List.of(
                            "`" + pair.one.scenario() + "`",
                            pair.contender,
                            Words.of(pair.ratio(Figure.REQUESTS_PER_SECOND)),
                            Words.of(pair.ratio(Figure.LOAD_MICROS)),
                            Words.of(pair.ratio(Figure.P50_MICROS)),
                            Words.of(pair.ratio(Figure.P99_MICROS))));
        }
        return rows;
    }

    /** What that table says, in sentences. */
    private static List<String> findings(Results results) {
        Map<Verdict, List<String>> by = new TreeMap<>();
        for (Pair pair : pairs(results)) {
            pair.ratio(Figure.REQUESTS_PER_SECOND)
                    .ifPresent(
                            ratio ->
                                    by.computeIfAbsent(ratio.verdict(), v -> new ArrayList<>())
                                            .add(pair.toString()));
        }
        return by.entrySet().stream()
                .map(
                        entry ->
                                said(entry.getKey())
                                        + ": "
                                        + String.join(", ", entry.getValue())
                                        + ".")
                .toList();
    }

    private static String said(Verdict verdict) {
        return switch (verdict) {
            case LESS -> "It gets fewer requests answered than wrk, so that it is a bottleneck";
            case MORE -> "It gets more requests answered than wrk";
            case NO_DIFFERENCE -> "It is not surely faster or slower than wrk";
            case OPEN -> "There were too few rounds for a verdict";
        };
    }

    /** How well a fixed rate was kept; empty where none was. */
    static Optional<String> punctuality(Case one) {
        double[] late =
                one.entries().stream()
                        .flatMap(entry -> entry.turns().stream())
                        .mapToDouble(Turn::lateMicros)
                        .filter(micros -> micros > 0)
                        .sorted()
                        .toArray();
        if (late.length == 0) {
            return Optional.empty();
        }
        return Optional.of(
                String.format(
                        Locale.ROOT,
                        "Of the %,d requests a second in `%s` 99 %% were sent at most %.2f ms after"
                                + " they were due; in the worst turn at most %.2f ms.",
                        one.requestsPerSecond(),
                        one.scenario(),
                        Ratio.medianOf(late) / 1e3,
                        late[late.length - 1] / 1e3));
    }

    /** The turns of a contender with the one load and with the other. */
    private record Pair(Case one, String contender, Entry own, Entry wrk) {
        Optional<Ratio> ratio(Figure figure) {
            return Judge.ratio(own, wrk, figure);
        }

        @Override
        public String toString() {
            return contender + " in `" + one.scenario() + "`";
        }
    }

    private static List<Pair> pairs(Results results) {
        List<Pair> pairs = new ArrayList<>();
        for (Case one : results.cases()) {
            for (Entry own : one.entries()) {
                String contender = own.name().replaceFirst(OWN + "$", "");
                one.find(contender + WRK)
                        .ifPresent(wrk -> pairs.add(new Pair(one, contender, own, wrk)));
            }
        }
        return pairs;
    }
}
