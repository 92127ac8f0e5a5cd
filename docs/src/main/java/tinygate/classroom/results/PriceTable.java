package tinygate.classroom.results;

import java.util.List;
import java.util.Locale;
import tinygate.classroom.results.Price.Gate;
import tinygate.classroom.results.Price.Part;

/** A price as plain text of at most 80 columns, for a terminal or a projector. */
public final class PriceTable {
    private final StringBuilder text = new StringBuilder();

    private PriceTable() {}

    /** All tables, and what they come to. */
    public static String of(Price price) {
        PriceTable table = new PriceTable();
        for (Part part : price.parts()) {
            table.line("== Poller and gate %s", part.name());
            table.line("%s", part.placement());
            part.gates().forEach(gate -> table.line("%s: %s", gate.name(), gate.title()));
            PriceRows.of(part).forEach(table::rows);
            for (Gate gate : part.gates()) {
                gate.busy().faults().forEach(fault -> table.line("%s: %s", gate.name(), fault));
            }
            table.line("");
        }
        if (!price.sends().isEmpty()) {
            table.line("== Sends");
            table.rows(PriceRows.of(price.sends()));
            table.line("");
        }
        table.line("== What comes of it");
        for (PriceFindings.Finding finding : PriceFindings.of(price)) {
            table.line("");
            table.line("%s", finding.said());
            finding.measured().forEach(measured -> table.line("  %s", measured));
            table.line("  => %s", finding.verdict());
        }
        return table.text.toString();
    }

    /** The first column to the left, the others to the right, each as wide as it must be. */
    private void rows(PriceRows table) {
        line("");
        line("%s", table.title());
        for (List<String> row : table.rows()) {
            StringBuilder line = new StringBuilder();
            for (int column = 0; column < row.size(); column++) {
                int width = width(table.rows(), column);
                line.append(
                        String.format(
                                column == 0 ? "%-" + Math.max(1, width) + "s" : "  %" + width + "s",
                                row.get(column)));
            }
            line("%s", line);
        }
    }

    private static int width(List<List<String>> rows, int column) {
        return rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(1);
    }

    private void line(String format, Object... values) {
        text.append(String.format(Locale.ROOT, format, values).stripTrailing()).append('\n');
    }
}
