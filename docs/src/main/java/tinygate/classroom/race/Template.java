package tinygate.classroom.race;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The files beside this class on the class path: configurations of peers that anybody can read and
 * argue with, with {@code ${name}} where the race fills in ports and directories.
 */
final class Template {
    private static final Pattern BLANK = Pattern.compile("\\$\\{([a-z]+)}");

    private Template() {}

    /**
     * Fills a template and writes it into a directory.
     *
     * @param upstreams addresses; a line with <code>${upstream}</code> stands there once for each,
     *     with <code>${number}</code> from 1
     * @return the file
     * @throws IllegalArgumentException if it has a blank that is not given
     */
    static Path write(
            String name, Path directory, Map<String, String> values, List<String> upstreams)
            throws IOException {
        String text = fill(forEach(upstreams, read(name)), values);
        return Files.writeString(directory.resolve(name), text);
    }

    static String forEach(List<String> upstreams, String text) {
        StringBuilder all = new StringBuilder();
        for (String line : text.split("(?<=\n)")) {
            if (line.contains("${upstream}")) {
                for (int i = 0; i < upstreams.size(); i++) {
                    all.append(
                            line.replace("${upstream}", upstreams.get(i))
                                    .replace("${number}", Integer.toString(i + 1)));
                }
            } else {
                all.append(line);
            }
        }
        return all.toString();
    }

    static String fill(String text, Map<String, String> values) {
        return BLANK.matcher(text)
                .replaceAll(
                        blank -> {
                            String value = values.get(blank.group(1));
                            if (value == null) {
                                throw new IllegalArgumentException("nothing for " + blank.group());
                            }
                            return Matcher.quoteReplacement(value);
                        });
    }

    static String read(String name) throws IOException {
        try (InputStream in = Template.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalArgumentException("no " + name + " on the class path");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
