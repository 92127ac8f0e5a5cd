package tinygate.proof;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tinygate.kit.Task;

/**
 * A wrong solution that people really write: a small change to the right one, the test that must
 * catch it, and the words by which the student must understand it.
 *
 * @param exercise its id
 * @param what what is wrong, in a few words
 * @param changes what is changed in the reference
 * @param caughtBy the method that must fail; others may fail too
 * @param says what the story must contain
 */
record Mistake(
        String exercise, String what, List<Change> changes, String caughtBy, List<String> says) {

    /**
     * @param className where, by the simple name
     * @param from what must stand there exactly once, whatever the white space
     * @param to what is put in its place
     */
    record Change(String className, String from, String to) {
        String applyTo(String source) {
            String words =
                    Arrays.stream(from.strip().split("\\s+"))
                            .map(Pattern::quote)
                            .collect(Collectors.joining("\\s+"));
            List<MatchResult> found = Pattern.compile(words).matcher(source).results().toList();
            if (found.size() != 1) {
                throw new AssertionError(
                        className + " has " + found.size() + " times, not once: " + from);
            }
            MatchResult place = found.get(0);
            return source.substring(0, place.start()) + to + source.substring(place.end());
        }
    }

    static Mistake in(String exercise, String what) {
        return new Mistake(exercise, what, List.of(), "", List.of());
    }

    Mistake change(String className, String from, String to) {
        List<Change> more = new ArrayList<>(changes);
        more.add(new Change(className, from, to));
        return new Mistake(exercise, what, List.copyOf(more), caughtBy, says);
    }

    Mistake isCaughtBy(String test, String... words) {
        return new Mistake(exercise, what, changes, test, List.of(words));
    }

    /** Writes the files of the exercise with the mistake below a source root of their own. */
    void write(Task task, Path reference, Path sources) throws IOException {
        List<Change> left = new ArrayList<>(changes);
        for (String name : task.code()) {
            String text = Files.readString(reference.resolve(Task.file(name)));
            for (Change change : changes) {
                if (name.endsWith("." + change.className)) {
                    text = change.applyTo(text);
                    left.remove(change);
                }
            }
            Path file = sources.resolve(Task.file(name));
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
        }
        if (!left.isEmpty() || changes.isEmpty()) {
            throw new AssertionError(exercise + " has no class for the change: " + left);
        }
    }

    @Override
    public String toString() {
        return exercise + " " + what;
    }
}
