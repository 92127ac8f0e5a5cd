package tinygate.classroom.results;

import static tinygate.classroom.results.Judge.median;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import tinygate.classroom.results.Judge.Figure;
import tinygate.classroom.results.Ratio.Verdict;
import tinygate.classroom.results.Results.Case;
import tinygate.classroom.results.Results.Entry;

/**
 * Whether two runs of the race say the same of the CPU time per request, scenario by scenario: the
 * order of the contenders, and their ratios to the baseline. Two contenders are tied in a run whose
 * interval of their ratio holds 1.0; tied ones have no order that could be another one.
 */
public final class Agreement {
    /** A ratio of the one run may be this part larger than that of the other. */
    private static final double MOST_APART = 0.15;

    private final List<String> lines = new ArrayList<>();
    private int compared;
    private boolean contradicted;

    private Agreement() {}

    public static Agreement of(Results first, Results second) {
        Agreement agreement = new Agreement();
        for (Case one : first.cases()) {
            Optional<Case> same = second.find(one.scenario());
            if (same.isPresent()) {
                agreement.compare(one, same.get());
            } else {
                agreement.say("%s: only in the first run", one.scenario());
            }
        }
        second.cases().stream()
                .filter(one -> first.find(one.scenario()).isEmpty())
                .forEach(one -> agreement.say("%s: only in the second run", one.scenario()));
        agreement.say(
                "%s",
                agreement.holds()
                        ? "The runs agree."
                        : agreement.compared == 0
                                ? "The runs have no ratio in common."
                                : "The runs do not agree: see the lines with !");
        return agreement;
    }

    /** How far a second run agrees with the one of the chapter, for the book. */
    static String text(Results chapter, Results again) {
        Adoc adoc = new Adoc();
        adoc.line("First run: the one above, %s.", chapter.circumstances().date());
        adoc.line("Second run: %s.", again.circumstances().date());
        adoc.line("").line("....");
        of(chapter, again).lines().forEach(adoc::line);
        return adoc.line("....").toString();
    }

    /** Whether nothing contradicts, and there is something that could have. */
    public boolean holds() {
        return compared > 0 && !contradicted;
    }

    /** What was compared, for a terminal. */
    public List<String> lines() {
        return List.copyOf(lines);
    }

    private void compare(Case first, Case second) {
        say("%s, CPU per request, the least first:", first.scenario());
        say("  first run:  %s", order(first));
        say("  second run: %s", order(second));
        List<String> names =
                first.entries().stream()
                        .map(Entry::name)
                        .filter(name -> second.find(name).isPresent())
                        .toList();
        for (int i = 0; i < names.size(); i++) {
            for (String other : names.subList(i + 1, names.size())) {
                compareOrder(first, second, names.get(i), other);
            }
        }
        Judge.baseline(first)
                .filter(entry -> names.contains(entry.name()))
                .ifPresent(entry -> compareRatios(first, second, entry.name(), names));
    }

    private static String order(Case one) {
        return one.entries().stream()
                .filter(entry -> Double.isFinite(median(entry, Figure.CPU_MICROS)))
                .sorted(Comparator.comparingDouble(entry -> median(entry, Figure.CPU_MICROS)))
                .map(Entry::name)
                .collect(Collectors.joining(" "));
    }

    private void compareOrder(Case first, Case second, String name, String other) {
        Verdict then = verdict(first, name, other);
        Verdict now = verdict(second, name, other);
        if (then == Verdict.LESS && now == Verdict.MORE
                || then == Verdict.MORE && now == Verdict.LESS) {
            contradict(
                    "%s to %s: %s, then %s",
                    name,
                    other,
                    ratio(first, name, other).orElseThrow(),
                    ratio(second, name, other).orElseThrow());
        }
    }

    private void compareRatios(Case first, Case second, String baseline, List<String> names) {
        String widest = "";
        double most = -1;
        for (String name : names) {
            Optional<Ratio> then = ratio(first, name, baseline);
            Optional<Ratio> now = ratio(second, name, baseline);
            if (then.isPresent() != now.isPresent()) {
                contradict("%s has a ratio to %s in one run only", name, baseline);
            } else if (then.isPresent() && !name.equals(baseline)) {
                compared++;
                double quotient = now.get().median() / then.get().median();
                double apart = Math.max(quotient, 1 / quotient) - 1;
                String words =
                        String.format(
                                Locale.ROOT,
                                "%s to %s: %.2f, then %.2f, %.0f %% apart",
                                name,
                                baseline,
                                then.get().median(),
                                now.get().median(),
                                apart * 100);
                if (apart > MOST_APART) {
                    contradict("%s", words);
                }
                if (apart > most) {
                    most = apart;
                    widest = words;
                }
            }
        }
        if (most >= 0) {
            say("  widest:     %s", widest);
        }
    }

    private static Verdict verdict(Case one, String name, String other) {
        return ratio(one, name, other).map(Ratio::verdict).orElse(Verdict.OPEN);
    }

    private static Optional<Ratio> ratio(Case one, String name, String other) {
        return Judge.ratio(
                one.find(name).orElseThrow(), one.find(other).orElseThrow(), Figure.CPU_MICROS);
    }

    private void contradict(String format, Object... values) {
        contradicted = true;
        say("! " + format, values);
    }

    private void say(String format, Object... values) {
        lines.add(String.format(Locale.ROOT, format, values));
    }
}
