package tinygate.sqpoll;

import static tinygate.iouring.IoUringConstants.IORING_RECVSEND_FIXED_BUF;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tinygate.iouring.ModelKernel;
import tinygate.kit.Exercise;
import tinygate.kit.Story;
import tinygate.linux.Errno;
import tinygate.linux.LinuxException;
import tinygate.sqpoll.PolledSockets.Pair;

/** Exercise 4.5: whose a registered buffer is, and when, on this machine's kernel. */
@Exercise(
        id = "4.5",
        title = "Registered buffers",
        points = 15,
        minutes = 25,
        chapter = "lesson4.html#ex-4-5",
        code = {"tinygate.sqpoll.RegisteredBuffers"},
        seconds = 30,
        hints = {
            """
            "free" is a stack of the indices of free buffers, "freeCount" of them. Buffer number index begins at index *
            bytesEach; its address is address(index).""",
            """
            A send without a copy has two completions. The first tells how many bytes were taken, and has "more"; the
            kernel may have to send them again. Only the one without "more" gives the buffer back.""",
            """
            entry.sendZeroCopy(address(index), length, Constants.MSG_NOSIGNAL).registeredBuffer(index): the second half
            tells the kernel that it knows these pages already.""",
        })
@Timeout(value = 25, threadMode = Timeout.ThreadMode.SAME_THREAD) // a ring has one thread
public class BuffersExercise {
    private static final int COUNT = 2;
    private static final int BYTES = 4096;
    private static final int SEND_ZC = 47;

    private PolledSockets sockets;
    private RegisteredBuffers buffers;

    @BeforeAll
    static void aPollerCanBeHad() {
        NeededHere.poller();
    }

    @BeforeEach
    void open() throws IOException {
        sockets = new PolledSockets();
        buffers = new RegisteredBuffers(sockets.ring.linux, sockets.ring.ring, COUNT, BYTES);
    }

    @AfterEach
    void close() throws IOException {
        sockets.close();
        buffers.close();
    }

    @Test
    @Order(1)
    void eachBufferIsTakenOnce(Story story) {
        story.step("take() three times, of two buffers");
        int first = buffers.take();
        int second = buffers.take();
        story.expect("the first two are 0 and 1, in whatever order", 1, first + second);
        story.expect("they are two", true, first != second);
        story.expect("the third", -1, buffers.take());
    }

    @Test
    @Order(2)
    void anEntryNamesTheRegisteredBufferAndItsAddress(Story story) throws LinuxException {
        try (ModelKernel kernel = new ModelKernel()) {
            story.step("100 bytes of buffer 0 are sent, and 200 of buffer 1");
            buffers.send(kernel.submissions().next(), 0, 100);
            buffers.send(kernel.submissions().next(), 1, 200);
            for (int i = 0; i < COUNT; i++) {
                String of = " of entry " + i;
                story.expect("the operation (47 is SEND_ZC)" + of, 0L + SEND_ZC, at(kernel, i, 0));
                boolean fixed = (at(kernel, i, 2) & IORING_RECVSEND_FIXED_BUF) != 0;
                story.expect("the flag RECVSEND_FIXED_BUF" + of, true, fixed);
                story.expect("the registered buffer" + of, (long) i, kernel.entry(i, 40, 2));
                story.expect("the length" + of, 100L * (i + 1), kernel.entry(i, 24, 4));
            }
            long apart = kernel.entry(1, 16, 8) - kernel.entry(0, 16, 8);
            story.expect("how far the addresses are apart", 0L + BYTES, apart);
        }
    }

    /** Operation, flags of the operation's own kind: a byte, and two. */
    private static long at(ModelKernel kernel, int place, int offset) {
        return kernel.entry(place, offset, offset == 0 ? 1 : 2);
    }

    private int send(Pair pair, String text) {
        int index = buffers.take();
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        buffers.fill(index, bytes);
        buffers.send(sockets.ring.next(), index, bytes.length).fd(pair.fd()).userData(index);
        return index;
    }

    @Test
    @Order(3)
    void eachPeerReadsTheBytesOfItsBuffer(Story story) throws IOException {
        Pair one = sockets.connect();
        Pair two = sockets.connect();
        story.step("two buffers are filled and sent, before the kernel takes any");
        send(one, "first");
        send(two, "second");
        sockets.ring.submitter.submit();
        story.expect("what the first peer reads", "first", one.read(5));
        story.expect("what the second peer reads", "second", two.read(6));
    }

    @Test
    @Order(4)
    void aBufferIsTheKernelsUntilTheCompletionWithoutMore(Story story) throws IOException {
        Pair pair = sockets.connect();
        story.step("a buffer is taken, filled and sent; the other one is taken, too");
        int index = send(pair, "hello");
        buffers.take();
        int result = sockets.result(story, "send", index);
        boolean more = sockets.ring.completions.more();
        story.expect("the result of the send", 5, result);
        story.step("its first completion has come, more is %s", more);
        buffers.completed(index, more);
        story.expect("take()", more ? -1 : index, buffers.take());
        story.expect("what the peer reads", "hello", pair.read(5));
        if (more) {
            sockets.result(story, "send, the second one", index);
            story.step("its second completion has come, without more");
            buffers.completed(index, sockets.ring.completions.more());
            story.expect("take()", index, buffers.take());
        }
    }

    @Test
    @Order(5)
    void aSendThatFailsGivesTheBufferBackByTheSameRule(Story story) throws LinuxException {
        story.step("both buffers are taken, one is sent to a descriptor that is not there");
        int index = buffers.take();
        buffers.take();
        buffers.send(sockets.ring.next(), index, 10).fd(-1).userData(index);
        int result = sockets.result(story, "send", index);
        story.expect("the result of the send", -Errno.EBADF.number(), result);
        boolean more = sockets.ring.completions.more();
        while (sockets.ring.completions.more()) {
            sockets.result(story, "send, the last one", index);
        }
        story.step("its last completion has come, without more");
        buffers.completed(index, false);
        story.expect("take(); the first one had more: " + more, index, buffers.take());
        story.expect("take() once more", -1, buffers.take());
    }
}
