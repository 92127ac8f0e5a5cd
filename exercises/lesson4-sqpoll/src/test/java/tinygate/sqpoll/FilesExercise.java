package tinygate.sqpoll;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tinygate.iouring.Operation;
import tinygate.iouring.SubmissionEntry;
import tinygate.iouring.UserData;
import tinygate.kit.Exercise;
import tinygate.kit.Story;
import tinygate.linux.Errno;
import tinygate.linux.LinuxException;
import tinygate.linux.NativeMemory;
import tinygate.sqpoll.PolledSockets.Pair;

/** Exercise 4.4: sockets by their places in a table of the ring, on this machine's kernel. */
@Exercise(
        id = "4.4",
        title = "Registered files",
        points = 15,
        minutes = 30,
        chapter = "lesson4.html#ex-4-4",
        code = {"tinygate.sqpoll.RegisteredFiles"},
        seconds = 30,
        hints = {
            """
            Places are 0 to places - 1. opened() and closing() both change a place, one to the descriptor, the other to
            NOTHING; a slot without a place is left alone. An entry names a place by entry.registered(slot), else by
            entry.fd(fd).""",
            """
            The kernel reads the number when it takes the entry, which may be much later: so each place has a word of its
            own in "descriptors", at slot * 4 bytes, and the entry its address.""",
            """
            put(): descriptors.buffer().putInt(slot * Integer.BYTES, fd), then entries.get().updateFiles(slot,
            descriptors.address() + slot * Integer.BYTES, 1).userData(UserData.of(Operation.REGISTER, 0)).""",
        })
@Timeout(value = 25, threadMode = Timeout.ThreadMode.SAME_THREAD) // a ring has one thread
public class FilesExercise {
    private static final int PLACES = 2;
    private static final long REGISTERED = UserData.of(Operation.REGISTER, 0);
    private static final long CLOSE = 2;

    private PolledSockets sockets;
    private NativeMemory bytes;
    private int written;
    private RegisteredFiles files;

    @BeforeAll
    static void aPollerCanBeHad() {
        NeededHere.poller();
    }

    @BeforeEach
    void open() throws IOException {
        sockets = new PolledSockets();
        PolledRing ring = sockets.ring;
        bytes = NativeMemory.allocate(ring.linux, 4096);
        files = new RegisteredFiles(ring.linux, ring.ring, PLACES, ring::next);
    }

    @AfterEach
    void close() throws IOException {
        sockets.close();
        files.close();
        bytes.close();
    }

    /** A send that is named by the student's code. */
    private void send(int slot, int fd, String text, long userData) {
        bytes.buffer().put(written, text.getBytes(StandardCharsets.US_ASCII));
        SubmissionEntry entry = sockets.ring.next();
        entry.send(bytes.address() + written, text.length(), 0).userData(userData);
        files.name(entry, slot, fd);
        written += text.length();
    }

    private void expectSent(Story story, Pair pair, String text, long userData) throws IOException {
        int result = sockets.result(story, "send of " + text, userData);
        story.expect("the result of the send of " + text, text.length(), result);
        story.expect("what the peer reads", text, pair.read(text.length()));
    }

    private void expectRegistered(Story story, int times) throws LinuxException {
        for (int i = 0; i < times; i++) {
            int changed = sockets.result(story, "change of a place", REGISTERED);
            story.expect("places that were changed", 1, changed);
        }
    }

    @Test
    @Order(1)
    void aSendFindsTheSocketAtItsPlace(Story story) throws IOException {
        Pair pair = sockets.connect();
        story.step("a socket comes to slot 1; a send to slot 1 is named");
        files.opened(1, pair.fd());
        send(1, pair.fd(), "hello", 10);
        expectRegistered(story, 1);
        expectSent(story, pair, "hello", 10);
    }

    @Test
    @Order(2)
    void aPlaceIsNamedByItsSlotAndTheDescriptorIsNotLookedAt(Story story) throws IOException {
        Pair pair = sockets.connect();
        story.step("a socket comes to slot 0; a send to slot 0 is named, with descriptor -1");
        files.opened(0, pair.fd());
        send(0, -1, "hello", 10);
        expectRegistered(story, 1);
        expectSent(story, pair, "hello", 10);
    }

    @Test
    @Order(3)
    void twoSocketsInOneBatchKeepTheirPlaces(Story story) throws IOException {
        Pair zero = sockets.connect();
        Pair one = sockets.connect();
        story.step("sockets come to slots 0 and 1, and are sent to, before the kernel takes any");
        files.opened(0, zero.fd());
        files.opened(1, one.fd());
        send(0, zero.fd(), "to 0", 10);
        send(1, one.fd(), "to 1", 11);
        expectRegistered(story, 2);
        expectSent(story, zero, "to 0", 10);
        expectSent(story, one, "to 1", 11);
    }

    @Test
    @Order(4)
    void aPlaceIsEmptiedSoThatAClosedSocketReallyCloses(Story story) throws IOException {
        Pair pair = sockets.connect();
        story.step("a socket comes to slot 0; it is closing; its descriptor is closed");
        files.opened(0, pair.fd());
        files.closing(0, pair.fd());
        sockets.close(pair, CLOSE);
        expectRegistered(story, 2);
        story.expect("the result of the close", 0, sockets.result(story, "close", CLOSE));
        story.expect("what the peer reads", "(the end)", pair.read(1));
        pair.peer().close();
    }

    @Test
    @Order(5)
    void anEmptiedPlaceNamesNothing(Story story) throws IOException {
        Pair pair = sockets.connect();
        story.step("a socket comes to slot 1, and is closing; a send to slot 1 is named");
        files.opened(1, pair.fd());
        files.closing(1, pair.fd());
        send(1, pair.fd(), "lost", 10);
        expectRegistered(story, 2);
        int result = sockets.result(story, "send", 10);
        story.expect("the result of the send", -Errno.EBADF.number(), result);
    }

    @Test
    @Order(6)
    void aPlaceThatIsUsedAgainIsTheNextSockets(Story story) throws IOException {
        Pair first = sockets.connect();
        Pair second = sockets.connect();
        story.step(
                "a socket comes to slot 0 and closes, another comes to slot 0, all in one batch");
        files.opened(0, first.fd());
        files.closing(0, first.fd());
        sockets.close(first, CLOSE);
        files.opened(0, second.fd());
        send(0, second.fd(), "second", 10);
        expectRegistered(story, 2);
        sockets.result(story, "close", CLOSE);
        expectRegistered(story, 1);
        expectSent(story, second, "second", 10);
        story.expect("what the first peer reads", "(the end)", first.read(1));
        first.peer().close();
    }

    @Test
    @Order(7)
    void aSocketWithoutAPlaceIsNamedByItsDescriptor(Story story) throws IOException {
        Pair pair = sockets.connect();
        story.step("there are places 0 and 1; a socket comes to slot 2, and is sent to");
        files.opened(PLACES, pair.fd());
        story.expect("entries for it", 0, sockets.ring.submissions.pending());
        send(PLACES, pair.fd(), "hello", 10);
        expectSent(story, pair, "hello", 10);
        story.step("it is closing");
        files.closing(PLACES, pair.fd());
        story.expect("entries for it", 0, sockets.ring.submissions.pending());
    }
}
