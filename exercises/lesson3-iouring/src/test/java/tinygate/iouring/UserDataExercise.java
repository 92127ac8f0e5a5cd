package tinygate.iouring;

import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tinygate.kit.Exercise;
import tinygate.kit.Story;
import tinygate.linux.LinuxException;
import tinygate.loop.Slots;

/** Exercise 3.4: what comes back with a completion, when the connection it was for is gone. */
@Exercise(
        id = "3.4",
        title = "user_data that survives reuse",
        points = 10,
        minutes = 15,
        chapter = "lesson3.html#ex-3-4",
        code = "tinygate.iouring.UserData",
        hints = {
            """
            The picture above the class has all there is: the number of the operation (ordinal()) in the highest eight
            bits, the whole token, of 56 bits, below it.""",
            """
            An int that is shifted by 56 is shifted by 24: make it a long first. A shift to the right by >> copies the
            sign downwards, one by >>> does not. The generation is a part of the token: a mask of 32 bits loses it.""",
            """
            of: (long) operation.ordinal() << 56 | token. operation: Operation.of of the user data >>> 56. token: the
            user data & (1L << 56) - 1.""",
        })
public class UserDataExercise {
    private static final long MOST = (1L << 56) - 1;

    @ParameterizedTest
    @Order(1)
    @EnumSource(Operation.class)
    void theOperationStandsInTheHighestEightBits(Operation operation, Story story) {
        long token = 5L << 32 | 3;
        story.step("UserData.of(%s, generation 5, slot 3)", operation);
        long userData = UserData.of(operation, token);
        story.expect(
                "the user data, in hexadecimal",
                String.format("%02x 000005 00000003", operation.ordinal()),
                hex(userData));
        story.expect("operation()", operation, UserData.operation(userData));
        story.expect("token()", hex(token), hex(UserData.token(userData)));
    }

    @ParameterizedTest
    @Order(2)
    @ValueSource(longs = {0, 1, 0x8000_0000L, 0xFFFF_FFFFL, 1L << 32, 0x80_0000_0000_0000L, MOST})
    void everyTokenComesBackWhole(long token, Story story) {
        for (Operation operation : Operation.values()) {
            story.step("of(%s, %s)", operation, hex(token));
            long userData = UserData.of(operation, token);
            story.expect("operation()", operation, UserData.operation(userData));
            story.expect("token()", hex(token), hex(UserData.token(userData)));
        }
    }

    @Test
    @Order(3)
    void theHighestBitIsNoSign(Story story) {
        long userData = (long) Operation.SEND.ordinal() << 56 | MOST;
        story.step("a completion of a SEND for the largest token of all");
        story.expect("token()", hex(MOST), hex(UserData.token(userData)));
        story.expect("operation()", Operation.SEND, UserData.operation(userData));
    }

    @Test
    @Order(4)
    void aCompletionOfThePastFindsNobodyInAUsedSlot(Story story) {
        Slots<String> slots = new Slots<>();
        long old = slots.reserve();
        slots.put(old, "the first connection");
        long userData = UserData.of(Operation.RECEIVE, old);
        story.step("a receive of a connection is submitted; then the connection closes");
        slots.free(old);
        long used = slots.reserve();
        slots.put(used, "the second connection");
        story.step("another connection has the same slot now; the receive completes late");
        story.expect("the connection it is for", null, slots.get(UserData.token(userData)));
        long present = UserData.of(Operation.RECEIVE, used);
        story.step("a receive of the second connection completes");
        story.expect(
                "the connection it is for",
                "the second connection",
                slots.get(UserData.token(present)));
    }

    @Test
    @Order(5)
    void theKernelBringsItBackWhenTheDescriptorIsLongClosed(Story story) throws LinuxException {
        NeededHere.ioUring();
        Slots<String> slots = new Slots<>();
        long old = slots.reserve();
        slots.put(old, "the first connection");
        try (TestRing test = new TestRing(8, 8)) {
            int fd = test.pair()[0];
            long receive = UserData.of(Operation.RECEIVE, old);
            story.step(
                    "a receive is under way on descriptor %s, with user data %s", fd, hex(receive));
            test.next().receive(test.memory.address(), 100, 0).fd(fd).userData(receive);
            test.expectNothing();
            story.step("the descriptor is closed under it, and its slot is used by another");
            test.closeNow(fd);
            slots.free(old);
            slots.put(slots.reserve(), "the second connection");
            story.step("the receive is cancelled by its user data");
            test.next().cancel(receive).userData(UserData.of(Operation.CANCEL, old));
            for (int i = 0; i < 2; i++) {
                test.await();
                long userData = test.completions.userData();
                Operation operation = UserData.operation(userData);
                story.step("a completion of the %s", operation);
                boolean isReceive = operation == Operation.RECEIVE;
                story.expect("its result", isReceive ? -125 : 0, test.completions.result());
                story.expect("the connection", null, slots.get(UserData.token(userData)));
            }
        }
    }

    /** Operation, generation and slot. */
    private static String hex(long userData) {
        String all = String.format("%016x", userData);
        return all.substring(0, 2) + " " + all.substring(2, 8) + " " + all.substring(8);
    }
}
