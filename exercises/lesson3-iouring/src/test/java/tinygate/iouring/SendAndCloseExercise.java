package tinygate.iouring;

import static tinygate.linux.Constants.MSG_NOSIGNAL;
import static tinygate.linux.Constants.MSG_WAITALL;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tinygate.Gate;
import tinygate.Settings;
import tinygate.contract.Bench;
import tinygate.contract.RawClient;
import tinygate.contract.TestedGate;
import tinygate.kit.Exercise;
import tinygate.kit.Story;
import tinygate.linux.Errno;
import tinygate.loop.NativeChunks.NativeChunk;

/** Exercise 3.7: what the kernel has of a connection, until it gives it back. */
@Exercise(
        id = "3.7",
        title = "Short sends and cancel before close",
        points = 15,
        minutes = 35,
        chapter = "lesson3.html#ex-3-7",
        code = "tinygate.iouring.RingConnection",
        seconds = 15,
        hints = {
            """
            inFlight says which operations the kernel has: inFlight.begin(Operation.SEND) adds one and writes an entry
            about this socket, and the completion must end it. One send at a time, or bytes may overtake each other.""",
            """
            sendNext(): outgoing.lendFirst() is the chunk; send chunk.address(), as many bytes as remain, by
            inFlight.begin(...).send(...). sendCompleted(): outgoing.lose() if it failed, and in any case
            outgoing.sent(), of 0 bytes then: it gives the chunk back, or keeps what is left of it for the next send.""",
            """
            close(): no driver any more, closed, outgoing.lose(), receive.close(), inFlight.cancelAll(), and close the
            descriptor only if nothing is in flight. Otherwise each completion asks again (closeIfNothingIsInFlight), so
            sendCompleted() does that instead of all else when closed. The close is an entry, and then loop.closed(token).""",
        })
public class SendAndCloseExercise implements TestedGate {
    private StillLoop still;
    private RingConnection connection;
    private Socket otherEnd;
    private long token;

    @Override
    public Gate newGate(Settings settings) {
        return new IoUringGate(settings);
    }

    @BeforeAll
    static void aRingCanBeMade() {
        NeededHere.ioUring();
    }

    /** A connection that watches for a hang-up; nothing else of it is in flight. */
    @BeforeEach
    void connect() throws IOException {
        still = new StillLoop(4);
        Socket[] end = new Socket[1];
        connection = still.connection(end);
        otherEnd = end[0];
        token = UserData.token(still.written().get(0).userData());
    }

    @AfterEach
    void close() throws IOException {
        still.close();
    }

    private NativeChunk chunk(int bytes) {
        NativeChunk chunk = still.loop.chunks.take();
        chunk.bytes().limit(chunk.bytes().position() + bytes);
        return chunk;
    }

    /** The only entry that was written, which must be a send of so many bytes from there. */
    private void expectSend(Story story, long address, int length) {
        List<Written> written = still.written();
        story.expect("operations that were written down", "SEND", StillLoop.names(written));
        Written send = written.get(0);
        story.expect("for whom it is", token, UserData.token(send.userData()));
        story.expect("its length", length, send.len());
        story.expect("where in the chunk it begins", 0L, send.addr() - address);
        story.expect("MSG_NOSIGNAL | MSG_WAITALL", MSG_NOSIGNAL | MSG_WAITALL, send.opFlags());
    }

    private void expectWritten(Story story, String operations) {
        story.expect("operations that were written down", operations, still.operations());
    }

    @Test
    @Order(1)
    void aSendThatWasCutShortGoesOnWhereItStopped(Story story) {
        NativeChunk chunk = chunk(100);
        long address = chunk.address();
        story.step("a chunk of 100 bytes is to be sent");
        connection.send(chunk);
        expectSend(story, address, 100);
        story.step("the kernel has sent 30 of them");
        connection.sendCompleted(30);
        expectSend(story, address + 30, 70);
        story.expect("the chunk still belongs to somebody", 1, still.loop.chunks.lent());
        story.step("the kernel has sent 70");
        connection.sendCompleted(70);
        expectWritten(story, "");
        story.expect("chunks that belong to somebody", 0, still.loop.chunks.lent());
    }

    @Test
    @Order(2)
    void oneSendAtATimeSoThatBytesStayInOrder(Story story) {
        NativeChunk first = chunk(4000); // too large to be joined with another
        long firstAddress = first.address();
        story.step("two chunks are to be sent");
        connection.send(first);
        NativeChunk second = chunk(3000);
        long secondAddress = second.address();
        connection.send(second);
        expectSend(story, firstAddress, 4000);
        story.step("of the first, 1000 bytes were sent");
        connection.sendCompleted(1000);
        expectSend(story, firstAddress + 1000, 3000);
        story.step("the rest of it was sent");
        connection.sendCompleted(3000);
        expectSend(story, secondAddress, 3000);
        connection.sendCompleted(3000);
        expectWritten(story, "");
    }

