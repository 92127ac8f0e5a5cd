package tinygate.kit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tinygate.kit.Grading.Result;
import tinygate.kit.Outcome.State;

/**
 * The result for machines: {@code score.json}, whose form the exercises' README describes, and the
 * same as {@code gradescope.json}. The maximum is that of the plan: an exercise that was not run
 * counts with its points in it, and none got.
 */
final class ScoreFile {
    private static final int SCHEMA = 1;

    private static final ObjectMapper JSON =
            new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    /**
     * One lesson of a run.
     *
     * @param tasks all its exercises
     * @param results of those that were graded
     */
    record Lesson(String title, List<Task> tasks, List<Result> results) {}

    private ScoreFile() {}

    /**
     * Writes both files, together with the lessons that the same run has written before.
     *
     * @param run what tells this run of Maven from others
     */
    static void write(Path directory, String run, Lesson lesson) throws IOException {
        Path file = directory.resolve("score.json");
        ArrayNode lessons = JSON.createArrayNode();
        for (JsonNode earlier : lessonsOf(file, run)) {
            if (earlier.path("lesson").asInt() != lesson.tasks().get(0).lesson()) {
                lessons.add(earlier);
            }
        }
        lessons.add(tree(lesson));
        ObjectNode all = JSON.createObjectNode();
        all.put("schema", SCHEMA).put("run", run);
        all.put("solved", sum(lessons, "solved")).put("exercises", lessons.findValues("id").size());
        all.put("points", sum(lessons, "points")).put("maximum", sum(lessons, "maximum"));
        all.set("lessons", lessons);
        Files.createDirectories(directory);
        replace(file, all);
        replace(directory.resolve("gradescope.json"), gradescope(all));
    }

    /** Whole or not at all, should this run be cut off. */
    private static void replace(Path file, JsonNode content) throws IOException {
        Path written = file.resolveSibling(file.getFileName() + ".part");
        JSON.writeValue(written.toFile(), content);
        Files.move(written, file, StandardCopyOption.REPLACE_EXISTING);
    }

    private static Iterable<JsonNode> lessonsOf(Path file, String run) throws IOException {
        if (!Files.exists(file)) {
            return List.of();
        }
        JsonNode all = JSON.readTree(file.toFile());
        return all.path("run").asText().equals(run) ? all.path("lessons") : List.of();
    }

    private static int sum(ArrayNode lessons, String what) {
        int sum = 0;
        for (JsonNode lesson : lessons) {
            sum += lesson.path(what).asInt();
        }
        return sum;
    }

    private static ObjectNode tree(Lesson lesson) {
        ArrayNode exercises = JSON.createArrayNode();
        int solved = 0;
        int points = 0;
        for (Task task : lesson.tasks()) {
            Optional<Outcome> outcome =
                    lesson.results().stream()
                            .filter(result -> result.task() == task)
                            .map(Result::outcome)
                            .findFirst();
            solved += outcome.filter(o -> o.state() == State.SOLVED).isPresent() ? 1 : 0;
            int got = outcome.map(o -> o.points(task)).orElse(0);
            points += got;
            ObjectNode exercise = exercises.addObject();
            exercise.put("id", task.id()).put("title", task.title());
            exercise.put("state", outcome.map(o -> word(o.state())).orElse("not-run"));
            exercise.put("points", got).put("maximum", task.points());
            exercise.put("testsPassed", outcome.map(Outcome::passed).orElse(0));
            exercise.put("testsFailed", outcome.map(o -> o.failed().size()).orElse(0));
            exercise.put("reason", outcome.map(Outcome::reason).orElse(""));
            exercise.put("story", outcome.map(Outcome::story).orElse(""));
            exercise.put("millis", outcome.map(Outcome::millis).orElse(0L));
        }
        ObjectNode tree = JSON.createObjectNode();
        tree.put("lesson", lesson.tasks().get(0).lesson()).put("title", lesson.title());
        tree.put("solved", solved).put("points", points);
        tree.put("maximum", lesson.tasks().stream().mapToInt(Task::points).sum());
        tree.set("exercises", exercises);
        return tree;
    }

    private static String word(State state) {
        return state.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** As Gradescope's autograder specification has it: results.json. */
    private static ObjectNode gradescope(ObjectNode all) {
        ObjectNode results = JSON.createObjectNode();
        results.put("score", all.path("points").asInt());
        ArrayNode tests = results.putArray("tests");
        for (JsonNode lesson : all.path("lessons")) {
            for (JsonNode exercise : lesson.path("exercises")) {
                ObjectNode test = tests.addObject();
                test.set("number", exercise.get("id"));
                test.set("name", exercise.get("title"));
                test.set("score", exercise.get("points"));
                test.set("max_score", exercise.get("maximum"));
                boolean solved = exercise.path("state").asText().equals("solved");
                test.put("status", solved ? "passed" : "failed");
                test.put(
                        "output",
                        exercise.path("reason").asText() + "\n" + exercise.path("story").asText());
            }
        }
        return results;
    }
}
