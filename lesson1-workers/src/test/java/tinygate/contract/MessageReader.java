package tinygate.contract;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tinygate.contract.Message.Field;

/**
 * Reads whole messages that the gate wrote. It is as strict as RFC 9112 allows, since nothing that
 * a gate sends may need a lenient reader.
 */
final class MessageReader {
    private static final Pattern REQUEST_LINE = Pattern.compile("[A-Za-z-]+ [!-~]+ HTTP/1\\.1");
    private static final Pattern STATUS_LINE =
            Pattern.compile("HTTP/1\\.1 [1-5][0-9]{2} [\\t -~\\x80-\\xFF]*");
    private static final Pattern FIELD =
            Pattern.compile("([!#$%&'*+.^_`|~0-9A-Za-z-]+):[ \\t]*(.*?)[ \\t]*");
    private static final Pattern CHUNK = Pattern.compile("([0-9a-fA-F]{1,8})([ \\t]*;.*)?");

    private final Wire wire;

    MessageReader(Wire wire) {
        this.wire = wire;
    }

    /** A request as an upstream receives it; without framing fields it has no body. */
    Message readRequest() throws IOException {
        Message head = readHead(REQUEST_LINE);
        return head.has("Content-Length") || head.chunked() ? withBody(head) : head;
    }

    /** A response as a client receives it, interim ones too. */
    Message readResponse(String method) throws IOException {
        Message head = readHead(STATUS_LINE);
        int status = head.status();
        boolean none = method.equals("HEAD") || status < 200 || status == 204 || status == 304;
        return none ? head : withBody(head);
    }

    Message readHead(Pattern startLine) throws IOException {
        String line = readLine();
        if (!startLine.matcher(line).matches()) {
            throw wire.failure("received a start line that is not valid: " + line);
        }
        List<Field> fields = readFields();
        boolean chunked =
                fields.stream()
                        .anyMatch(
                                field ->
                                        field.is("Transfer-Encoding")
                                                && field.value().equals("chunked"));
        return new Message(line, fields, chunked, new byte[0], List.of());
    }

    Message readRequestHead() throws IOException {
        return readHead(REQUEST_LINE);
    }

    Message readResponseHead() throws IOException {
        return readHead(STATUS_LINE);
    }

    private Message withBody(Message head) throws IOException {
        List<String> lengths = head.values("Content-Length");
        List<String> codings = head.values("Transfer-Encoding");
        if (lengths.size() + codings.size() > 1) {
            throw wire.failure("received ambiguous framing: " + lengths + " and " + codings);
        }
        if (head.chunked()) {
            ByteArrayOutputStream body = new ByteArrayOutputStream();
            readChunks(body);
            return with(head, body.toByteArray(), readFields());
        }
        if (!codings.isEmpty()) {
            throw wire.failure("received a transfer coding it does not know: " + codings);
        }
        byte[] body =
                lengths.isEmpty()
                        ? wire.readToEnd().getBytes(StandardCharsets.ISO_8859_1)
                        : wire.readExactly(Integer.parseInt(lengths.get(0)));
        return with(head, body, List.of());
    }

    private void readChunks(ByteArrayOutputStream body) throws IOException {
        for (int size = readChunkSize(); size > 0; size = readChunkSize()) {
            body.write(wire.readExactly(size));
            if (!readLine().isEmpty()) {
                throw wire.failure("received a chunk that is longer than its size");
            }
        }
    }

    private int readChunkSize() throws IOException {
        String line = readLine();
        Matcher chunk = CHUNK.matcher(line);
        if (!chunk.matches()) {
            throw wire.failure("received a chunk size that is not valid: " + line);
        }
        return Integer.parseInt(chunk.group(1), 16);
    }

    private List<Field> readFields() throws IOException {
        List<Field> fields = new ArrayList<>();
        for (String line = readLine(); !line.isEmpty(); line = readLine()) {
            Matcher field = FIELD.matcher(line);
            if (!field.matches()) {
                throw wire.failure("received a field line that is not valid: " + line);
            }
            fields.add(new Field(field.group(1), field.group(2)));
        }
        return List.copyOf(fields);
    }

    private String readLine() throws IOException {
        String line = wire.readThrough("\n");
        if (!line.endsWith("\r\n")) {
            throw wire.failure("received a line that does not end in CR LF: " + line);
        }
        return line.substring(0, line.length() - 2);
    }

    private static Message with(Message head, byte[] body, List<Field> trailers) {
        return new Message(head.startLine(), head.fields(), head.chunked(), body, trailers);
    }
}