    @Test
    @Order(3)
    void theFinFollowsTheLastByteAndDoesNotOvertakeIt(Story story) throws IOException {
        story.step("a chunk of 100 bytes is to be sent, and the sending side finished behind it");
        connection.send(chunk(100));
        connection.finish();
        story.step("60 of them were sent");
        connection.sendCompleted(60);
        story.expect("the other end has reached the end", false, ended(50));
        story.step("40 were sent");
        connection.sendCompleted(40);
        story.expect("the other end has reached the end", ended(5_000));
    }

    /** Nothing is really sent here, so all that the other end can see is the FIN. */
    private boolean ended(int waitMillis) throws IOException {
        otherEnd.setSoTimeout(waitMillis);
        try {
            return otherEnd.getInputStream().read() == -1;
        } catch (SocketTimeoutException noFin) {
            return false;
        }
    }

    @Test
    @Order(4)
    void aSendThatFailsLosesTheRestAndGivesEveryChunkBack(Story story) {
        story.step("two chunks are to be sent");
        connection.send(chunk(4000));
        connection.send(chunk(3000));
        still.written();
        story.step("the first send ends with EPIPE");
        connection.sendCompleted(-Errno.EPIPE.number());
        expectWritten(story, "");
        story.expect("chunks that belong to somebody", 0, still.loop.chunks.lent());
        story.step("one more chunk is to be sent");
        connection.send(chunk(10));
        expectWritten(story, "");
        story.expect("chunks that belong to somebody", 0, still.loop.chunks.lent());
    }

    @Test
    @Order(5)
    void whatIsInFlightIsCancelledAndThenTheDescriptorClosed(Story story) {
        story.step("the connection waits for a hang-up, and is receiving; close()");
        still.loop.unsettled.settle();
        still.written();
        connection.close();
        List<Written> written = still.written();
        story.expect(
                "operations that were written down",
                "[CANCEL, CANCEL]",
                written.stream().map(Written::operation).toList().toString());
        story.expect(
                "the operations that are cancelled",
                "[HANG_UP, RECEIVE]",
                written.stream()
                        .map(cancel -> UserData.operation(cancel.addr()).toString())
                        .sorted()
                        .toList()
                        .toString());
        story.step("the receive ends with ECANCELED");
        connection.receiveCompleted(-Errno.ECANCELED.number(), false, null);
        still.loop.unsettled.settle();
        expectWritten(story, "");
        story.expect("its slot is still its own", still.loop.slots.get(token) == connection);
        story.step("so does the poll for the hang-up");
        connection.hungUp();
        expectWritten(story, "CLOSE");
        story.expect("who has its slot", null, still.loop.slots.get(token));
    }

    @ParameterizedTest
    @Order(6)
    @ValueSource(ints = {100, 40, -125})
    void aChunkThatIsBeingSentIsTheKernelsUntilTheSendHasEnded(int result, Story story) {
        story.step("the hang-up was told, and a chunk is being sent, another waits; close()");
        connection.hungUp();
        connection.send(chunk(100));
        connection.send(chunk(4000));
        still.written();
        connection.close();
        expectWritten(story, "CANCEL");
        story.expect("chunks that belong to somebody", 1, still.loop.chunks.lent());
        story.step("the send ends; its result is %s", result);
        connection.sendCompleted(result);
        expectWritten(story, "CLOSE");
        story.expect("chunks that belong to somebody", 0, still.loop.chunks.lent());
        story.expect("who has its slot", null, still.loop.slots.get(token));
    }

    @Test
    @Order(7)
    void nothingInFlightMeansThatTheDescriptorIsClosedAtOnce(Story story) {
        connection.hungUp();
        still.written();
        story.step("nothing is in flight; close()");
        connection.close();
        List<Written> written = still.written();
        story.expect("entries that were written", 1, written.size());
        story.expect("the operation", Operation.CLOSE, written.get(0).operation());
        story.expect("the kernel's code of it, 19 is CLOSE", 19, written.get(0).opcode());
        story.expect("who has its slot", null, still.loop.slots.get(token));
    }

    @Test
    @Order(8)
    void aGateSendsABigBodyToASlowReader(Story story, Bench bench) throws IOException {
        String body = "x".repeat(1 << 20);
        bench.upstreams(
                bench.answering(
                                request ->
                                        "HTTP/1.1 200 OK\r\nContent-Length: "
                                                + body.length()
                                                + "\r\n\r\n"
                                                + body)
                        .address());
        RawClient client = bench.client();
        for (int i = 1; i <= 3; i++) {
            story.step("a real gate; request %s for a body of a mebibyte, on one connection", i);
            story.expect("bytes of the body", body.length(), client.ask(Bench.GET).text().length());
        }
    }
}
