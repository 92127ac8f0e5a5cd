package tinygate.iouring;

import static tinygate.iouring.IoUringConstants.IOSQE_BUFFER_SELECT;
import static tinygate.iouring.IoUringConstants.IOSQE_FIXED_FILE;
import static tinygate.iouring.IoUringConstants.IOSQE_IO_LINK;
import static tinygate.linux.Constants.MSG_NOSIGNAL;
import static tinygate.linux.Constants.SOCK_CLOEXEC;

import java.net.InetSocketAddress;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tinygate.kit.Exercise;
import tinygate.kit.NeedsLinux;
import tinygate.kit.Story;
import tinygate.linux.Linux;
import tinygate.linux.LinuxException;
import tinygate.linux.NativeMemory;
import tinygate.linux.SockAddr;

/** Exercise 3.1: a system call, written down byte by byte. */
@Exercise(
        id = "3.1",
        title = "SQE layout",
        points = 10,
        minutes = 20,
        chapter = "lesson3.html#ex-3-1",
        code = "tinygate.iouring.SubmissionEntry",
        hints = {
            """
            The picture above the class has all places. "at" is where the present entry begins; a field is put with the
            put... method of entries.buffer() that has its width, at the absolute index "at" plus the field's place.""",
            """
            The kernel refuses an entry in which a field that it does not use is not zero, and the place of an entry is
            used again and again: moveTo() must zero all 64 bytes. addFlags() reads the byte that is there, and puts it
            back with the new bits set.""",
            """
            An operation is a chain of fields, as send() shows: return opcode(IORING_OP_CONNECT).address(...) and so on.
            The table above the class says which argument stands in which field; the length of an address, for one, is
            not in "len".""",
        })
public class EntryExercise implements NeedsLinux {
    private static final long FAR = 0x1122_3344_5566_7788L;
    private static final long USER_DATA = 0x8877_6655_4433_2211L;

    private NativeMemory memory;
    private SubmissionEntry entry;

    @BeforeEach
    void open() throws LinuxException {
        memory = NativeMemory.allocate(new Linux(), 4096);
        entry = new SubmissionEntry(memory);
    }

    @AfterEach
    void close() {
        memory.close();
    }

    private void expect(Story story, String what, int index, String fields) {
        story.expect(what, fields, Written.at(memory.buffer(), index).toString());
    }

    @Test
    @Order(1)
    void anEntryIsZeroWhenItIsUsedAgainAndItsNeighborsAreLeftAlone(Story story) {
        story.step("the memory of entries 0, 1 and 2 is full of bytes 0xff");
        for (int i = 0; i < 3 * 64; i++) {
            memory.buffer().put(i, (byte) 0xFF);
        }
        story.step("moveTo(1)");
        entry.moveTo(1);
        for (int i = 0; i < 3 * 64; i++) {
            boolean mine = i / 64 == 1;
            int got = memory.buffer().get(i) & 0xFF;
            story.expect("byte " + i % 64 + " of entry " + i / 64, mine ? 0 : 0xFF, got);
        }
    }

    @Test
    @Order(2)
    void eachFieldHasItsPlaceAndItsWidth(Story story) {
        story.step("moveTo(2).send(0x1122334455667788, 1000, MSG_NOSIGNAL).fd(9).userData(...)");
        entry.moveTo(2).send(FAR, 1000, MSG_NOSIGNAL).fd(9).userData(USER_DATA);
        expect(
                story,
                "the entry, as the kernel reads it",
                2,
                "SEND, fd 9, addr 0x1122334455667788, len 1000, op flags 0x4000,"
                        + " user data 0x8877665544332211");
    }

    @ParameterizedTest
    @Order(3)
    @CsvSource({"0, 7", "65535, -1", "32768, 2147483647"})
    void theLargestValuesFitToo(int group, int fd, Story story) {
        story.step("moveTo(0).receiveMultishot(%s, false).fd(%s).userData(-1)", group, fd);
        entry.moveTo(0).receiveMultishot(group, false).fd(fd).userData(-1);
        Written written = Written.at(memory.buffer(), 0);
        story.expect("the group", group, written.group());
        story.expect("the descriptor", fd, written.fd());
        story.expect("the user data", -1L, written.userData());
        story.expect("what lies behind the group", 0, written.rest());
    }

