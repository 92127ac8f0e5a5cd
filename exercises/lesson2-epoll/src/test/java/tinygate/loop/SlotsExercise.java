package tinygate.loop;

import static tinygate.linux.Constants.AF_INET;
import static tinygate.linux.Constants.EPOLLOUT;
import static tinygate.linux.Constants.SOCK_STREAM;

import com.sun.jna.Function;
import com.sun.jna.NativeLibrary;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tinygate.epoll.Epoll;
import tinygate.kit.Exercise;
import tinygate.kit.NeedsLinux;
import tinygate.kit.Story;
import tinygate.linux.Linux;

/** Exercise 2.6: whom an event is about, when descriptors are used again within one batch. */
@Exercise(
        id = "2.6",
        title = "Events of the past",
        points = 15,
        minutes = 25,
        chapter = "lesson2.html#ex-2-6",
        code = "tinygate.loop.Slots",
        hints = {
            """
            The picture above the class is the token. A slot is an index into connections; it may be used again. Its
            generation is what makes the next user's token another number.""",
            """
            free() is the moment in which all tokens that are out become tokens of the past: the slot's generation goes
            up there. It has 24 bits only, and then begins anew. get() answers a connection only if the generation in
            the token is the slot's present one.""",
            """
            reserve(): if no slot was freed (freeCount), the next one is used++, and if that is beyond the tables all
            three of them are copied into larger ones. The token is (long) generation << 32 | slot: without the cast
            Java shifts an int by 32, that is, by 0. get() is asked for any number: check the slot's range first."""
        })
public class SlotsExercise implements NeedsLinux {
    private final Slots<String> slots = new Slots<>();

    private long open(String name) {
        long token = slots.reserve();
        slots.put(token, name);
        return token;
    }

    private static String hex(long token) {
        return String.format("0x%016x", token);
    }

    @Test
    @Order(1)
    void whoHasATokenIsFoundByIt(Story story) {
        story.step("the connections a, b and c get tokens");
        long a = open("a");
        long b = open("b");
        long c = open("c");
        story.expect("who has the token " + hex(b), "b", slots.get(b));
        story.expect("who has the token " + hex(a), "a", slots.get(a));
        story.expect("who has the token " + hex(c), "c", slots.get(c));
    }

    @Test
    @Order(2)
    void aTokenOfThePastFindsNobody(Story story) {
        long a = open("a");
        long other = open("other");
        story.step("connection a has the token %s; it closes, and its slot is freed", hex(a));
        slots.free(a);
        story.expect("who has a's token", null, slots.get(a));
        List<String> left = new ArrayList<>();
        slots.forEach(left::add);
        story.expect("who is still there", "[other]", left.toString());
        long b = slots.reserve();
        story.step("connection b gets the token %s", hex(b));
        slots.put(b, "b");
        story.expect("b has a's slot: it was freed last", Slots.slot(a), Slots.slot(b));
        story.expect("who has b's token", "b", slots.get(b));
        story.expect("who has a's token", null, slots.get(a));
        story.expect("who has the token of a third one", "other", slots.get(other));
    }

    @ParameterizedTest
    @Order(3)
    @ValueSource(longs = {5, 63, 64, 1_000_000, Integer.MAX_VALUE, -1, 0xffff_fff0L, 77L << 32})
    void aTokenThatNobodyGotFindsNobody(long token, Story story) {
        story.step("the connections a and b get tokens");
        open("a");
        open("b");
        story.step("an event comes with the token %s: the listener's, or no one's", hex(token));
        story.expect("who has it", null, slots.get(token));
    }

    @Test
    @Order(4)
    void asManyAsComeAreFoundAndSlotsAreUsedAgain(Story story) {
        story.step("1000 connections come");
        List<Long> tokens = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            tokens.add(open("connection " + i));
        }
        story.step("every third one closes, and as many come");
        for (int i = 0; i < 1_000; i += 3) {
            slots.free(tokens.get(i));
        }
        for (int i = 0; i < 1_000; i += 3) {
            tokens.set(i, open("new connection " + i));
        }
        for (int i = 0; i < 1_000; i++) {
            String name = (i % 3 == 0 ? "new connection " : "connection ") + i;
            story.expect("who has the token of number " + i, name, slots.get(tokens.get(i)));
        }
        int highest = tokens.stream().mapToInt(Slots::slot).max().orElseThrow();
        story.expect("the highest slot, with 1000 connections", 999, highest);
    }

    @Test
    @Order(5)
    void aTokenNeverReachesTheTopByteHoweverOftenItsSlotIsUsed(Story story) {
        story.step("one connection after the other uses the same slot, 17 million times");
        long first = slots.reserve();
        slots.free(first);
        for (int i = 1; i < 17_000_000; i++) {
            long token = slots.reserve();
            boolean again = token == first && i < 1 << 24;
            if (token >>> 56 != 0 || again) {
                story.step("use %s: the token %s; the first was %s", i, hex(token), hex(first));
                story.expect("the top byte of the token", 0L, token >>> 56);
                story.expect("the first token comes again", false, again);
            }
            slots.free(token);
        }
    }

    @Test
    @Order(6)
    void anEventAboutAClosedSocketDoesNotHitTheOneThatGotItsNumber(Story story) throws Exception {
        Linux linux = new Linux();
        Deque<Integer> open = new ArrayDeque<>();
        try (Epoll epoll = new Epoll(linux, 8)) {
            int first = linux.socket(AF_INET, SOCK_STREAM, 0);
            int second = linux.socket(AF_INET, SOCK_STREAM, 0);
            open.add(first);
            story.step("two sockets are watched, a and b; both have something to tell");
            long a = open("a");
            long b = open("b");
            epoll.add(first, EPOLLOUT, a);
            epoll.add(second, EPOLLOUT, b);
            story.expect("the number of events in one batch", 2, epoll.await(1_000));
            story.step("what is done for a closes b: its slot is freed");
            slots.free(b);
            int third = linux.socket(AF_INET, SOCK_STREAM, 0);
            open.add(third);
            // A close and then a socket(), mostly; but in between another thread of the JVM could
            // open a file and get the number.
            Function dup2 = NativeLibrary.getProcess().getFunction("dup2");
            int reused = dup2.invokeInt(new Object[] {third, second});
            story.step("and opens c, which gets a descriptor that is free now: b's, %s", second);
            story.expect("the descriptor", second, reused);
            open.add(reused);
            long c = open("c");
            story.step("the batch goes on with the event about b, whose token is %s", hex(b));
            long token = epoll.token(0) == a ? epoll.token(1) : epoll.token(0);
            story.expect("whom the event finds", null, slots.get(token));
            story.expect("who has c's token", "c", slots.get(c));
        } finally {
            open.forEach(linux::close);
        }
    }
}
