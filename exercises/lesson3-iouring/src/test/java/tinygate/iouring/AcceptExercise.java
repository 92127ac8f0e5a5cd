package tinygate.iouring;

import static tinygate.linux.Constants.SOCK_CLOEXEC;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import tinygate.Gate;
import tinygate.Settings;
import tinygate.contract.Bench;
import tinygate.contract.TestedGate;
import tinygate.kit.Exercise;
import tinygate.kit.Story;
import tinygate.linux.Errno;

/** Exercise 3.5: an accept that goes on and on, until it does not. */
@Exercise(
        id = "3.5",
        title = "Multishot accept and re-arming",
        points = 15,
        minutes = 35,
        chapter = "lesson3.html#ex-3-5",
        code = "tinygate.iouring.Acceptor",
        seconds = 15,
        hints = {
            """
            One entry accepts many clients, each told by a completion with F_MORE ("more"). Whenever that is missing, the
            accept is over: after an error, but after a success too. Who does not accept again then serves nobody any
            more; who accepts again without need has two of them.""",
            """
            accept(): remember that one is under way, and write acceptMultishot with SOCK_CLOEXEC, the listening socket
            and the user data of ACCEPT. completed(): a descriptor goes to those who wait, or is closed if the acceptor
            is; then interruptIfCrowded() if the accept goes on, else it is not under way any more, and ended(result).""",
            """
            ended(): not open: close the listening socket; a descriptor or ECONNABORTED: resume(); ECANCELED: nothing;
            else crowded is false and pause.begin(result). close(): only once; cancel the pause, close those who wait;
            then cancel() if an accept is under way, else close the listening socket.""",
        })
public class AcceptExercise implements TestedGate {
    private static final int MOST_WAITING = 3;

    private StillLoop still;
    private Acceptor acceptor;
    private int listener;
    private InetSocketAddress address;

    @Override
    public Gate newGate(Settings settings) {
        return new IoUringGate(settings);
    }

    @BeforeAll
    static void aRingCanBeMade() {
        NeededHere.ioUring();
    }

    @BeforeEach
    void open() throws IOException {
        still = new StillLoop(4);
        InetSocketAddress any = new InetSocketAddress("127.0.0.1", 0);
        acceptor = new Acceptor(still.loop, any, MOST_WAITING);
    }

    @AfterEach
    void close() throws IOException {
        still.close();
    }

    /** The acceptor begins; its entry tells which socket it listens on. */
    private void begin(Story story) throws IOException {
        story.step("accept()");
        acceptor.accept();
        List<Written> written = still.written();
        story.expect("entries that were written", 1, written.size());
        listener = written.get(0).fd();
        address = still.loop.sockets.localAddress(listener);
    }

    /** A client comes, and the kernel completes the accept with it. */
    private Socket comes(boolean more) throws IOException {
        Socket client = still.client(address);
        acceptor.completed(still.accept(listener), more);
        return client;
    }

    private void crowdComes(Story story) throws IOException {
        story.step("clients come until %s wait: that is a crowd", MOST_WAITING);
        for (int i = 0; i < MOST_WAITING; i++) {
            comes(true);
        }
        expectAccept(story, "CANCEL");
    }

    private void letASecondGo(Story story) {
        story.step("a second has gone");
        still.loop.timers.advance(System.nanoTime() + TimeUnit.SECONDS.toNanos(1));
    }

    private void expectAccept(Story story, String wanted) {
        story.expect("operations that were written down", wanted, still.operations());
    }

    @Test
    @Order(1)
    void oneEntryAcceptsManyClients(Story story) {
        story.step("accept()");
        acceptor.accept();
        List<Written> written = still.written();
        story.expect("entries that were written", 1, written.size());
        Written entry = written.get(0);
        story.expect("the operation, in the user data", Operation.ACCEPT, entry.operation());
        story.expect("the kernel's code of it, 13 is ACCEPT", 13, entry.opcode());
        story.expect("ioprio, where 1 says multishot", 1, entry.ioprio());
        story.expect("the clients are CLOEXEC", (entry.opFlags() & SOCK_CLOEXEC) != 0);
    }

    @Test
    @Order(2)
    void anAcceptThatGoesOnIsNotWrittenAgain(Story story) throws IOException {
        begin(story);
        story.step("two clients come, the accept goes on");
        comes(true);
        comes(true);
        expectAccept(story, "");
        story.expect("clients wait to be served", acceptor.hasClients());
        story.step("a turn of the loop serves them");
        acceptor.serveSome();
        story.expect("clients that are served", 2L, still.served());
        story.expect("clients wait to be served", false, acceptor.hasClients());
    }

    @Test
    @Order(3)
    void anAcceptThatHasEndedWithAClientIsWrittenAgain(Story story) throws IOException {
        begin(story);
        story.step("a client comes, and the completion has no F_MORE");
        comes(false);
        expectAccept(story, "ACCEPT");
        story.step("one more, the accept goes on");
        comes(true);
        expectAccept(story, "");
        acceptor.serveSome();
        story.expect("clients that are served", 2L, still.served());
    }