    @Test
    @Order(4)
    void aFlagIsAddedToThoseThatAreSet(Story story) {
        story.step("moveTo(0).receiveMultishot(7, true).registered(5).linked()");
        entry.moveTo(0).receiveMultishot(7, true).registered(5).linked();
        Written written = Written.at(memory.buffer(), 0);
        story.expect(
                "the flags: BUFFER_SELECT 32, FIXED_FILE 1, IO_LINK 4",
                IOSQE_BUFFER_SELECT | IOSQE_FIXED_FILE | IOSQE_IO_LINK,
                written.flags());
        story.expect("the place of the registered file, in the field fd", 5, written.fd());
    }

    @Test
    @Order(5)
    void aMultishotOperationSaysSoInIoprio(Story story) {
        story.step("moveTo(0).acceptMultishot(SOCK_CLOEXEC).fd(3)");
        entry.moveTo(0).acceptMultishot(SOCK_CLOEXEC).fd(3);
        expect(story, "the entry", 0, "ACCEPT, ioprio 1, fd 3, op flags 0x80000");
        story.step("moveTo(1).receiveMultishot(7, false).fd(4)");
        entry.moveTo(1).receiveMultishot(7, false).fd(4);
        expect(story, "the entry", 1, "RECV, flags 32, ioprio 2, fd 4, group 7");
        story.step("moveTo(2).receiveMultishot(7, true).fd(4), which polls first");
        entry.moveTo(2).receiveMultishot(7, true).fd(4);
        expect(story, "the entry", 2, "RECV, flags 32, ioprio 3, fd 4, group 7");
    }

    @Test
    @Order(6)
    void aRegisteredBufferIsAddedToWhatIoprioSaysAlready(Story story) {
        story.step("moveTo(0).sendZeroCopy(...).reportingCopies().registeredBuffer(513).fd(4)");
        entry.moveTo(0)
                .sendZeroCopy(FAR, 1000, MSG_NOSIGNAL)
                .reportingCopies()
                .registeredBuffer(513)
                .fd(4);
        Written written = Written.at(memory.buffer(), 0);
        story.expect("ioprio: RECVSEND_FIXED_BUF 4, SEND_ZC_REPORT_USAGE 8", 12, written.ioprio());
        story.expect(
                "the place of the registered buffer, in the field group", 513, written.group());
    }

    @ParameterizedTest
    @Order(7)
    @CsvSource({"127.0.0.1, 16", "::1, 28"})
    void aConnectHasTheLengthOfItsAddressInOff(String host, int length, Story story) {
        SockAddr to = new SockAddr(memory, 1024);
        to.set(new InetSocketAddress(host, 8080));
        story.step("moveTo(0).connect() to %s, an address of %s bytes", host, length);
        entry.moveTo(0).connect(to);
        Written written = Written.at(memory.buffer(), 0);
        story.expect("addr is where the address lies", to.address(), written.addr());
        story.expect("the field off", (long) length, written.off());
        story.expect("the field len", 0, written.len());
    }

    @Test
    @Order(8)
    void aCancelNamesTheOtherByItsUserDataAndNoDescriptor(Story story) {
        story.step("moveTo(0).cancel(0x1122334455667788).userData(2)");
        entry.moveTo(0).cancel(FAR).userData(2);
        expect(story, "the entry", 0, "ASYNC_CANCEL, fd -1, addr 0x1122334455667788, user data 2");
    }

    @Test
    @Order(9)
    void theKernelOfThisMachineUnderstandsIt(Story story) throws LinuxException {
        NeededHere.ioUring();
        try (TestRing test = new TestRing(8, 8)) {
            int[] pair = test.pair();
            story.step("a ring; 5 bytes are sent on a connection, with user data 1");
            test.memory.buffer().put(0, "hello".getBytes());
            test.next().send(test.memory.address(), 5, MSG_NOSIGNAL).fd(pair[0]).userData(1);
            story.expect("the completion of the send: bytes sent", 5, test.resultOf(1));
            story.step("its other end receives, with user data 2");
            test.next().receive(test.memory.address() + 100, 50, 0).fd(pair[1]).userData(2);
            story.expect("the completion of the receive: bytes received", 5, test.resultOf(2));
            byte[] received = new byte[5];
            test.memory.buffer().get(100, received);
            story.expect("the bytes", "hello".getBytes(), received);
        }
    }
}
