package tinygate.classroom.results;

import static tinygate.classroom.results.Judge.median;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import tinygate.classroom.results.Judge.Figure;
import tinygate.classroom.results.Results.Absent;
import tinygate.classroom.results.Results.Case;
import tinygate.classroom.results.Results.Entry;

/**
 * The results as a part of the book: AsciiDoc and pictures, all from the measured figures. The
 * build of the book calls it with the {@code results.json} that is in the repository.
 */
public final class Chapter {
    private Chapter() {}

    /**
     * @param args the {@code results.json}, which may be missing; the file to write; the directory
     *     of its pictures
     */
    public static void main(String[] args) throws IOException {
        Path from = Path.of(args[0]);
        Path file = Path.of(args[1]);
        Files.createDirectories(file.toAbsolutePath().getParent());
        if (Files.exists(from)) {
            write(ResultsFile.read(from), file, Path.of(args[2]));
        } else {
            Files.writeString(
                    file,
                    "No results are in the repository yet: race yourself, as"
                            + " xref:measuring.adoc#race[How we measure] says.\n");
        }
    }

    /** Writes the pages of a result, and a picture for each case. */
    public static void write(Results results, Path file, Path pictures) throws IOException {
        Files.createDirectories(pictures);
        for (Case one : results.cases()) {
            Files.writeString(pictures.resolve(picture(one)), Bars.svg(one));
        }
        Files.writeString(file, text(results));
    }

    static String text(Results results) {
        Adoc adoc = new Adoc();
        adoc.section(2, "What was said, and what was measured");
        adoc.table("3,5,4", Claims.rows(results));
        adoc.section(2, "When io_uring pays");
        adoc.line("io_uring's figure divided by epoll's, of the same round:");
        adoc.line("the median, and the interval that holds 90 % of the resampled medians.");
        adoc.table("3,3,3,2", Comparisons.ringToEpoll(results));
        Comparisons.ringFindings(results).forEach(adoc::line);
        adoc.section(2, "Beside nginx and HAProxy");
        adoc.line(
                "The gate's figure divided by the peer's: less CPU and more requests/s is ahead.");
        adoc.table("3,2,2,4,4", Comparisons.gatesToPeers(results));
        adoc.section(2, "All figures");
        adoc.line("Medians of the rounds.");
        adoc.line("A latency at saturation is the length of the load's queue;");
        adoc.line("it says something about a gate only where the rate is fixed.");
        adoc.line("A count of calls with a g is the gate's own, the others are the kernel's.");
        results.cases().forEach(one -> figures(adoc, one));
        adoc.section(2, "Circumstances");
        adoc.table("1,3", circumstances(results.circumstances(), results.absent()));
        return adoc.toString();
    }

    private static void figures(Adoc adoc, Case one) {
        adoc.section(3, "`" + one.scenario() + "`");
        adoc.line("%s.", one.words()).line("Load: %s.", one.load());
        Loads.punctuality(one).ifPresent(adoc::line);
        String warmUps = warmUps(one);
        if (!warmUps.isEmpty()) {
            adoc.line("Seconds of warm-up: %s.", warmUps);
        }
        adoc.line("");
        adoc.line("image::%s[\"Requests per second and CPU per request, as bars\"]", picture(one));
        List<List<String>> rows = new ArrayList<>();
        rows.add(
                List.of(
                        "",
                        "requests/s",
                        "CPU us",
                        "calls",
                        "switches",
                        "p50 ms",
                        "p99 ms",
                        "p99.9 ms",
                        "threads",
                        "MiB"));
        one.entries().forEach(entry -> rows.add(row(entry)));
        adoc.table("<3,>3" + ",>2".repeat(8), rows);
        for (Entry entry : one.entries()) {
            entry.faults().forEach(fault -> adoc.line("%s is void: %s.", entry.name(), fault));
        }
    }

    /** Empty for a race of before they were written down. */
    private static String warmUps(Case one) {
        return one.entries().stream()
                .filter(entry -> entry.warmUpSeconds() > 0)
                .map(entry -> entry.name() + " " + entry.warmUpSeconds())
                .collect(Collectors.joining(", "));
    }

    private static List<String> row(Entry entry) {
        return List.of(
                entry.name(),
                Words.number("%,.0f", median(entry, Figure.REQUESTS_PER_SECOND)),
                Words.number("%.1f", median(entry, Figure.CPU_MICROS)),
                Table.calls(entry),
                Words.number("%.2f", median(entry, Figure.SWITCHES)),
                millis(entry, Figure.P50_MICROS),
                millis(entry, Figure.P99_MICROS),
                millis(entry, Figure.P999_MICROS),
                Integer.toString(entry.threads()),
                Long.toString(entry.residentBytes() >> 20));
    }

    /** A table's rows, its head first. */
    static List<List<String>> circumstances(Circumstances all, List<Absent> absent) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("what", "this run"));
        rows.add(List.of("date", all.date()));
        rows.add(List.of("options", all.command().isEmpty() ? "none" : "`" + all.command() + "`"));
        rows.add(List.of("rounds", all.rounds() + " of " + all.seconds() + " s each"));
        rows.add(List.of("processor", all.processor()));
        rows.add(List.of("kernel", all.kernel()));
        rows.add(List.of("JDK", all.jdk()));
        all.versions().forEach((name, version) -> rows.add(List.of(name, version)));
        rows.add(List.of("placement", all.placement()));
        rows.add(List.of("upstream", all.upstream()));
        rows.add(List.of("load average at the start", Double.toString(all.loadAverage())));
        if (all.dearCall() > 0) {
            rows.add(List.of("dear system calls", "each costs " + all.dearCall() + " ns more"));
        }
        absent.forEach(one -> rows.add(List.of("without " + one.name(), one.reason())));
        return rows;
    }

    private static String millis(Entry entry, Figure figure) {
        return Words.number("%.2f", median(entry, figure) / 1e3);
    }

    private static String picture(Case one) {
        return "race-" + one.scenario() + ".svg";
    }
}
