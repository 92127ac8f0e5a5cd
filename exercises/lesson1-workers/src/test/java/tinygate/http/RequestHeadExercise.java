package tinygate.http;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tinygate.kit.Exercise;
import tinygate.kit.Story;

/** Exercise 1.1: what the first bytes of a request say, and which bytes may not stand there. */
@Exercise(
        id = "1.1",
        title = "Request line and field lines",
        points = 10,
        minutes = 35,
        chapter = "lesson1.html#ex-1-1",
        code = {"tinygate.http.RequestHead", "tinygate.http.Fields"},
        hints = {
            """
            Walk through the line with one index: over the bytes of a token, then exactly one space, then the bytes of
            a target, then exactly one space; what is left is the version. Syntax says which bytes may stand where.""",
            """
            A field line is a token, a colon at once behind it, and a value. Blanks on both sides of the value are not
            part of it. Look at each byte of the value: a CR, a NUL or another control byte makes the message a 400;
            Syntax.isValue knows which, and that bytes above 127, which are negative in Java, are none of them.""",
            """
            Keep what you found: methodFrom, methodTo, targetFrom, targetTo and lineTo for the request line, method by
            fields.method(from, to); version(from, to) and findPath() do the rest. A field goes into the arrays at
            index count; its name is FieldName.of(bytes, base + from, base + colon), and hopByHop starts as false."""
        })
public class RequestHeadExercise {
    private static final HeadLimits LIMITS = new HeadLimits(1_000, 3, 20);

    @ParameterizedTest
    @Order(1)
    @CsvSource({
        "GET / HTTP/1.1, GET, /, 1",
        "GET /a;b?c=d&e=%20 HTTP/1.1, GET, /a;b?c=d&e=%20, 1",
        "GET / HTTP/1.0, GET, /, 0",
        "get / HTTP/1.1, get, /, 1",
        "BREW-1.0!# /pot HTTP/1.1, BREW-1.0!#, /pot, 1",
        "OPTIONS * HTTP/1.1, OPTIONS, *, 1",
        "GET http://b.test/x HTTP/1.1, GET, http://b.test/x, 1"
    })
    void aRequestLineIsTakenApart(
            String line, String method, String target, int minorVersion, Story story)
            throws HttpViolation {
        RequestHead head = parsed(line + "\r\nHost: a.test\r\n\r\n", story);
        story.expect("the method", method, head.methodText());
        story.expect("the target", target, head.target());
        story.expect("the minor version", minorVersion, head.minorVersion());
        story.expect("the line", line, head.line());
    }

    @ParameterizedTest
    @Order(2)
    @ValueSource(
            strings = {
                "GET",
                "GET /",
                "GET / ",
                " GET / HTTP/1.1",
                "GET  / HTTP/1.1",
                "GET /  HTTP/1.1",
                "GET / HTTP/1.1 ",
                "GET\t/ HTTP/1.1",
                "GET / x HTTP/1.1",
                "G\0T / HTTP/1.1",
                "G(T / HTTP/1.1",
                "GET /\0 HTTP/1.1",
                "GET /\r HTTP/1.1",
                "GET /#top HTTP/1.1",
                "GET / http/1.1",
                "GET / HTTP/1.10"
            })
    void aRequestLineThatIsNoneIsRefused(String line, Story story) {
        refused(line + "\r\nHost: a.test\r\n\r\n", 400, story);
    }

    @ParameterizedTest
    @Order(3)
    @CsvSource({"GET /34567890123456789012 HTTP/1.1, 414", "GET / HTTP/2.0, 505"})
    void whatIsWellFormedButTooMuchHasAnAnswerOfItsOwn(String line, int status, Story story) {
        refused(line + "\r\nHost: a.test\r\n\r\n", status, story);
    }

    /** The four forms of a target: RFC 9112, section 3.2. */
    @ParameterizedTest
    @Order(4)
    @CsvSource({
        "GET /x?y HTTP/1.1, a.test, /x?y",
        "GET http://b.test:81/x?y HTTP/1.1, b.test, /x?y",
        "GET http://b.test?y HTTP/1.1, b.test, /?y",
        "OPTIONS http://b.test HTTP/1.1, b.test, *",
        "OPTIONS * HTTP/1.1, a.test, *",
        "CONNECT c.test:443 HTTP/1.1, c.test, c.test:443"
    })
    void pathAndHostAreFoundInTheTarget(String line, String host, String path, Story story)
            throws HttpViolation {
        RequestHead head = parsed(line + "\r\nHost: a.test\r\n\r\n", story);
        ByteBuffer out = ByteBuffer.allocate(200);
        head.copyTargetTo(out);
        story.expect(
                "the target as an upstream is sent it", path, Ascii.text(out, 0, out.position()));
        story.expect("the host", host, head.host());
    }

