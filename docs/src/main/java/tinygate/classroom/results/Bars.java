package tinygate.classroom.results;

import static tinygate.classroom.results.Judge.median;

import java.util.Locale;
import tinygate.classroom.results.Judge.Figure;
import tinygate.classroom.results.Results.Case;
import tinygate.classroom.results.Results.Entry;

/** A case as a picture: for each contender a bar of its requests/s and one of its CPU time. */
final class Bars {
    private static final int NAME_WIDTH = 80;
    private static final int PANEL_WIDTH = 320;
    private static final int BAR_WIDTH = 240;
    private static final int ROW_HEIGHT = 22;
    private static final int BAR_HEIGHT = 14;
    private static final int BASE_LINE = 11;

    private final StringBuilder svg = new StringBuilder();
    private final Case one;

    private Bars(Case one) {
        this.one = one;
    }

    static String svg(Case one) {
        Bars bars = new Bars(one);
        bars.draw();
        return bars.svg.toString();
    }

    private void draw() {
        int width = NAME_WIDTH + 2 * PANEL_WIDTH;
        int height = (one.entries().size() + 1) * ROW_HEIGHT;
        add(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\""
                        + " viewBox=\"0 0 %d %d\" font-family=\"DejaVu Sans\" font-size=\"12\">",
                width, height, width, height);
        for (int i = 0; i < one.entries().size(); i++) {
            text(0, i + 1, "#000000", one.entries().get(i).name());
        }
        panel(NAME_WIDTH, "requests/s", Figure.REQUESTS_PER_SECOND, "%,.0f", "#3b7dd8");
        panel(NAME_WIDTH + PANEL_WIDTH, "CPU µs per request", Figure.CPU_MICROS, "%.1f", "#d8843b");
        add("</svg>");
    }

    private void panel(int x, String title, Figure figure, String format, String color) {
        text(x, 0, "#555555", title);
        double most =
                one.entries().stream()
                        .mapToDouble(entry -> median(entry, figure))
                        .filter(Double::isFinite)
                        .max()
                        .orElse(0);
        for (int i = 0; i < one.entries().size(); i++) {
            Entry entry = one.entries().get(i);
            double value = median(entry, figure);
            int length = most > 0 && value > 0 ? (int) (value / most * BAR_WIDTH) : 0;
            if (length > 0) { // a bar of no length is refused where the PDF is made
                add(
                        "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" fill=\"%s\"/>",
                        x, (i + 1) * ROW_HEIGHT, length, BAR_HEIGHT, color);
            }
            String label = entry.faults().isEmpty() ? Words.number(format, value) : "void";
            text(x + length + 6, i + 1, "#000000", label);
        }
    }

    private void text(int x, int row, String color, String words) {
        int y = row * ROW_HEIGHT + BASE_LINE;
        add("<text x=\"%d\" y=\"%d\" fill=\"%s\">%s</text>", x, y, color, words);
    }

    private void add(String format, Object... values) {
        svg.append(String.format(Locale.ROOT, format, values)).append('\n');
    }
}
