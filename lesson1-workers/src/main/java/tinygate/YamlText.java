package tinygate;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.type.LogicalType;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;

/**
 * A YAML file as a tree that remembers where each key and each value stands, so that an error found
 * long after parsing can still name its line and column.
 */
record YamlText(
        String name,
        JsonNode tree,
        Map<JsonPointer, JsonLocation> keys,
        Map<JsonPointer, JsonLocation> values) {

    static final YAMLMapper MAPPER =
            YAMLMapper.builder(
                            YAMLFactory.builder()
                                    .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
                                    .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
                                    .build())
                    .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                    .withCoercionConfig(
                            LogicalType.Boolean,
                            c -> c.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail))
                    .build();

    static final YamlText EMPTY = new YamlText("", MAPPER.createObjectNode(), Map.of(), Map.of());

    private static final int LIMIT_BYTES = 1024 * 1024;

    static YamlText read(Path file) throws StartException {
        String text = readText(file);
        try {
            JsonNode tree = MAPPER.readTree(text);
            if (isBlank(tree)) {
                return EMPTY;
            }
            YamlText result = new YamlText(file.toString(), tree, new HashMap<>(), new HashMap<>());
            result.rememberPlaces(text);
            if (!tree.isObject()) {
                throw result.error(
                        result.values.get(JsonPointer.empty()),
                        "write keys with values, as in 'listen: 127.0.0.1:8080'");
            }
            return result;
        } catch (JsonProcessingException e) {
            throw new StartException(ExitCode.USAGE, file + syntaxError(e));
        } catch (IOException e) {
            throw new IllegalStateException("a string can be read", e);
        }
    }

    /** Whether nothing was written: an empty value arrives as null or as empty text. */
    static boolean isBlank(JsonNode value) {
        return value.isMissingNode() || value.isNull() || "".equals(value.textValue());
    }

    /** {@code file:line:column: } of a key or value, or of what surrounds one that is absent. */
    String place(JsonPointer at, boolean isKey) {
        Map<JsonPointer, JsonLocation> places = isKey ? keys : values;
        JsonPointer known = at;
        while (known != null && !places.containsKey(known)) {
            known = known.head();
        }
        return name.isEmpty() ? "" : name + position(places.get(known));
    }

    private void rememberPlaces(String text) throws IOException, StartException {
        try (JsonParser parser = MAPPER.createParser(text)) {
            for (JsonToken t = parser.nextToken(); t != null; t = parser.nextToken()) {
                if (t.isStructEnd()) {
                    continue;
                }
                JsonPointer at = parser.getParsingContext().pathAsPointer();
                JsonLocation here = parser.currentTokenLocation();
                Map<JsonPointer, JsonLocation> places = t == JsonToken.FIELD_NAME ? keys : values;
                JsonLocation before = places.putIfAbsent(at, here);
                if (before != null) {
                    String key = at.last() == null ? null : at.last().getMatchingProperty();
                    throw error(here, repetition(at, before));
                }
            }
        }
    }

    private static String repetition(JsonPointer at, JsonLocation before) {
        return at.matches()
                ? "a second document: write one"
                : "duplicate key '%s': line %d has it already"
                        .formatted(at.last().getMatchingProperty(), before.getLineNr());
    }

    private StartException error(JsonLocation at, String message) {
        return new StartException(ExitCode.USAGE, name + position(at) + message);
    }

    private static String position(JsonLocation location) {
        return location == null
                ? ": "
                : ":" + location.getLineNr() + ":" + location.getColumnNr() + ": ";
    }

    private static String syntaxError(JsonProcessingException e) {
        if (e.getCause() instanceof MarkedYAMLException marked) {
            Mark mark = marked.getProblemMark();
            return ":%d:%d: %s"
                    .formatted(mark.getLine() + 1, mark.getColumn() + 1, marked.getProblem());
        }
        return position(e.getLocation()) + e.getOriginalMessage().lines().findFirst().orElse("");
    }

    private static String readText(Path file) throws StartException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(LIMIT_BYTES + 1);
            if (bytes.length > LIMIT_BYTES) {
                throw unreadable(file, "larger than " + LIMIT_BYTES + " bytes");
            }
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException e) {
            throw unreadable(file, "is not UTF-8 text");
        } catch (NoSuchFileException e) {
            throw unreadable(file, "there is no such file");
        } catch (AccessDeniedException e) {
            throw unreadable(file, "this user may not read it");
        } catch (IOException e) {
            throw unreadable(file, Files.isDirectory(file) ? "is a directory" : e.getMessage());
        }
    }

    private static StartException unreadable(Path file, String why) {
        return new StartException(
                ExitCode.UNREADABLE_FILE, file + ": cannot read the settings: " + why);
    }
}
