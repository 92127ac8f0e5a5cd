package tinygate.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tinygate.Settings.Forwarding;
import tinygate.http.Ascii;
import tinygate.http.Framing;
import tinygate.http.HeadLimits;
import tinygate.http.HttpViolation;
import tinygate.http.Method;
import tinygate.http.RequestHead;
import tinygate.http.ResponseHead;

/** What the writers make fits into {@link RequestWriter#mostHeadBytes}, at the very worst. */
class HeadGrowthTest {
    private static final int LIMIT = 4096;
    private static final HeadLimits LIMITS = new HeadLimits(LIMIT, 2000, LIMIT);

    /** As long as settings allow Via's name to be. */
    private static final String NAME = "n".repeat(255);

    private static final String HOST = "h".repeat(255) + ":65535";
    private static final String CLIENT = "2001:0db8:1111:2222:3333:4444:5555:6666%eth0eth0eth0123";

    private final ByteBuffer out = ByteBuffer.allocate(RequestWriter.mostHeadBytes(LIMIT));

    static List<String> requests() {
        List<String> heads = new ArrayList<>();
        for (String start :
                List.of(
                        "GET / HTTP/1.1\nHost:" + HOST,
                        "GET http://" + HOST + " HTTP/1.1\nHost:a",
                        "OPTIONS http://" + HOST + "? HTTP/1.1\nHost:a\nMax-Forwards:9",
                        "G / HTTP/1.0")) {
            for (String field :
                    List.of("A:", "Via:a", "Via:", "X-Forwarded-For:a", "Forwarded:a", "via:\tb")) {
                for (String framing : List.of("Content-Length:0", "Transfer-Encoding:chunked")) {
                    if (!start.endsWith("1.0") || framing.startsWith("C")) {
                        heads.add(start + "\nTE:trailers\nExpect:x\n" + framing + "\n" + field);
                    }
                }
            }
        }
        return heads;
    }

    @ParameterizedTest
    @MethodSource("requests")
    void aForwardedRequestFits(String start) throws HttpViolation {
        RequestHead request = new RequestHead(LIMITS);
        assertThat(request.parse(filled(start))).isTrue();
        assertThat(request.length()).isEqualTo(LIMIT);

        for (boolean fullDuplex : new boolean[] {true, false}) {
            new RequestWriter(new Forwarding(NAME, true, true), HOST, fullDuplex)
                    .write(request, CLIENT, out.clear());
        }
    }

    @Test
    void aForwardedResponseFits() throws HttpViolation {
        for (String field : List.of("A:", "Via:a", "Via:")) {
            ResponseHead response = new ResponseHead(LIMITS);
            response.reset(Method.GET);
            assertThat(response.parse(filled("HTTP/1.1 200\nContent-Length:0\n" + field))).isTrue();

            new ResponseWriter(NAME)
                    .write(response, Framing.length(0), true, Heads.DATE, out.clear());
        }
    }

    @Test
    void anErrorThatQuotesTheRequestFits() {
        String line = "GET / " + "v".repeat(LIMIT - 40);
        RequestHead request = new RequestHead(LIMITS);
        try {
            request.parse(ByteBuffer.wrap(Ascii.bytes(line + "\r\n")));
            throw new AssertionError("accepted");
        } catch (HttpViolation e) {
            Errors.badRequest(e).write(out.clear(), true, false, Heads.DATE);
        }
    }

    @Test
    void aTraceSentBackFits() throws HttpViolation {
        RequestHead request = new RequestHead(LIMITS);
        request.parse(filled("TRACE / HTTP/1.1\nHost:a\nMax-Forwards:0\nA:"));

        new OwnAnswers(0).answerTo(request).write(out.clear(), true, false, Heads.DATE);
    }

    /** The head, its last field repeated and then made longer until the limit is met exactly. */
    private static ByteBuffer filled(String head) {
        String last = head.substring(head.lastIndexOf('\n'));
        StringBuilder filled = new StringBuilder(Heads.wire(head));
        int lastBytes = last.length() + 1;
        while (filled.length() + lastBytes + 4 <= LIMIT) {
            filled.append(Heads.wire(last));
        }
        filled.append("x".repeat(LIMIT - 4 - filled.length())).append("\r\n\r\n");
        return ByteBuffer.wrap(Ascii.bytes(filled.toString()));
    }
}
