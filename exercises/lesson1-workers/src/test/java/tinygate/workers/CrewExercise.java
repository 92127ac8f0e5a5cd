package tinygate.workers;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tinygate.Gate;
import tinygate.Settings;
import tinygate.WorkerSettings;
import tinygate.contract.Bench;
import tinygate.contract.RawClient;
import tinygate.contract.ScriptedUpstream;
import tinygate.contract.TestedGate;
import tinygate.kit.Exercise;
import tinygate.kit.Story;
import tinygate.workers.Deadline.Wait;

/** Exercise 1.7: a limit on every wait and on every queue. */
@Exercise(
        id = "1.7",
        title = "Timeouts and a bounded queue",
        points = 15,
        minutes = 35,
        chapter = "lesson1.html#ex-1-7",
        code = {"tinygate.workers.Deadline", "tinygate.workers.PlatformCrew"},
        seconds = 15,
        hints = {
            """
            Two threads use a Deadline: the worker begins and ends its waits, the watchdog cuts them. A blocked read
            returns when somebody else shuts the receiving side of its channel, a blocked write or connect when
            somebody closes the channel.""",
            """
            cutIfOver() does nothing unless there is a channel and its time is over, or the gate drains and the wait is
            IDLE. Compare times of System.nanoTime by their difference (now - at >= 0), since they may overflow. A wait
            that was cut is not cut again; end() says whether it was, and begin() forgets it.""",
            """
            offer(): count the clients, those that are served and those that wait, and refuse the one that is over
            mostClients; take it off the count again, and never wait. work(): take a client, serve it, take it off the
            count, for ever, whatever goes wrong with a client; an InterruptedException means that the gate closes,
            and the worker too."""
        })
public class CrewExercise implements TestedGate {
    private final Deadline deadline = new Deadline();
    private SocketChannel channel;
    private SocketChannel other;

    @Override
    public Gate newGate(Settings settings) {
        return new WorkersGate(settings);
    }

    @BeforeEach
    void connect() throws IOException {
        try (ServerSocketChannel listener = ServerSocketChannel.open()) {
            listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            other = SocketChannel.open(listener.getLocalAddress());
            channel = listener.accept();
        }
    }

    @AfterEach
    void close() throws IOException {
        channel.close();
        other.close();
    }

    @Test
    @Order(1)
    void aWaitIsCutWhenItsTimeIsOverAndNotBefore(Story story) throws IOException {
        story.step("a worker begins to read at time 1000, until time 2000");
        deadline.begin(channel, Wait.READ, 2_000);
        story.step("the watchdog looks at time 1999");
        deadline.cutIfOver(1_999, false);
        story.expect("the receiving side is open", receives());
        story.step("the watchdog looks at time 2000");
        deadline.cutIfOver(2_000, false);
        story.expect("the receiving side is open", false, receives());
        story.expect("end() says that the wait was cut", deadline.end());
    }

    @ParameterizedTest
    @Order(2)
    @EnumSource(Wait.class)
    void eachKindOfWaitIsCutWhenItsTimeIsOver(Wait wait, Story story) throws IOException {
        story.step("a worker begins a wait of the kind %s until time 2000", wait);
        deadline.begin(channel, wait, 2_000);
        story.step("the watchdog looks at time 2000");
        deadline.cutIfOver(2_000, false);
        story.expect("end() says that the wait was cut", deadline.end());
    }

    @Test
    @Order(3)
    void aWaitThatEndsInTimeIsNotCutLater(Story story) throws IOException {
        story.step("a worker begins to read until time 2000, and ends at time 1500");
        deadline.begin(channel, Wait.READ, 2_000);
        story.expect("end() says that the wait was cut", false, deadline.end());
        story.step("the watchdog looks at time 3000");
        deadline.cutIfOver(3_000, false);
        story.expect("the receiving side is open", receives());
    }

    @Test
    @Order(4)
    void theNextWaitKnowsNothingOfOneThatWasCut(Story story) {
        story.step("a wait is cut");
        deadline.begin(channel, Wait.READ, 2_000);
        deadline.cutIfOver(2_000, false);
        deadline.end();
        story.step("another wait begins, and ends in time");
        deadline.begin(other, Wait.READ, 3_000);
        story.expect("end() says that the wait was cut", false, deadline.end());
    }

    @Test
    @Order(5)
    void anAnswerCanStillBeSentWhenAReadWasCut(Story story) throws IOException {
        story.step("a read is cut");
        deadline.begin(channel, Wait.READ, 2_000);
        deadline.cutIfOver(2_000, false);
        story.step("the worker sends an answer all the same");
        channel.write(ByteBuffer.wrap(new byte[] {'4', '0', '8'}));
        story.expect("the bytes that arrive", 3, other.read(ByteBuffer.allocate(10)));
    }

    @Test
    @Order(6)
    void aWriteIsCutByClosing(Story story) {
        story.step("a worker begins to write until time 2000, and the other side does not read");
        deadline.begin(channel, Wait.WRITE, 2_000);
        deadline.cutIfOver(2_000, false);
        story.expect("the channel is open", false, channel.isOpen());
        story.expect("end() says that the wait was cut", deadline.end());
    }

