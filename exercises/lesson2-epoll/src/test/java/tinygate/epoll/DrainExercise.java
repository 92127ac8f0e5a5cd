package tinygate.epoll;

import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import tinygate.epoll.HandTurnedLoop.Client;
import tinygate.kit.Exercise;
import tinygate.kit.NeedsLinux;
import tinygate.kit.Story;
import tinygate.relay.Chunk;

/** Exercise 2.5: what epoll tells once must be used up, or remembered. */
@Exercise(
        id = "2.5",
        title = "Draining an edge",
        points = 20,
        minutes = 40,
        chapter = "lesson2.html#ex-2-5",
        code = {"tinygate.epoll.Connection", "tinygate.epoll.EpollDriver"},
        seconds = 20,
        hints = {
            """
            Edge-triggered epoll tells once. So a Connection remembers it in readable, writable and ending, and readable
            becomes false only when the kernel has said that there is nothing more: EAGAIN, or fewer bytes than asked
            for. Each place that stops reading before must see to it that somebody reads on.""",
            """
            receive(): loop.linux.recv(fd, chunk.address(), room, 0), where room is from the position of chunk.bytes() to
            its capacity; set the limit behind what came. Then set readable: true if the chunk became full, and also
            after a success if ending was told, or the end behind the bytes is never read. want(true) after want(false):
            if readable, loop.lookAgain(this).""",
            """
            read(): a loop as long as connection.driver() == this, readable() and wanted(). Count, and at MOST_READS
            lookAgain and return. Take a chunk, receive: more than 0 goes to exchange.received, with the chunk. Else
            release the chunk; 0 is want(false) and exchange.ended; anything but EAGAIN is exchange.broken. Always with
            connection.side."""
        })
public class DrainExercise implements NeedsLinux {
    private HandTurnedLoop gate;

    @BeforeEach
    void open() throws IOException {
        gate = new HandTurnedLoop();
    }

    @AfterEach
    void close() throws IOException {
        gate.close();
    }

    /** The gate's end of the connection of its only client. */
    private Connection only() {
        return gate.loop.slots.get(0);
    }

    private void expectAnswers(Story story, int count, Client client) throws IOException {
        gate.turnsUntil(() -> client.answers() == count);
        story.expect("how many answers the client has", count, client.answers());
    }

    private void expectNoChunkIsHeld(Story story) {
        story.expect("how many chunks of memory somebody holds", 0, gate.loop.chunks.lent());
    }

    @Test
    @Order(1)
    void aRequestIsReadAndAnswered(Story story) throws IOException {
        story.step("a client sends %s, and the loop turns", HandTurnedLoop.GET);
        Client client = gate.client();
        client.send(HandTurnedLoop.GET);
        expectAnswers(story, 1, client);
        story.step("it sends another one");
        client.send(HandTurnedLoop.GET);
        expectAnswers(story, 2, client);
        expectNoChunkIsHeld(story);
    }

    @Test
    @Order(2)
    void aRequestMayComeInPieces(Story story) throws IOException {
        Client client = gate.knownClient();
        story.step("a client sends a request byte by byte; after each the loop turns");
        for (char c : HandTurnedLoop.GET.toCharArray()) {
            client.send(String.valueOf(c));
            gate.turn();
        }
        expectAnswers(story, 2, client);
        expectNoChunkIsHeld(story);
    }

    @Test
    @Order(3)
    void allThatHasComeIsReadThoughEpollTellsItOnce(Story story) throws IOException {
        Client client = gate.knownClient();
        String requests = HandTurnedLoop.GET.repeat(300);
        int chunk = gate.chunkBytes;
        story.step("%s bytes of requests come at once, a chunk has %s", requests.length(), chunk);
        client.send(requests);
        expectAnswers(story, 301, client);
        expectNoChunkIsHeld(story);
    }

    @Test
    @Order(4)
    void theEndBehindTheBytesIsReadToo(Story story) throws IOException {
        story.step("a client connects, sends a request, and ends its sending side");
        Client client = gate.client();
        client.send(HandTurnedLoop.GET);
        client.sendEnd();
        story.step("the loop turns: one event says EPOLLIN and EPOLLRDHUP");
        expectAnswers(story, 1, client);
        story.expect("the gate closes the connection", gate.turnsUntil(client::sawEnd));
        story.expect("how many clients the gate serves", 0L, gate.served());
        expectNoChunkIsHeld(story);
    }

