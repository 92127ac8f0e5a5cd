package tinygate.http;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tinygate.kit.Exercise;
import tinygate.kit.Story;

/** Exercise 1.3: a body in chunks, as a stream, whatever pieces it comes in. */
@Exercise(
        id = "1.3",
        title = "Chunked bodies",
        points = 15,
        minutes = 35,
        chapter = "lesson1.html#ex-1-3",
        code = "tinygate.http.ChunkedScanner",
        hints = {
            """
            The picture above the class tells what is content and what is framing. A run is all the content there is of
            one chunk, or framing bytes up to the next content; framing(byte) does one byte of framing.""",
            """
            run(): in the state CONTENT take at most what is left of the chunk, and when nothing is left go on with
            CONTENT_RETURN. In any other state feed framing() byte by byte until the state is CONTENT or DONE. Set the
            field content to say which of the two it was, before the state changes.""",
            """
            size(): a digit (Syntax.hex gives its value, or -1) makes left = left * 16 + digit; count the digits and
            refuse more than MOST_SIZE_DIGITS, or left overflows. Anything else: without a digit it is wrong(), behind
            one it is sizeEnd()'s, which counts it with limit() and chooses the next state by it."""
        })
public class ChunkedExercise {

    @ParameterizedTest
    @Order(1)
    @CsvSource(
            delimiter = '|',
            value = {
                "0¶¶                             | ''",
                "5¶hello¶0¶¶                     | hello",
                "5¶hello¶6¶ world¶0¶¶            | hello world",
                "a¶0123456789¶0¶¶                | 0123456789",
                "A¶0123456789¶0¶¶                | 0123456789",
                "1A¶abcdefghijklmnopqrstuvwxyz¶0¶¶ | abcdefghijklmnopqrstuvwxyz",
                "00005¶hello¶0¶¶                 | hello",
                "5¶0¶¶¶0¶¶                       | 0¶¶",
                "5;name=value¶hello¶0;x¶¶        | hello",
                "5 ¶hello¶0¶¶                    | hello",
                "5 ;x¶hello¶0¶¶                  | hello",
                "5¶hello¶0¶Name: value¶¶         | hello"
            })
    void theContentIsFound(String body, String content, Story story) throws HttpViolation {
        byte[] bytes = WireText.bytes(body);
        Scanned whole = scan(bytes, bytes.length, story);
        story.expect("the content", Ascii.text(wrap(content), 0, wire(content)), whole.content());
        story.expect("the body is complete", whole.done());
        Scanned single = scan(bytes, 1, story);
        story.expect("the content", whole.content(), single.content());
        story.expect("the body is complete", single.done());
    }

    @Test
    @Order(2)
    void contentAndFramingAreToldApart(Story story) throws HttpViolation {
        byte[] bytes = WireText.bytes("5;x¶hello¶0¶¶");
        story.expect("each byte", "-----^^^^^-------", scan(bytes, bytes.length, story).runs());
    }

    @Test
    @Order(3)
    void whatFollowsTheBodyIsLeftAlone(Story story) throws HttpViolation {
        byte[] bytes = WireText.bytes("5¶hello¶0¶¶GET /next");
        Scanned scanned = scan(bytes, bytes.length, story);
        story.expect("the content", "hello", scanned.content());
        story.expect("the bytes of the body", 15, scanned.runs().length());
    }

    @ParameterizedTest
    @Order(4)
    @ValueSource(
            strings = {
                "¶",
                " 5¶hello¶0¶¶",
                "-1¶",
                "+5¶hello¶0¶¶",
                "0x5¶hello¶0¶¶",
                "g¶",
                "5x¶hello¶0¶¶",
                "5,5¶hello¶0¶¶",
                "5 5¶hello¶0¶¶",
                ";x¶"
            })
    void aSizeThatIsNoneIsRefused(String body, Story story) {
        refused(WireText.bytes(body), story);
    }

    @ParameterizedTest
    @Order(5)
    @ValueSource(
            strings = {"ffffffffffffffff¶", "10000000000000005¶hello¶0¶¶", "8000000000000000¶"})
    void aSizeThatOverflowsIsRefused(String body, Story story) {
        refused(WireText.bytes(body), story);
    }

