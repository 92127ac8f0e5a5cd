package tinygate;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import com.fasterxml.jackson.databind.introspect.BeanPropertyDefinition;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What is wrong with one setting, in words for the person who wrote it: Jackson's exceptions know
 * the place and the type, but speak to programmers.
 *
 * @param at which key or value
 * @param isKey whether the key itself is wrong, not its value
 */
record SettingProblem(JsonPointer at, boolean isKey, String message) {

    /**
     * @param tree the settings that were read, to quote the value
     */
    static SettingProblem of(JsonMappingException e, JsonNode tree) {
        JsonPointer at = pointer(e);
        if (e instanceof UnrecognizedPropertyException unknown) {
            List<String> allowed =
                    unknown.getKnownPropertyIds().stream().map(String::valueOf).toList();
            return new SettingProblem(at, true, unknownKey(unknown.getPropertyName(), allowed));
        }
        if (e instanceof ValueInstantiationException refused) {
            // Jackson looks for unknown keys last, but a key that seems to be missing may only be
            // misspelt.
            List<String> allowed = keys(refused.getType());
            for (Map.Entry<String, JsonNode> written : tree.at(at).properties()) {
                String key = written.getKey();
                if (!allowed.contains(key)) {
                    return new SettingProblem(
                            at.appendProperty(key), true, unknownKey(key, allowed));
                }
            }
        }
        if (e.getCause() instanceof InvalidSetting invalid) {
            JsonPointer value = at.appendProperty(invalid.name());
            boolean below = !tree.at(value).isMissingNode();
            return new SettingProblem(below ? value : at, false, invalid.getMessage());
        }
        String key = dotted(at);
        if (e.getCause() instanceof IllegalArgumentException refused) {
            return new SettingProblem(at, false, key + ": " + refused.getMessage());
        }
        Class<?> type = e instanceof MismatchedInputException wrong ? wrong.getTargetType() : null;
        return new SettingProblem(
                at, false, key + " is " + quoted(tree.at(at)) + ": write " + expected(type));
    }

    private static List<String> keys(JavaType type) {
        return YamlText.MAPPER.getDeserializationConfig().introspect(type).findProperties().stream()
                .map(BeanPropertyDefinition::getName)
                .toList();
    }

    private static String unknownKey(String key, List<String> allowed) {
        String nearest =
                allowed.stream().min(Comparator.comparingInt(k -> edits(key, k))).orElseThrow();
        boolean near = edits(key, nearest) <= 1 + key.length() / 3;
        String hint = near ? "did you mean '" + nearest + "'? " : "";
        String all = allowed.stream().sorted().collect(Collectors.joining(", "));
        return "unknown key '" + key + "': " + hint + "allowed: " + all;
    }

    /** Levenshtein's distance: letters to insert, delete or change to make one word the other. */
    private static int edits(String from, String to) {
        int[] row = new int[to.length() + 1];
        Arrays.setAll(row, i -> i);
        for (int i = 1; i <= from.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= to.length(); j++) {
                int change = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(change, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[to.length()];
    }

    private static String expected(Class<?> type) {
        if (type == null || type == int.class || type == Integer.class) {
            return "a whole number up to " + Integer.MAX_VALUE;
        } else if (type == long.class) {
            return "a whole number up to " + Long.MAX_VALUE;
        } else if (type == boolean.class) {
            return "true or false";
        } else if (type == HostPort.class) {
            return "host:port";
        } else if (type == String.class) {
            return "text";
        } else if (type.isEnum()) {
            return Arrays.stream(type.getEnumConstants())
                    .map(c -> YamlText.MAPPER.valueToTree(c).asText())
                    .collect(Collectors.joining(" or "));
        } else if (Collection.class.isAssignableFrom(type)) {
            return "a list";
        }
        return "keys with values";
    }

    private static String quoted(JsonNode value) {
        String text = value.isTextual() ? "'" + value.textValue() + "'" : value.toString();
        return text.length() <= 60 ? text : text.substring(0, 60) + "…";
    }

    private static JsonPointer pointer(JsonMappingException e) {
        JsonPointer at = JsonPointer.empty();
        for (JsonMappingException.Reference step : e.getPath()) {
            at =
                    step.getFieldName() != null
                            ? at.appendProperty(step.getFieldName())
                            : at.appendIndex(step.getIndex());
        }
        return at;
    }

    /** {@code /routes/0/host} as {@code routes[0].host}. */
    private static String dotted(JsonPointer at) {
        String path = at.toString();
        return path.isEmpty()
                ? "the file"
                : path.substring(1).replaceAll("/([0-9]+)", "[$1]").replace('/', '.');
    }
}
