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

/**
 * The same race on two machines: how far a ratio is that of the gates, and how far that of the
 * processor. No absolute figures, since they would compare the machines.
 */
final class Elsewhere {
    private static final List<String> SHOWN =
            List.of("haproxy", "workers", "epoll", "netty", "iouring", "sqpoll");

    /** The gates about which the students asked whether they are ahead of nginx. */
    private static final List<String> ASKED = List.of("epoll", "iouring");

    private Elsewhere() {}

    static String text(Results here, Results there) {
        Adoc adoc = new Adoc();
        adoc.table("1,3,3", machines(here.circumstances(), there.circumstances()));
        adoc.line(
                "CPU per request, divided by nginx's on the same machine: above, then elsewhere.");
        adoc.table("4" + ",3".repeat(SHOWN.size()), ratios(here, there));
        for (String gate : ASKED) {
            finding(here, there, gate).ifPresent(sentence -> adoc.line(sentence).line(""));
        }
        return adoc.toString();
    }

    private static List<List<String>> machines(Circumstances here, Circumstances there) {
        return List.of(
                List.of("", "above", "elsewhere"),
                List.of("date", here.date(), there.date()),
                List.of("rounds", "" + here.rounds(), "" + there.rounds()),
                List.of("processor", here.processor(), there.processor()),
                List.of("kernel", here.kernel(), there.kernel()));
    }

    private static List<List<String>> ratios(Results here, Results there) {
        List<List<String>> rows = new ArrayList<>();
        List<String> head = new ArrayList<>(SHOWN);
        head.add(0, "");
        rows.add(head);
        for (Case one : here.cases()) {
            there.find(one.scenario()).ifPresent(other -> rows.add(row(one, other)));
        }
        return rows;
    }

    private static List<String> row(Case here, Case there) {
        List<String> row = new ArrayList<>();
        row.add("`" + here.scenario() + "`");
        for (String name : SHOWN) {
            row.add(number(toBaseline(here, name)) + ", " + number(toBaseline(there, name)));
        }
        return row;
    }

    private static String number(Optional<Ratio> ratio) {
        return ratio.map(one -> String.format(Locale.ROOT, "%.2f", one.median())).orElse("-");
    }

    /**
     * On how many of the two machines a gate needs surely less than nginx, scenario by scenario.
     */
    private static Optional<String> finding(Results here, Results there, String gate) {
        Map<Integer, List<String>> byMachines = new TreeMap<>();
        for (Case one : here.cases()) {
            Optional<Ratio> first = toBaseline(one, gate);
            Optional<Ratio> second =
                    there.find(one.scenario()).flatMap(other -> toBaseline(other, gate));
            if (first.isPresent() && second.isPresent()) {
                int machines = less(first.get()) + less(second.get());
                byMachines
                        .computeIfAbsent(machines, count -> new ArrayList<>())
                        .add("`" + one.scenario() + "`");
            }
        }
        if (byMachines.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                String.format(
                        "%s surely needs less than nginx on both machines in: %s; on one of them"
                                + " in: %s; on neither in: %s.",
                        gate,
                        scenarios(byMachines, 2),
                        scenarios(byMachines, 1),
                        scenarios(byMachines, 0)));
    }

    private static int less(Ratio ratio) {
        return ratio.verdict() == Verdict.LESS ? 1 : 0;
    }

    private static String scenarios(Map<Integer, List<String>> byMachines, int machines) {
        return String.join(", ", byMachines.getOrDefault(machines, List.of("none")));
    }

    private static Optional<Ratio> toBaseline(Case one, String name) {
        return one.find(name)
                .flatMap(
                        entry ->
                                Judge.baseline(one)
                                        .flatMap(
                                                nginx ->
                                                        Judge.ratio(
                                                                entry, nginx, Figure.CPU_MICROS)));
    }
}
