package tinygate.iouring;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tinygate.linux.Errno;
import tinygate.loop.NativeChunks.NativeChunk;

/**
 * What an exchange makes of completions: the client has begun an upload, and a connection to the
 * upstream is being opened. If there is an answer, it comes before the upload is whole, and its
 * body ends with the upstream's close.
 */
@Timeout(60)
@NeedsIoUring
class RingDriverTest {
    private static final String UPLOAD =
            "POST / HTTP/1.1\r\nHost: gate.test\r\nContent-Length: 1000\r\n\r\n";

    private StillLoop still;
    private Socket clientSocket;
    private RingConnection client;
    private RingConnection upstream;
    private int sendingToClient; // bytes of the send that is under way

    @BeforeEach
    void beginAnUpload() throws IOException {
        still = new StillLoop(4);
        int listener = still.loop.sockets.listen(new InetSocketAddress("127.0.0.1", 0), 1, false);
        clientSocket = still.client(still.loop.sockets.localAddress(listener));
        still.loop.accepted(still.accept(listener));
        still.loop.linux.close(listener);
        client = connectionOf(Operation.HANG_UP);
        receives(client, UPLOAD);
        upstream = connectionOf(Operation.CONNECT);
    }

    @AfterEach
    void close() throws IOException {
        still.close();
    }

    /** On which connection an operation of this kind was written down, since the last time. */
    private RingConnection connectionOf(Operation operation) {
        for (Written entry : still.written()) {
            if (entry.operation() == operation) {
                return connectionOf(entry);
            }
        }
        throw new AssertionError("no " + operation);
    }

    private RingConnection connectionOf(Written entry) {
        return still.loop.slots.get(UserData.token(entry.userData()));
    }

    /** How many bytes a connection was given to send, since the last time. */
    private int sending(RingConnection connection) {
        return still.written().stream()
                .filter(entry -> entry.operation() == Operation.SEND)
                .filter(entry -> connectionOf(entry) == connection)
                .mapToInt(Written::len)
                .sum();
    }

    private void receives(RingConnection connection, String text) {
        still.loop.unsettled.settle();
        NativeChunk chunk = still.loop.chunks.take();
        int from = chunk.bytes().position();
        chunk.bytes().limit(from + text.length());
        chunk.bytes().put(from, text.getBytes(StandardCharsets.US_ASCII));
        connection.receiveCompleted(text.length(), true, chunk);
    }

    private void ends(RingConnection connection) {
        connection.receiveCompleted(0, false, null);
    }

    @ParameterizedTest
    @EnumSource(names = {"ENOBUFS", "ENOMEM"})
    void nobodyBlamesTheUpstreamForWhatTheGateLacks(Errno lack) {
        upstream.connectCompleted(-lack.number());
        assertThat(still.stats.upstreamFailures()).isZero();
        assertThat(sending(client)).as("bytes of an answer").isPositive();
    }

    @Test
    void anUpstreamThatRefusesIsToBlame() {
        upstream.connectCompleted(-Errno.ECONNREFUSED.number());
        assertThat(still.stats.upstreamFailures()).isEqualTo(1);
    }

    private void answerEarly() {
        upstream.connectCompleted(0);
        upstream.sendCompleted(sending(upstream));
        receives(upstream, "HTTP/1.1 413 Content Too Large\r\n\r\nenough");
        sendingToClient = sending(client);
    }

    @Test
    void anAnswerThatWasEndedBeforeSendingFailedIsWhole() throws IOException {
        answerEarly();
        receives(client, "more");
        upstream.sendCompleted(-Errno.EPIPE.number()); // behind its end came a reset
        ends(upstream);
        assertThat(still.stats.upstreamFailures()).isZero();
        client.sendCompleted(sendingToClient);
        assertThat(clientSocket.getInputStream().read()).as("a FIN, not a reset").isEqualTo(-1);
    }

    @Test
    void anAnswerIsBrokenOffIfAResetHasCutASendShort() {
        answerEarly();
        receives(client, "more");
        upstream.sendCompleted(1);
        upstream.sendCompleted(-Errno.EPIPE.number());
        ends(upstream);
        assertThat(still.stats.upstreamFailures()).isEqualTo(1);
    }

    @Test
    void anAnswerIsBrokenOffIfASendHasMetTheReset() {
        answerEarly();
        receives(client, "more");
        upstream.sendCompleted(-Errno.ECONNRESET.number());
        ends(upstream);
        assertThat(still.stats.upstreamFailures()).isEqualTo(1);
    }
}
