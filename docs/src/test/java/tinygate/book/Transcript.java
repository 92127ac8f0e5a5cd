package tinygate.book;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A shell session in a chapter: commands, and what the machine answered. A comment above the block
 * says which gate must run, with which options, and what must be installed:
 *
 * <pre>
 *   // transcript: lesson1 --workers 2; needs strace ps
 *   [source,console]
 *   ----
 *   $ curl -s http://127.0.0.1:8080/
 *   upstream A got GET /
 *   ...
 *   ----
 * </pre>
 *
 * @param place the chapter and the line of the block
 * @param gate the lesson whose gate runs, or {@link #NO_GATE}
 * @param options of the gate
 * @param needs programs without which it cannot be tried
 */
record Transcript(
        String place, String gate, List<String> options, List<String> needs, List<Step> steps) {
    /** In place of a lesson. */
    static final String NO_GATE = "none";

    private static final String BLOCK = "[source,console]";
    private static final String FENCE = "----";
    private static final String PROMPT = "$ ";
    private static final Pattern MARK =
            Pattern.compile("// transcript: (\\S*?)( [^;]*?)?(?:; needs (.*))?");

    /**
     * A command and its answer.
     *
     * @param answer line by line; {@code ...} stands for anything, alone on a line for any lines
     */
    record Step(String command, List<String> answer) {}

    /**
     * All shell sessions of a chapter that show an answer.
     *
     * @param name of the chapter, for messages
     */
    static List<Transcript> of(Path chapter, String name) throws IOException {
        List<String> lines = Files.readAllLines(chapter);
        List<Transcript> transcripts = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            if (!lines.get(i).equals(BLOCK)) {
                continue;
            }
            int from = i + 2;
            int to = from + lines.subList(from, lines.size()).indexOf(FENCE);
            String place = name + ":" + (i + 1);
            List<Step> steps = steps(place, lines.subList(from, to));
            Matcher mark = MARK.matcher(i == 0 ? "" : lines.get(i - 1));
            if (mark.matches()) {
                transcripts.add(
                        new Transcript(
                                place,
                                mark.group(1),
                                words(mark.group(2)),
                                words(mark.group(3)),
                                steps));
            } else if (steps.stream().anyMatch(step -> !step.answer().isEmpty())) {
                throw new IllegalArgumentException(
                        place + " shows an answer that nothing checks: put '// transcript:' above");
            }
        }
        return transcripts;
    }

    private static List<Step> steps(String place, List<String> lines) {
        List<Step> steps = new ArrayList<>();
        List<String> answer = new ArrayList<>();
        boolean goesOn = false; // whether the command goes on in the next line
        for (String line : lines) {
            if (goesOn) {
                Step last = steps.remove(steps.size() - 1);
                steps.add(new Step(last.command() + "\n" + line, last.answer()));
            } else if (line.startsWith(PROMPT)) {
                answer = new ArrayList<>();
                steps.add(new Step(line.substring(PROMPT.length()), answer));
            } else if (steps.isEmpty()) {
                throw new IllegalArgumentException(place + " does not begin with a command");
            } else {
                answer.add(line);
            }
            goesOn = (goesOn || line.startsWith(PROMPT)) && line.endsWith("\\");
        }
        return steps;
    }

    private static List<String> words(String text) {
        return text == null ? List.of() : List.of(text.strip().split("\\s+"));
    }
}