    @Test
    @Order(4)
    void aClientThatLeftBeforeItWasAcceptedEndsNothing(Story story) throws IOException {
        begin(story);
        story.step("the accept ends with ECONNABORTED");
        acceptor.completed(-Errno.ECONNABORTED.number(), false);
        expectAccept(story, "ACCEPT");
        story.expect("clients wait to be served", false, acceptor.hasClients());
    }

    @Test
    @Order(5)
    void withoutDescriptorsAcceptingPausesAndThenGoesOn(Story story) throws IOException {
        begin(story);
        story.step("the accept ends with EMFILE: no descriptor is left");
        acceptor.completed(-Errno.EMFILE.number(), false);
        expectAccept(story, "");
        story.step("a turn of the loop serves nobody");
        acceptor.serveSome();
        expectAccept(story, "");
        letASecondGo(story);
        expectAccept(story, "ACCEPT");
    }

    @Test
    @Order(6)
    void aCrowdInterruptsAcceptingUntilItIsServed(Story story) throws IOException {
        begin(story);
        crowdComes(story);
        story.step("one more comes before the accept is cancelled");
        comes(true);
        expectAccept(story, "");
        story.step("the accept ends with ECANCELED");
        acceptor.completed(-Errno.ECANCELED.number(), false);
        expectAccept(story, "");
        story.step("a turn of the loop serves them");
        acceptor.serveSome();
        story.expect("clients that are served", 4L, still.served());
        story.expect(
                "of what was written down, accepts",
                "ACCEPT",
                still.operationsOf(Operation.ACCEPT));
    }

    @Test
    @Order(7)
    void aPauseEndsACrowd(Story story) throws IOException {
        begin(story);
        crowdComes(story);
        story.step("before the accept is cancelled it ends with EMFILE: a pause begins");
        acceptor.completed(-Errno.EMFILE.number(), false);
        story.step("a turn of the loop serves them; the pause is not over");
        acceptor.serveSome();
        story.expect("clients that are served", (long) MOST_WAITING, still.served());
        story.expect("of what was written down, accepts", "", still.operationsOf(Operation.ACCEPT));
        letASecondGo(story);
        story.expect(
                "of what was written down, accepts",
                "ACCEPT",
                still.operationsOf(Operation.ACCEPT));
    }

    @Test
    @Order(8)
    void theListeningSocketIsClosedWhenTheAcceptHasEndedAndNotBefore(Story story)
            throws IOException {
        begin(story);
        story.step("close()");
        acceptor.close();
        expectAccept(story, "CANCEL");
        story.expect("closed()", false, acceptor.closed());
        story.step("close(), a second time");
        acceptor.close();
        expectAccept(story, "");
        story.step("a client comes before the accept has ended; the kernel accepts it");
        Socket late = comes(true);
        story.expect("what the late client reads", "the end", read(late));
        story.expect("clients wait to be served", false, acceptor.hasClients());
        story.step("the accept ends with ECANCELED");
        acceptor.completed(-Errno.ECANCELED.number(), false);
        story.expect("closed()", acceptor.closed());
        expectAccept(story, "");
        expectNobodyListens(story);
    }

    @Test
    @Order(9)
    void anAcceptorThatPausesClosesAtOnceAndForGood(Story story) throws IOException {
        begin(story);
        story.step("the accept ends with EMFILE; then close()");
        acceptor.completed(-Errno.EMFILE.number(), false);
        acceptor.close();
        story.expect("closed()", acceptor.closed());
        expectNobodyListens(story);
        letASecondGo(story);
        expectAccept(story, "");
    }

    @Test
    @Order(10)
    void thoseWhoWaitAreClosedWithIt(Story story) throws IOException {
        begin(story);
        story.step("a client comes and waits to be served");
        Socket client = comes(true);
        story.step("close()");
        acceptor.close();
        story.expect("what the client reads", "the end", read(client));
        story.expect("clients wait to be served", false, acceptor.hasClients());
    }

    @Test
    @Order(11)
    void aGateServesManyClientsOnIt(Story story, Bench bench) throws IOException {
        bench.upstreams(bench.named("a").address());
        story.step("a real gate, and 50 clients, one after the other");
        List<String> answers = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            answers.add(bench.client().ask(Bench.GET).text());
        }
        story.expect("answers", 50L, answers.stream().filter("a"::equals).count());
    }

    /** What a client reads that nobody sends anything. */
    private static String read(Socket client) throws IOException {
        try {
            return client.getInputStream().read() < 0 ? "the end" : "a byte";
        } catch (SocketException reset) {
            return "the end";
        } catch (SocketTimeoutException stillOpen) {
            return "nothing";
        }
    }

    private void expectNobodyListens(Story story) {
        boolean refused = false;
        try {
            still.client(address);
        } catch (IOException expected) {
            refused = true;
        }
        story.expect("a client that comes now is refused, since nobody listens", refused);
    }
}
