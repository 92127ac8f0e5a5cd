package tinygate.book;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Compares what a machine has answered with what a chapter shows. */
final class Answer {
    private static final String ANYTHING = "...";

    private Answer() {}

    /**
     * Whether an answer is the one shown.
     *
     * @param shown lines; three dots stand for anything within a line, alone for any lines; blanks
     *     are compared as words are, not counted
     */
    static boolean is(List<String> shown, List<String> answered) {
        if (shown.isEmpty()) {
            return answered.isEmpty();
        }
        List<String> rest = shown.subList(1, shown.size());
        if (shown.get(0).equals(ANYTHING)) {
            return is(rest, answered)
                    || !answered.isEmpty() && is(shown, answered.subList(1, answered.size()));
        }
        return !answered.isEmpty()
                && line(shown.get(0)).matcher(oneBlank(answered.get(0))).matches()
                && is(rest, answered.subList(1, answered.size()));
    }

    /** A pattern for a line in which runs of blanks are one blank: columns may be aligned anew. */
    private static Pattern line(String shown) {
        return Pattern.compile(
                Stream.of(oneBlank(shown).split(Pattern.quote(ANYTHING), -1))
                        .map(Pattern::quote)
                        .collect(Collectors.joining(".*")));
    }

    private static String oneBlank(String line) {
        return line.strip().replaceAll("\\s+", " ");
    }
}
