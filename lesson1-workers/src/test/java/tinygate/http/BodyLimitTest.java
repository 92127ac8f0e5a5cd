package tinygate.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

/** The largest content of a body, however it is framed (contract rule P5). */
class BodyLimitTest {
    private final BodyScanner body = new BodyScanner(100, 10);

    private void isTooLarge(int bytes) {
        assertThatThrownBy(() -> body.run(ByteBuffer.allocate(bytes), 0, bytes))
                .isInstanceOfSatisfying(
                        HttpViolation.class,
                        violation -> assertThat(violation.status()).isEqualTo(413))
                .hasMessage("the request's body is larger than 10 bytes");
    }

    @Test
    void theByteThatIsTooMuchIsRefused() throws HttpViolation {
        body.begin(Framing.UNTIL_CLOSE);
        body.run(ByteBuffer.allocate(10), 0, 10);
        isTooLarge(1);
    }

    @Test
    void theLimitIsThatOfEachBody() throws HttpViolation {
        for (int i = 0; i < 3; i++) {
            body.begin(Framing.length(10));
            body.run(ByteBuffer.allocate(10), 0, 10);
            assertThat(body.done()).isTrue();
        }
        body.begin(Framing.UNTIL_CLOSE);
        isTooLarge(11);
    }

    @Test
    void whatFramesTheChunksIsNoContent() throws HttpViolation {
        ByteBuffer bytes = ByteBuffer.wrap(Ascii.bytes("a;b=cccccccccccc\r\n0123456789\r\n1\r\n!"));
        body.begin(Framing.CHUNKED);
        int next = 0;
        while (next < bytes.limit() - 1) {
            next = body.run(bytes, next, bytes.limit() - 1);
        }
        assertThat(body.contentBytes()).isEqualTo(10);
        int last = next;
        assertThatThrownBy(() -> body.run(bytes, last, bytes.limit()))
                .isInstanceOf(HttpViolation.class);
    }
}
