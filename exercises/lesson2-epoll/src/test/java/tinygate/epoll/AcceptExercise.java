package tinygate.epoll;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import tinygate.epoll.HandTurnedLoop.Client;
import tinygate.kit.Exercise;
import tinygate.kit.NeedsLinux;
import tinygate.kit.Story;
import tinygate.linux.Errno;
import tinygate.linux.NoDescriptors;
import tinygate.loop.AcceptPause;

/**
 * Exercise 2.3: all who wait, no more than the others can bear, and the day without descriptors.
 */
@Exercise(
        id = "2.3",
        title = "Accept until EAGAIN",
        points = 10,
        minutes = 20,
        chapter = "lesson2.html#ex-2-3",
        code = "tinygate.epoll.Listener",
        seconds = 20,
        hints = {
            """
            One event may stand for many clients, so ready() accepts in a loop: loop.sockets.accept(fd) answers a
            client's descriptor, or -errno, which is EAGAIN when nobody waits any more.""",
            """
            A client goes to loop.accepted(client, loop.sockets.peer().getAddress()). Of the errors, EAGAIN ends the
            turn, ECONNABORTED and EINTR cost nothing but this one accept, and all others begin a pause and end the
            turn. At most MOST_ACCEPTS in a turn, and only while the listener is open.""",
            """
            The listener is level-triggered: during a pause epoll would tell of the waiting clients at every wait. So
            pause() asks for no events, watchFor(0), and then pause.begin(error), at whose end the constructor's lambda
            asks for EPOLLIN again. watchFor() is loop.epoll.modify with the token EventLoop.LISTENER."""
        })
public class AcceptExercise implements NeedsLinux {
    private HandTurnedLoop gate;

    @BeforeEach
    void open() throws IOException {
        gate = new HandTurnedLoop();
    }

    @AfterEach
    void close() throws IOException {
        gate.close();
    }

    private void expectAnswer(Story story, String who, Client client) throws IOException {
        int before = client.answers();
        client.send(HandTurnedLoop.GET);
        story.expect(
                who + " gets an answer", gate.turnsUntil(() -> client.answers() == before + 1));
    }

    @Test
    @Order(1)
    void aClientIsAccepted(Story story) throws IOException {
        story.step("a client connects; one turn of the loop");
        Client client = gate.client();
        gate.turn();
        story.expect("how many clients the gate serves", 1L, gate.served());
        story.step("it sends a request; the loop turns until it has its answer");
        expectAnswer(story, "the client", client);
    }

    @Test
    @Order(2)
    void allWhoWaitAreAcceptedInOneTurn(Story story) throws IOException {
        story.step("10 clients wait in the listener's queue; one turn of the loop");
        List<Client> clients = gate.clients(10);
        gate.turn();
        story.expect("how many clients the gate serves", 10L, gate.served());
        story.expect("how many still wait", 0L, gate.waiting());
        expectAnswer(story, "the first", clients.get(0));
        expectAnswer(story, "the last", clients.get(9));
    }

    @Test
    @Order(3)
    void aRushIsTakenInSeveralTurns(Story story) throws IOException {
        story.step("100 clients wait in the queue; one turn of the loop");
        List<Client> clients = gate.clients(100);
        gate.turn();
        story.expect("how many clients the gate serves", 64L, gate.served());
        story.step("one more turn: epoll tells of those who still wait");
        gate.turn();
        story.expect("how many clients the gate serves", 100L, gate.served());
        expectAnswer(story, "the last", clients.get(99));
    }

    @Test
    @Order(4)
    void aClientThatLeftBeforeItWasAcceptedHarmsNobody(Story story) throws IOException {
        story.step("three clients connect, and the second leaves with a reset");
        List<Client> clients = gate.clients(3);
        clients.get(1).reset();
        expectAnswer(story, "the first", clients.get(0));
        expectAnswer(story, "the third", clients.get(2));
        story.expect("the gate serves two clients", gate.turnsUntil(() -> gate.served() == 2));
    }

    @Test
    @Order(5)
    void withoutADescriptorAcceptingPausesAndThenGoesOn(Story story) throws IOException {
        rehearse();
        story.step("one client is served; 5 more connect, and only 3 descriptors are left");
        Client first = gate.knownClient();
        List<Client> clients = gate.clients(5);
        long served;
        long calls;
        long nanos;
        NoDescriptors few = new NoDescriptors(3);
        try {
            gate.turn();
            served = gate.served();
            calls = gate.calls();
            nanos = System.nanoTime();
            for (int i = 0; i < 100; i++) {
                gate.turn();
            }
            calls = gate.calls() - calls;
            nanos = System.nanoTime() - nanos;
        } finally {
            few.close();
        }
        story.expect("how many clients the gate serves after a turn", 4L, served);
        story.step("100 turns more: in a pause a turn makes no system call but its wait");
        long attempts = 1 + nanos / TimeUnit.MILLISECONDS.toNanos(50);
        story.expect(
                "the system calls, but for one attempt in 50 ms",
                "a few",
                calls <= 10 * attempts ? "a few" : String.valueOf(calls));
        story.step("there are descriptors again, and the loop turns on");
        story.expect("all six are served", gate.turnsUntil(() -> gate.served() == 6));
        expectAnswer(story, "the last", clients.get(4));
        expectAnswer(story, "the first", first);
    }

    /** Without a descriptor no class can be loaded from a file: what a pause needs, before. */
    private void rehearse() throws IOException {
        AcceptPause pause = new AcceptPause(gate.loop.timers, () -> {});
        pause.begin(-Errno.EMFILE.number());
        pause.cancel();
        gate.turn();
    }
}
