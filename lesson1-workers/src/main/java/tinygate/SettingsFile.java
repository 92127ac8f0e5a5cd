package tinygate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.Map;

/**
 * Reads {@link Settings} as three layers, each over the one before: the defaults, a YAML file, the
 * command line. Every error is one line that names its place, as in {@code gate.yaml:3:12: …}.
 */
public final class SettingsFile {

    private SettingsFile() {}

    /**
     * Reads a file; a key that it does not have keeps its default.
     *
     * @throws StartException naming file, line, column, the cause and what is allowed
     */
    public static Settings read(Path file) throws StartException {
        return read(file, noKeys());
    }

    /**
     * @param file the YAML file, or null for the defaults alone
     * @param overrides keys that hold against the file, in the file's own form
     */
    static Settings read(Path file, ObjectNode overrides) throws StartException {
        YamlText text = file == null ? YamlText.EMPTY : YamlText.read(file);
        JsonNode layers = YamlText.MAPPER.valueToTree(Settings.DEFAULTS);
        layers = layer(layer(layers, text.tree()), overrides);
        try {
            return YamlText.MAPPER.treeToValue(layers, Settings.class);
        } catch (JsonMappingException e) {
            SettingProblem problem = SettingProblem.of(e, layers);
            boolean fromFile = overrides.at(problem.at()).isMissingNode();
            String place = fromFile ? text.place(problem.at(), problem.isKey()) : "";
            throw new StartException(ExitCode.USAGE, place + problem.message());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree has no syntax to be wrong", e);
        }
    }

    /** The settings as a file would hold them, with every key. */
    static String write(Settings settings) {
        try {
            return YamlText.MAPPER.writeValueAsString(settings);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("settings are plain values", e);
        }
    }

    static ObjectNode noKeys() {
        return YamlText.MAPPER.createObjectNode();
    }

    /** A key without a value, as a section whose lines are all commented out, is as if absent. */
    private static JsonNode layer(JsonNode below, JsonNode above) {
        if (!(below instanceof ObjectNode object) || !above.isObject()) {
            return above;
        }
        for (Map.Entry<String, JsonNode> entry : above.properties()) {
            JsonNode old = object.get(entry.getKey());
            if (old == null) {
                object.set(entry.getKey(), entry.getValue());
            } else if (!YamlText.isBlank(entry.getValue())) {
                object.set(entry.getKey(), layer(old, entry.getValue()));
            }
        }
        return object;
    }
}
