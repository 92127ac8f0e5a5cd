package tinygate.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One head object serves all messages of a connection: it forgets each, and allocates nothing. */
class HeadReuseTest {
    private static final ByteBuffer FULL =
            wire(
                    "TRACE http://b.example:81/x HTTP/1.1¶Host: a¶Max-Forwards: 7¶Connection: x,"
                            + " close, upgrade¶X: 1¶Upgrade: h2c¶TE: trailers¶"
                            + "Expect: 100-continue¶Content-Length: 0¶¶");
    private static final ByteBuffer PLAIN =
            wire(
                    "GET /path?query HTTP/1.1¶Host: a.example:8080¶User-Agent: x¶Accept: */*¶"
                            + "Connection: keep-alive, x-hop¶X-Hop: 1¶Transfer-Encoding: chunked¶¶"
                            + "5;x=y¶hello¶0¶Trailer: value¶¶");

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final RequestHead request = new RequestHead(MessageReader.LIMITS);

    private static ByteBuffer wire(String text) {
        return ByteBuffer.wrap(WireText.bytes(text));
    }

    @BeforeEach
    void readAFullHead() throws HttpViolation {
        request.parse(FULL);
        request.reset();
    }

    @Test
    void theNextMessageIsReadAsByANewHead() throws HttpViolation {
        RequestHead fresh = new RequestHead(MessageReader.LIMITS);
        ByteBuffer bytes = wire("GET / HTTP/1.0¶X: 2¶Y: 3¶Z: 4¶¶");
        request.parse(bytes);
        fresh.parse(bytes);

        assertThat(request).usingRecursiveComparison().ignoringFields("fields").isEqualTo(fresh);
        assertThat(request.fields().count()).isEqualTo(3);
        assertThat(request.fields().hopByHop(2)).isFalse();
        assertThat(request.fields().value(FieldName.HOST)).isNull();
    }

    @Test
    void aHeadThatHasNotComeIsEmpty() {
        assertEmpty();
    }

    @Test
    void aHeadThatHasNotComeHasNoTexts() {
        assertThatThrownBy(request::target).isInstanceOf(NullPointerException.class);
        assertThat(request.fields()).isNull();
    }

    @Test
    void aTableIsLentToOneHeadAtATime() throws HttpViolation {
        FieldsPool pool = new FieldsPool(MessageReader.LIMITS);
        RequestHead first = new RequestHead(pool);
        RequestHead second = new RequestHead(pool);
        first.parse(wire("GET /first HTTP/1.1¶Host: first.example¶Connection: x¶X: 1¶¶"));
        Fields table = first.fields();
        second.parse(wire("GET /second HTTP/1.1¶Host: second.example¶"));

        assertThat(second.fields()).isNotSameAs(table);
        assertThat(first.host()).isEqualTo("first.example");

        first.detach();
        first.detach();
        first.parse(wire("GET /third HTTP/1.1¶X: 3¶"));
        assertThat(first.fields()).isSameAs(table);
        assertThat(second.fields()).isNotSameAs(table);
    }

    @Test
    void aHeadThatWasDetachedFromItsBytesFailsRatherThanReadOthers() throws HttpViolation {
        request.parse(PLAIN);
        request.detach();

        assertThat(request.keepAlive()).isTrue();
        assertThatThrownBy(request::target).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> request.fields().value(FieldName.HOST))
                .isInstanceOf(NullPointerException.class);
    }

    @Test
    void aHeadThatWasRefusedAtItsFirstByteIsEmpty() {
        assertThatThrownBy(() -> request.parse(wire("(¶"))).isInstanceOf(HttpViolation.class);

        assertEmpty();
        assertThat(request.methodText()).isEmpty();
        assertThat(request.target()).isEmpty();
        assertThat(request.line()).isEmpty();
        assertThat(request.host()).isEmpty();
        assertThat(request.fields().count()).isZero();
    }

    private void assertEmpty() {
        assertThat(request.length()).isZero();
        assertThat(request.method()).isEqualTo(Method.OTHER);
        assertThat(request.hasHost()).isFalse();
        assertThat(request.maxForwards()).isEqualTo(-1);
        assertThat(request.framing()).isEqualTo(Framing.NONE);
        assertThat(request.keepAlive()).isFalse();
        assertThat(request.expectsContinue()).isFalse();
    }

    @Test
    void aResponseHeadForgetsItsStatus() throws HttpViolation {
        ResponseHead response = new ResponseHead(MessageReader.LIMITS);
        response.reset(Method.GET);
        response.parse(wire("HTTP/1.1 404 Not Found¶¶"));
        response.reset(Method.GET);

        assertThat(response.status()).isZero();
    }

    @Test
    void readingAMessageAllocatesNothing() throws HttpViolation {
        BodyScanner body = new BodyScanner(1000);
        for (int i = 0; i < 2_000; i++) {
            read(body);
        }
        // The compiler's own threads are not counted; a first call may still load a class.
        long least = Long.MAX_VALUE;
        for (int round = 0; round < 10; round++) {
            long before = allocatedBytes();
            for (int i = 0; i < 100; i++) {
                read(body);
            }
            least = Math.min(least, allocatedBytes() - before);
        }

        assertThat(least).as("bytes allocated by 100 messages").isZero();
    }

    private void read(BodyScanner body) throws HttpViolation {
        request.reset();
        assertComplete(request.parse(PLAIN));
        body.begin(request.framing());
        int from = request.length();
        while (!body.done()) {
            from = body.run(PLAIN, from, PLAIN.limit());
        }
        assertComplete(from == PLAIN.limit());
    }

    private static void assertComplete(boolean complete) {
        if (!complete) {
            throw new AssertionError("the message is not complete");
        }
    }

    private static long allocatedBytes() {
        return THREADS.getCurrentThreadAllocatedBytes();
    }
}
