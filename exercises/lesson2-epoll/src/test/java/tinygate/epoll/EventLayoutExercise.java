package tinygate.epoll;

import static tinygate.linux.Constants.EPOLLIN;
import static tinygate.linux.Constants.EPOLLOUT;

import java.net.Socket;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tinygate.kit.Exercise;
import tinygate.kit.NeedsLinux;
import tinygate.kit.Story;
import tinygate.linux.CProgram;
import tinygate.linux.EpollEvent;
import tinygate.linux.LinuxException;
import tinygate.linux.Machine;

/** Exercise 2.1: a structure of the kernel's, byte by byte. */
@Exercise(
        id = "2.1",
        title = "The layout of epoll_event",
        points = 10,
        minutes = 20,
        chapter = "lesson2.html#ex-2-1",
        code = {"tinygate.linux.EpollEvent", "tinygate.epoll.Epoll"},
        hints = {
            """
            The picture above EpollEvent has all the numbers. C would put 64 bits of data at a multiple of 8 bytes; on
            x86-64 the kernel's header says "packed", so they follow the events at once.""",
            """
            In Epoll, memory.buffer() is all of the native memory: maxEvents events that the kernel writes, and behind
            them one more that epoll_ctl reads. Nothing else may stand in your offsets but layout.size(),
            layout.offsetOfEvents() and layout.offsetOfData().""",
            """
            control(): the extra event begins at maxEvents * layout.size(). Put the interest there as an int and the
            token as a long, each at its offset, and hand linux.epollCtl the address of that event: memory.address()
            plus its beginning. events(i) and token(i) read the same way from at(i), which checks the index, too."""
        })
public class EventLayoutExercise implements NeedsLinux {
    private static final int WAIT_MILLIS = 2_000;

    private TestLoop loop;

    @AfterEach
    void close() {
        if (loop != null) {
            loop.close();
        }
    }

    @ParameterizedTest
    @Order(1)
    @CsvSource({"X86_64, 12, 0, 4", "AARCH64, 16, 0, 8"})
    void eachKindOfMachineHasItsLayout(
            Machine machine, int size, int offsetOfEvents, int offsetOfData, Story story) {
        story.step("the layout on %s", machine);
        EpollEvent layout = EpollEvent.of(machine);
        story.expect("the size in bytes", size, layout.size());
        story.expect("where the events are", offsetOfEvents, layout.offsetOfEvents());
        story.expect("where the data are", offsetOfData, layout.offsetOfData());
    }

    @Test
    @Order(2)
    void thisMachinesOwnHeaderSaysTheSame(Story story, @TempDir Path directory) throws Exception {
        String size = "sizeof(struct epoll_event)";
        String data = "offsetof(struct epoll_event, data)";
        story.step("a C program asks sys/epoll.h for %s and %s", size, data);
        Map<String, Long> header = CProgram.values(List.of(size, data), directory);
        EpollEvent layout = EpollEvent.of(Machine.current());
        story.expect("the size in bytes", header.get(size), (long) layout.size());
        story.expect("where the data are", header.get(data), (long) layout.offsetOfData());
    }

    @ParameterizedTest
    @Order(3)
    @ValueSource(longs = {1, 0x1122334455667788L, -2, Long.MIN_VALUE})
    void allBitsOfATokenComeBack(long token, Story story) throws Exception {
        loop = new TestLoop(3);
        try (Socket client = loop.client()) {
            int fd = loop.accept();
            story.step("watch a socket for EPOLLOUT, with the token %s", hex(token));
            story.expect("epoll_ctl answers", 0, loop.epoll.add(fd, EPOLLOUT, token));
            story.step("wait: the socket is writable");
            story.expect("the number of events", 1, loop.epoll.await(WAIT_MILLIS));
            story.expect("what happened", EPOLLOUT, loop.epoll.events(0));
            story.expect("the token", hex(token), hex(loop.epoll.token(0)));
            story.expect("the client is connected", client.isConnected());
        }
    }

    @Test
    @Order(4)
    void eachEventOfABatchIsReadAtItsPlace(Story story) throws Exception {
        loop = new TestLoop(3);
        try (Socket one = loop.client();
                Socket two = loop.client();
                Socket three = loop.client()) {
            story.step("watch three sockets, with the tokens 101, 102 and 103");
            for (int i = 1; i <= 3; i++) {
                loop.epoll.add(loop.accept(), EPOLLOUT, 100 + i);
            }
            expectBatch(story);
            story.step("the first two clients send a byte, so that their sockets are readable too");
            one.getOutputStream().write('1');
            two.getOutputStream().write('2');
            expectBatch(story);
            story.expect("the third client is connected", three.isConnected());
        }
    }

    private void expectBatch(Story story) throws LinuxException {
        story.step("wait: all three are writable");
        story.expect("the number of events", 3, loop.epoll.await(WAIT_MILLIS));
        Set<Long> tokens = new TreeSet<>();
        for (int i = 0; i < 3; i++) {
            story.expect(
                    "event " + i + " says EPOLLOUT, and nothing that was not asked for",
                    EPOLLOUT,
                    loop.epoll.events(i));
            tokens.add(loop.epoll.token(i));
        }
        story.expect("the tokens", new TreeSet<>(Set.of(101L, 102L, 103L)), tokens);
    }

    @Test
    @Order(5)
    void aChangeWhileABatchIsWorkedOffDoesNotSpoilIt(Story story) throws Exception {
        loop = new TestLoop(3);
        try (Socket one = loop.client();
                Socket two = loop.client();
                Socket three = loop.client()) {
            story.step("a list for 3 events, and three sockets, with the tokens 101, 102 and 103");
            int[] sockets = {loop.accept(), loop.accept(), loop.accept()};
            for (int i = 0; i < 3; i++) {
                loop.epoll.add(sockets[i], EPOLLOUT, 101 + i);
            }
            story.expect("the number of events", 3, loop.epoll.await(WAIT_MILLIS));
            story.step("before the events are read, each socket is given another token");
            for (int i = 0; i < 3; i++) {
                loop.epoll.modify(sockets[i], EPOLLIN, 201 + i);
            }
            Set<Long> tokens = new TreeSet<>();
            for (int i = 0; i < 3; i++) {
                story.expect("event " + i + " of the batch", EPOLLOUT, loop.epoll.events(i));
                tokens.add(loop.epoll.token(i));
            }
            story.expect("the tokens", new TreeSet<>(Set.of(101L, 102L, 103L)), tokens);
            story.step("the second client sends a byte");
            two.getOutputStream().write('2');
            story.expect("the number of events", 1, loop.epoll.await(WAIT_MILLIS));
            story.expect("the token that it was given later", 202L, loop.epoll.token(0));
            story.expect("the others live", one.isConnected() && three.isConnected());
        }
    }

    private static String hex(long token) {
        return String.format("0x%016x", token);
    }
}
