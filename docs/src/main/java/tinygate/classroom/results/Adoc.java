package tinygate.classroom.results;

import java.util.List;
import java.util.Locale;

/** Writes AsciiDoc, a line at a time. */
final class Adoc {
    private final StringBuilder text = new StringBuilder();

    Adoc line(String format, Object... values) {
        text.append(values.length == 0 ? format : String.format(Locale.ROOT, format, values));
        text.append('\n');
        return this;
    }

    /** A section's title, from {@code ==}. */
    Adoc section(int level, String title) {
        return line("").line("%s %s", "=".repeat(level), title).line("");
    }

    /**
     * A table.
     *
     * @param columns their widths and alignments, as in {@code <3,>1}
     * @param rows the first of them is the head
     */
    Adoc table(String columns, List<List<String>> rows) {
        line("");
        line("[cols=\"%s\",options=\"header\"]", columns);
        line("|===");
        for (List<String> row : rows) {
            for (String cell : row) {
                line("|%s", cell.replace("|", "\\|"));
            }
            line("");
        }
        return line("|===").line("");
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
