package tinygate.contract;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;

/**
 * One HTTP/1.1 message as it came off the wire: fields in order and as written, the body without
 * its chunks.
 *
 * @param startLine the request line or the status line
 * @param chunked whether the body came in chunks
 * @param trailers the fields after the last chunk
 */
public record Message(
        String startLine, List<Field> fields, boolean chunked, byte[] body, List<Field> trailers) {

    /** One field line. */
    public record Field(String name, String value) {
        boolean is(String other) {
            return name.equalsIgnoreCase(other);
        }

        @Override
        public String toString() {
            return name + ": " + value;
        }
    }

    /** A response's status code. */
    public int status() {
        return Integer.parseInt(startLine.substring(9, 12));
    }

    /** A request's target. */
    public String target() {
        return startLine.split(" ")[1];
    }

    /** Whether there is a field of this name, in any case. */
    public boolean has(String name) {
        return fields.stream().anyMatch(field -> field.is(name));
    }

    /** The value of this field, joined by a comma if it is repeated; null if there is none. */
    public String field(String name) {
        List<String> values = values(name);
        return values.isEmpty() ? null : String.join(", ", values);
    }

    /** The values of the field lines of this name, in order. */
    public List<String> values(String name) {
        return fields.stream()
                .filter(field -> field.is(name))
                .map(Field::value)
                .collect(Collectors.toList());
    }

    /** The body as text, each byte one character. */
    public String text() {
        return new String(body, StandardCharsets.ISO_8859_1);
    }

    /** Lines of a head joined by CR LF, with the empty line that ends it. */
    public static String head(String... lines) {
        return String.join("\r\n", lines) + "\r\n\r\n";
    }
}