    @ParameterizedTest
    @Order(6)
    @ValueSource(
            strings = {
                "5␊hello¶0¶¶",
                "5␍hello¶0¶¶",
                "5¶hello0¶¶",
                "5¶hell¶0¶¶",
                "5¶hello!¶0¶¶",
                "5¶hello␊0¶¶",
                "0¶␊",
                "0¶GET / HTTP/1.1¶"
            })
    void aMissingLineEndIsRefused(String body, Story story) {
        refused(WireText.bytes(body), story);
    }

    @Test
    @Order(7)
    void aSizeLineIsLimited(Story story) {
        refused(WireText.bytes("5" + " ".repeat(100_000) + "¶hello¶0¶¶"), story);
        refused(WireText.bytes("0".repeat(100_000) + "5¶hello¶0¶¶"), story);
    }

    @ParameterizedTest
    @Order(8)
    @ValueSource(strings = {"5", "5¶", "5¶hell", "5¶hello", "5¶hello¶", "5¶hello¶0¶"})
    void aBodyIsNotCompleteBeforeItsLastByte(String body, Story story) throws HttpViolation {
        byte[] bytes = WireText.bytes(body);
        story.expect("the body is complete", false, scan(bytes, bytes.length, story).done());
    }

    @ParameterizedTest
    @Order(9)
    @ValueSource(strings = {"7fffffff", "80000000", "100000000", "fffffffffffffff"})
    void aChunkMayBeLargerThanAnIntCanSay(String size, Story story) throws HttpViolation {
        byte[] bytes = WireText.bytes(size + "¶hello");
        for (int pieceBytes : new int[] {bytes.length, 1}) {
            Scanned scanned = scan(bytes, pieceBytes, story);
            story.expect("the content so far", "hello", scanned.content());
            story.expect("the body is complete", false, scanned.done());
        }
    }

    private static ByteBuffer wrap(String text) {
        return ByteBuffer.wrap(WireText.bytes(text));
    }

    private static int wire(String text) {
        return WireText.bytes(text).length;
    }

    /**
     * @param runs a caret for each byte of content, a dash for each byte of framing
     */
    private record Scanned(String content, String runs, boolean done) {}

    private static Scanned scan(byte[] bytes, int pieceBytes, Story story) throws HttpViolation {
        story.step(
                "scan %s, arriving %s", shown(bytes), pieceBytes == 1 ? "byte by byte" : "at once");
        BodyScanner scanner = new BodyScanner(1_000);
        scanner.begin(Framing.CHUNKED);
        ByteBuffer in = ByteBuffer.wrap(bytes);
        StringBuilder content = new StringBuilder();
        StringBuilder runs = new StringBuilder();
        int from = 0;
        for (int to = pieceBytes; to <= bytes.length && !scanner.done(); to += pieceBytes) {
            while (from < to && !scanner.done()) {
                int end = scanner.run(in, from, to);
                story.expect(
                        "a run that begins at " + from + " has bytes", end > from && end <= to);
                content.append(scanner.content() ? Ascii.text(in, from, end) : "");
                runs.append((scanner.content() ? "^" : "-").repeat(end - from));
                from = end;
            }
        }
        return new Scanned(content.toString(), runs.toString(), scanner.done());
    }

    /** As text, in which what is repeated very often is only counted. */
    private static String shown(byte[] bytes) {
        return Pattern.compile("([ 0])\\1{99,}")
                .matcher(new String(bytes, StandardCharsets.ISO_8859_1))
                .replaceAll(many -> " (" + many.group().length() + " times) " + many.group(1));
    }

    private static void refused(byte[] bytes, Story story) {
        for (int pieceBytes : new int[] {bytes.length, 1}) {
            int status = 0;
            try {
                scan(bytes, pieceBytes, story);
            } catch (HttpViolation e) {
                status = e.status();
            }
            story.expect("the status of the refusal (0 for none)", 400, status);
        }
    }
}