    @Test
    @Order(5)
    void anEndThatComesAloneIsRead(Story story) throws IOException {
        Client client = gate.knownClient();
        story.step("a client has its answer, and ends its sending side");
        client.sendEnd();
        story.expect("the gate closes the connection", gate.turnsUntil(client::sawEnd));
        story.expect("how many clients the gate serves", 0L, gate.served());
        expectNoChunkIsHeld(story);
    }

    @Test
    @Order(6)
    void aResetEndsTheConnection(Story story) throws IOException {
        Client client = gate.knownClient();
        story.step("a client has its answer, and leaves with a reset");
        client.reset();
        story.expect("the gate serves nobody", gate.turnsUntil(() -> gate.served() == 0));
        expectNoChunkIsHeld(story);
    }

    @Test
    @Order(7)
    void whatCameWhileNothingWasWantedIsReadWhenItIsWantedAgain(Story story) throws IOException {
        Client client = gate.knownClient();
        Connection connection = only();
        story.step("the exchange wants no bytes for now: want(false); a request comes");
        connection.want(false);
        client.send(HandTurnedLoop.GET);
        story.expect("epoll has told", gate.turnsUntil(connection::readable));
        gate.turn();
        story.expect("how many answers the client has", 1, client.answers());
        story.step("the exchange wants bytes again: want(true); nothing new comes");
        connection.want(true);
        expectAnswers(story, 2, client);
        story.step("once more, but no request comes in between");
        connection.want(false);
        connection.want(true);
        story.expect("the loop is asked to look again", false, connection.queued);
    }

    @Test
    @Order(8)
    void nobodyHoldsUpTheOthers(Story story) throws IOException {
        String head = "POST / HTTP/1.1\r\nHost: nobody.test\r\nContent-Length: 160000\r\n\r\n";
        int size = head.length() + 160_000;
        story.step("a client sends %s and 160000 bytes; the gate has read nothing yet", head);
        Client greedy = gate.clientWithRoom(size);
        greedy.send(head + "x".repeat(160_000));
        story.expect(
                "all of it is in the kernel's buffer",
                HandTurnedLoop.until(() -> gate.unread(greedy) == size));
        story.step("one turn of the loop; a chunk has %s bytes", gate.chunkBytes);
        long before = gate.calls();
        gate.turn();
        long calls = gate.calls() - before;
        story.expect(
                "how many system calls it makes for this connection",
                "at most 40",
                calls <= 40 ? "at most 40" : String.valueOf(calls));
        story.step("the loop turns on; epoll has nothing new to tell");
        story.expect("the rest is read", gate.turnsUntil(() -> gate.unread(greedy) == 0));
        expectNoChunkIsHeld(story);
    }

    @Test
    @Order(9)
    void noCallIsMadeOnlyToHearThatThereIsNothing(Story story) throws IOException {
        Client client = gate.knownClient();
        gate.turn();
        long before = gate.calls();
        story.step("a client that is known sends a small request");
        client.send(HandTurnedLoop.GET);
        expectAnswers(story, 2, client);
        gate.turn();
        story.expect(
                "the system calls besides the waits: recv and send", 2L, gate.calls() - before);
    }

    @Test
    @Order(10)
    void aChunkThatIsFullToItsLastByteIsNoEnd(Story story) throws IOException {
        int room = gate.chunkBytes - Chunk.HEAD_ROOM;
        Client client = gate.clientWithRoom(room);
        String get = HandTurnedLoop.GET;
        String field = "\r\nX: ";
        int whole = (room - field.length()) / get.length();
        int rest = room - field.length() - whole * get.length();
        String last = get.replace("\r\n\r\n", field + "x".repeat(rest) + "\r\n\r\n");
        String requests = get.repeat(whole - 1) + last;
        story.step(
                "%s bytes of requests come at once, as many as a chunk has room for",
                requests.length());
        client.send(requests);
        story.expect(
                "all of it is in the kernel's buffer",
                HandTurnedLoop.until(() -> gate.unread(client) == requests.length()));
        story.step(
                "the loop turns; whoever reads once more hears EAGAIN: nothing is there for now");
        expectAnswers(story, whole, client);
        story.step("the client sends one more");
        client.send(get);
        expectAnswers(story, whole + 1, client);
    }
}