    @ParameterizedTest
    @Order(5)
    @CsvSource(
            delimiter = '|',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "Accept: de, en|Accept|de, en",
                "Accept:de|Accept|de",
                "Accept: \t de \t |Accept|de",
                "Accept:|Accept|''",
                "Accept:  |Accept|''",
                "A!#$%&*+-.^_`|A!#$%&*+-.^_`|1",
                "X: a:b\tc|X|a:b\tc",
                "X: caf\u00e9|X|caf\u00e9"
            })
    void aFieldLineIsTakenApart(String line, String name, String value, Story story)
            throws HttpViolation {
        String field = line.contains(":") ? line : line + ":1";
        RequestHead head = parsed("GET / HTTP/1.1\r\nHost: a.test\r\n" + field + "\r\n\r\n", story);
        Fields fields = head.fields();
        story.expect("the number of fields", 2, fields.count());
        story.expect("the value of the second one", value, fields.value(1));
        story.expect("it begins with its name", true, fields.line(1).startsWith(name + ":"));
        story.expect("it is forwarded", false, fields.hopByHop(1));
    }

    @ParameterizedTest
    @Order(6)
    @ValueSource(
            strings = {
                "Accept",
                ": de",
                "Accept : de",
                "Accept\t: de",
                " Accept: de",
                "Acc ept: de",
                "Acc\0ept: de",
                "Accept(x): de",
                "Accept: d\0e",
                "Accept: d\re",
                "Accept: \r",
                "Accept: d\u007fe"
            })
    void aFieldLineThatIsNoneIsRefused(String line, Story story) {
        refused("GET / HTTP/1.1\r\nHost: a.test\r\n" + line + "\r\n\r\n", 400, story);
    }

    @ParameterizedTest
    @Order(7)
    @ValueSource(strings = {"HOST", "host", "hOsT"})
    void namesAreKnownInAnyCase(String name, Story story) throws HttpViolation {
        RequestHead head = parsed("GET / HTTP/1.1\r\n" + name + ": a.test\r\n\r\n", story);
        story.expect("the field's name", FieldName.HOST, head.fields().name(0));
        story.expect("the host", "a.test", head.host());
    }

    @ParameterizedTest
    @Order(8)
    @CsvSource({"2, 0", "3, 431"})
    void theNumberOfFieldsIsLimited(int more, int status, Story story) throws HttpViolation {
        String message = "GET / HTTP/1.1\r\nHost: a.test\r\n" + "X: y\r\n".repeat(more) + "\r\n";
        if (status == 0) {
            story.expect("the number of fields", more + 1, parsed(message, story).fields().count());
        } else {
            refused(message, status, story);
        }
    }

    @ParameterizedTest
    @Order(9)
    @ValueSource(ints = {0, 7})
    void nothingDependsOnWhereInTheBufferAHeadLies(int place, Story story) throws HttpViolation {
        String message = "PUT /x HTTP/1.1\r\nHost: a.test\r\nAccept: de\r\n\r\n";
        ByteBuffer bytes = ByteBuffer.allocate(200).position(place);
        bytes.put(Ascii.bytes(message)).flip().position(place);
        story.step("parse %s at index %s of its buffer", message, place);
        RequestHead head = new RequestHead(LIMITS);
        story.expect("the head is complete", head.parse(bytes));
        story.expect("the method", Method.PUT, head.method());
        story.expect("the target", "/x", head.target());
        story.expect("the host", "a.test", head.host());
        story.expect("the second field", "Accept: de", head.fields().line(1));
    }

    @Test
    @Order(10)
    void aHeadKnowsNothingOfTheOneBefore(Story story) throws HttpViolation {
        RequestHead head =
                parsed("GET / HTTP/1.1\r\nConnection: close\r\nHost: a.test\r\n\r\n", story);
        head.reset();
        parse(head, "GET / HTTP/1.1\r\nCookie: a=b\r\nHost: a.test\r\n\r\n", story);
        story.expect("the first field", "Cookie: a=b", head.fields().line(0));
        story.expect("it is meant for this hop only", false, head.fields().hopByHop(0));
    }

    private static RequestHead parsed(String message, Story story) throws HttpViolation {
        RequestHead head = new RequestHead(LIMITS);
        parse(head, message, story);
        return head;
    }

    private static void parse(RequestHead head, String message, Story story) throws HttpViolation {
        story.step("parse %s", message);
        story.expect("the head is complete", head.parse(ByteBuffer.wrap(Ascii.bytes(message))));
    }

    private static void refused(String message, int status, Story story) {
        story.step("parse %s, which must be refused", message);
        RequestHead head = new RequestHead(LIMITS);
        int answer = 0;
        try {
            head.parse(ByteBuffer.wrap(Ascii.bytes(message)));
        } catch (HttpViolation e) {
            answer = e.status();
        }
        story.expect("the status of the refusal (0 for none)", status, answer);
    }
}
