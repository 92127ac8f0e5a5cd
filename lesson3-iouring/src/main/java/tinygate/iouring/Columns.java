package tinygate.iouring;

import java.util.ArrayList;
import java.util.List;

/**
 * Text in columns, for a terminal: what is too long for its column goes on below, broken at spaces,
 * so that commands and names can be copied; only a word that is wider than its column is broken
 * itself.
 */
final class Columns {
    private final int[] widths;

    /**
     * @param widths of the columns in characters, with the space between them
     */
    Columns(int... widths) {
        this.widths = widths.clone();
    }

    /** A row of one or more lines, each with its end. */
    String row(String... cells) {
        List<List<String>> columns = new ArrayList<>();
        int height = 0;
        for (int i = 0; i < cells.length; i++) {
            columns.add(wrap(cells[i], widths[i]));
            height = Math.max(height, columns.get(i).size());
        }
        StringBuilder row = new StringBuilder();
        for (int line = 0; line < height; line++) {
            StringBuilder text = new StringBuilder();
            int start = 0;
            for (int i = 0; i < cells.length; i++) {
                text.append(" ".repeat(start - text.length()));
                text.append(line < columns.get(i).size() ? columns.get(i).get(line) : "");
                start += widths[i];
            }
            row.append(text.toString().stripTrailing()).append('\n');
        }
        return row.toString();
    }

    private static List<String> wrap(String text, int width) {
        List<String> lines = new ArrayList<>();
        String line = "";
        for (String word : text.split(" ")) {
            String longer = line.isEmpty() ? word : line + " " + word;
            if (longer.length() < width) {
                line = longer;
                continue;
            }
            if (!line.isEmpty()) {
                lines.add(line);
            }
            line = word;
            while (line.length() >= width) {
                lines.add(line.substring(0, width - 1));
                line = line.substring(width - 1);
            }
        }
        lines.add(line);
        return lines;
    }
}
