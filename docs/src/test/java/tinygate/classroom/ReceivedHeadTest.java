package tinygate.classroom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tinygate.classroom.WrongResponse.Kind;

class ReceivedHeadTest {
    private static final String HEAD =
            "HTTP/1.1 200 OK\r\nX-Content-Length: 7\r\nCONTENT-LENGTH:\t12 \r\n\r\n";

    @Test
    void aHeadIsReadUpToItsEmptyLine() throws WrongResponse {
        ByteBuffer in = bytes(HEAD + "body");
        ReceivedHead head = ReceivedHead.read(in);
        assertThat(head.status()).isEqualTo(200);
        assertThat(head.contentLength()).isEqualTo(12);
        assertThat(head.close()).isFalse();
        assertThat(in.position()).isEqualTo(HEAD.length());
    }

    @Test
    void aHeadThatIsNotWholeIsLeftWhereItIs() throws WrongResponse {
        for (int length = 0; length < HEAD.length(); length++) {
            ByteBuffer in = bytes(HEAD.substring(0, length));
            assertThat(ReceivedHead.read(in)).as("of %d bytes", length).isNull();
            assertThat(in.position()).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n",
                "HTTP/1.1 200 OK\r\nconnection: x-a, Close\r\n\r\n",
                "HTTP/1.0 200 OK\r\n\r\n"
            })
    void aServerThatClosesSaysSo(String text) throws WrongResponse {
        assertThat(ReceivedHead.read(bytes(text)).close()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\r\n\r\n",
                "HTTP/2 200\r\n\r\n",
                "HTTP/1.1 20\r\n\r\n",
                "HTTP/1.1 200 OK\nContent-Length: 1\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n"
            })
    void whatIsNotAResponseIsMalformed(String text) {
        assertThatThrownBy(() -> ReceivedHead.read(bytes(text)))
                .isInstanceOfSatisfying(
                        WrongResponse.class,
                        wrong -> assertThat(wrong.kind()).isEqualTo(Kind.MALFORMED));
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1));
    }
}
