package tinygate.kit;

import java.nio.charset.StandardCharsets;

/** Values as a student reads them: bytes as text in which nothing is invisible. */
final class Show {
    private static final int MOST = 2_000;
    private static final int WINDOW = 60;

    private Show() {}

    /** A value in one line; text and bytes in quotes. */
    static String value(Object value) {
        if (value instanceof byte[] bytes) {
            return value(new String(bytes, StandardCharsets.ISO_8859_1));
        }
        if (value instanceof CharSequence text) {
            return '"' + readable(text) + '"';
        }
        return readable(String.valueOf(value));
    }

    /** Text with every control byte and every byte above ASCII written out. */
    static String readable(CharSequence text) {
        StringBuilder shown = new StringBuilder(text.length() + 16);
        int end = Math.min(text.length(), MOST);
        for (int i = 0; i < end; i++) {
            shown.append(readable(text.charAt(i)));
        }
        return end == text.length()
                ? shown.toString()
                : shown + "... (" + text.length() + " in all)";
    }

    private static String readable(char c) {
        return switch (c) {
            case '\r' -> "\\r";
            case '\n' -> "\\n";
            case '\t' -> "\\t";
            case '\\' -> "\\\\";
            default ->
                    c >= ' ' && c <= '~'
                            ? String.valueOf(c)
                            : c <= 0xff
                                    ? String.format("\\x%02x", (int) c)
                                    : String.format("\\u%04x", (int) c);
        };
    }

    /**
     * Two values as they are shown, below each other, with a caret under the first place where they
     * differ.
     *
     * @param indent what each line begins with
     */
    static String difference(String wanted, String had, String indent) {
        int at = 0;
        while (at < wanted.length() && at < had.length() && wanted.charAt(at) == had.charAt(at)) {
            at++;
        }
        int from = at > WINDOW ? at - WINDOW / 2 : 0;
        String cut = from > 0 ? "..." : "";
        return indent
                + "expected  "
                + cut
                + wanted.substring(from)
                + "\n"
                + indent
                + "got       "
                + cut
                + had.substring(from)
                + "\n"
                + indent
                + " ".repeat(10 + cut.length() + at - from)
                + "^";
    }
}