    @ParameterizedTest
    @Order(7)
    @EnumSource(Wait.class)
    void aGateThatDrainsWaitsForNoFurtherRequestButForAllElse(Wait wait, Story story)
            throws IOException {
        story.step("a worker begins a wait of the kind %s until time 2000", wait);
        deadline.begin(channel, wait, 2_000);
        story.step("the watchdog of a gate that drains looks at time 1000");
        deadline.cutIfOver(1_000, true);
        story.expect("end() says that the wait was cut", wait == Wait.IDLE, deadline.end());
    }

    @Test
    @Order(8)
    void aClockThatOverflowsHarmsNothing(Story story) throws IOException {
        long late = Long.MAX_VALUE - 10;
        story.step("a worker begins to read until time %s, 30 later", late + 30);
        deadline.begin(channel, Wait.READ, late + 30);
        story.step("the watchdog looks at time %s", late);
        deadline.cutIfOver(late, false);
        story.expect("the receiving side is open", receives());
        story.step("the watchdog looks at time %s", late + 40);
        deadline.cutIfOver(late + 40, false);
        story.expect("the receiving side is open", false, receives());
    }

    /** Whether a byte that the other side sends can be read. */
    private boolean receives() throws IOException {
        other.write(ByteBuffer.wrap(new byte[] {'x'}));
        return channel.read(ByteBuffer.allocate(1)) == 1;
    }

    @Test
    @Order(9)
    void aSlowHeadIsAnswered408(Story story, Bench bench) throws IOException {
        bench.timeout("headMillis", 300).upstreams(bench.named("a").address());
        story.step("the time for a head is 300 ms; a client sends half of one");
        RawClient client = bench.client();
        client.send("GET / HT");
        story.expect("the status", 408, client.readResponse().status());
        client.expectClosed();
    }

    @Test
    @Order(10)
    void whomNeitherAWorkerNorTheQueueTakesIsAnswered503(Story story, Bench bench)
            throws IOException {
        crew(bench, 1, 1);
        story.step("one worker, and a queue for one client");
        RawClient served = bench.client();
        story.expect("the answer to the first client", "a", served.ask(Bench.GET).text());
        story.step("a second client waits in the queue");
        RawClient waiting = bench.client();
        waiting.send(Bench.GET);
        for (int i = 3; i <= 4; i++) {
            story.step("client %s comes", i);
            RawClient refused = bench.client();
            story.expect("its status", 503, refused.readResponse().status());
            refused.close();
        }
        story.step("the first client closes");
        served.close();
        story.expect("the answer to the second client", "a", waiting.readResponse().text());
        waiting.close();
        story.step("client 5 comes; nobody is served or waits but it");
        story.expect("the answer to it", "a", bench.client().ask(Bench.GET).text());
    }

    @Test
    @Order(11)
    void aBurstThatFindsEnoughIdleWorkersIsServedWhole(Story story, Bench bench)
            throws IOException {
        crew(bench, 64, 1);
        story.step("64 idle workers, a queue for one, and 64 clients at once");
        List<RawClient> burst = new ArrayList<>();
        for (int i = 0; i < 64; i++) {
            burst.add(bench.client());
        }
        for (RawClient client : burst) {
            story.expect("the answer", "a", client.ask(Bench.GET).text());
        }
    }

    @Test
    @Order(12)
    void thereIsRoomAgainWhenAClientHasGone(Story story, Bench bench) throws IOException {
        crew(bench, 1, 1);
        story.step("one worker, a queue for one, and 20 clients, one after the other");
        for (int i = 1; i <= 20; i++) {
            RawClient client = bench.client();
            story.expect("the answer to client " + i, "a", client.ask(Bench.GET).text());
            client.shutdownOutput();
            client.expectClosed();
        }
    }

    @Test
    @Order(13)
    void aWorkerIsClosedWithTheGate(Story story, Bench bench) throws IOException {
        bench.settings(s -> s.withWorkers(new WorkerSettings(1, false)));
        RawClient client = bench.client();
        story.step("a worker forwards a request, and keeps the connection to the upstream");
        client.send(Bench.GET);
        ScriptedUpstream.Connection upstream = bench.upstream().accept();
        upstream.answer(Bench.OK);
        story.expect("the answer", "ok", client.readResponse().text());
        client.close();
        story.step("the gate is closed; so is the connection to the upstream");
        bench.gate().close();
        upstream.expectClosed();
    }

    @Test
    @Order(14)
    void aBugInServingOneClientDoesNotCostTheWorker(Story story, Bench bench) throws IOException {
        WorkersGate gate = (WorkersGate) bench.gate();
        PlatformCrew crew = new PlatformCrew(1, 1, () -> new Worker(gate));
        bench.closing(crew::close);
        story.step("the only worker of a crew gets a channel that was never connected: a bug");
        story.expect("the crew takes it", crew.offer(bench.closing(SocketChannel.open())));
        story.step("the next client sends what is no request");
        story.expect("the crew takes it", crew.offer(channel));
        other.write(ByteBuffer.wrap("no request\r\n\r\n".getBytes(US_ASCII)));
        story.expect("how the answer begins", "HTTP/1.1 400", received(12));
    }

    private String received(int count) throws IOException {
        other.socket().setSoTimeout(5_000);
        try {
            return new String(other.socket().getInputStream().readNBytes(count), US_ASCII);
        } catch (SocketTimeoutException e) {
            return "nothing in 5 s";
        }
    }

    private void crew(Bench bench, int workers, int pending) throws IOException {
        bench.settings(s -> s.withWorkers(new WorkerSettings(workers, false)))
                .limit("pending", pending);
        bench.upstreams(bench.named("a").address());
        bench.gate();
    }
}
