package tinygate.classroom.results;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tinygate.classroom.results.Judge.Figure;
import tinygate.classroom.results.Results.Case;
import tinygate.classroom.results.Results.Entry;

/**
 * What each technique of lesson 3 is worth, from a race of the gate as it is, which goes first, and
 * of the same gate with one technique less ({@code --also}).
 */
final class Techniques {
    /** What a variant does otherwise, in its command line. */
    private static final Pattern SETTING = Pattern.compile("--set (ring\\.\\S+)");

    private Techniques() {}

    static String text(Results results) {
        Adoc adoc = new Adoc();
        for (Case one : results.cases()) {
            if (!one.entries().isEmpty()) {
                adoc.line(".%s (`%s`)", one.words(), one.scenario());
                adoc.table("4,4,4,2", rows(one.entries()));
            }
        }
        Circumstances all = results.circumstances();
        return adoc.line("%s; %s; %s.", all.processor(), all.kernel(), all.date()).toString();
    }

    private static List<List<String>> rows(List<Entry> entries) {
        Entry asItIs = entries.get(0);
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("", "CPU per request", "requests/s", "calls per request"));
        for (Entry entry : entries) {
            rows.add(
                    List.of(
                            entry == asItIs ? "as it is" : difference(entry),
                            entry == asItIs ? "1" : words(entry, asItIs, Figure.CPU_MICROS),
                            entry == asItIs
                                    ? "1"
                                    : words(entry, asItIs, Figure.REQUESTS_PER_SECOND),
                            Table.calls(entry)));
        }
        return rows;
    }

    private static String difference(Entry entry) {
        String settings =
                SETTING.matcher(entry.title())
                        .results()
                        .map((MatchResult setting) -> "`" + setting.group(1) + "`")
                        .collect(Collectors.joining(", "));
        return settings.isEmpty() ? entry.name() : settings;
    }

    private static String words(Entry entry, Entry asItIs, Figure figure) {
        return Words.of(Judge.ratio(entry, asItIs, figure));
    }
}
