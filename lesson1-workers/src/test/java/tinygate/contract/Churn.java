package tinygate.contract;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static tinygate.contract.Message.head;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tinygate.EmbeddedUpstream;
import tinygate.HostPort;
import tinygate.Settings;

/**
 * Clients that come and go, a thousand a second or as many as a busy machine gets to, say at random
 * a whole request, several or a part of one, and leave at random, while one of two upstreams breaks
 * off every response: nobody is left without an answer or an end, and afterwards nothing of it is
 * left. The system property {@code tinygate.contract.churnSeconds} sets how long; 60 is what the
 * contract asks for, and at most 1,800 are possible.
 */
interface Churn extends TestedGate {
    int SECONDS = Integer.getInteger("tinygate.contract.churnSeconds", 2);
    int A_SECOND = 1_000;

    /** What clients want. */
    List<String> WORDS =
            List.of(
                    Bench.GET,
                    Bench.GET + Bench.GET + Bench.GET,
                    head("POST / HTTP/1.1", "Host: a.test", "Content-Length: 9000")
                            + "x".repeat(9000),
                    head("POST / HTTP/1.1", "Host: a.test", "Transfer-Encoding: chunked")
                            + "5\r\nhello\r\n0\r\n\r\n");

    /**
     * Each of a gate's 64 workers keeps an idle connection to an upstream, once it has used it;
     * both ends of it are in this process.
     */
    int MORE_KEPT_CONNECTIONS = 2 * 64;

    @Test
    @Timeout(2_000)
    @Tag("survival")
    default void aThousandConnectionsASecondLeaveNothing(Bench bench) throws IOException {
        try (EmbeddedUpstream sound = new EmbeddedUpstream("A");
                BreakingUpstream breaking = new BreakingUpstream()) {
            bench.upstreams(sound.address(), breaking.address());
            bench.settings(s -> s.withHealth(new Settings.Health(3, 200)));
            SocketAddress gate = bench.gate().address();
            comeAndGo(gate, 1);
            awaitQuiet(bench);
            Resources before = Resources.now();

            int visits = comeAndGo(gate, SECONDS);
            awaitQuiet(bench);

            before.awaitAgain(MORE_KEPT_CONNECTIONS);
            assertThat(bench.gate().stats().connectionsAccepted()).isGreaterThan(visits);
        }
    }

    /**
     * @return how many came
     */
    private static int comeAndGo(SocketAddress gate, int seconds) throws IOException {
        Random random = new Random(seconds);
        long begin = System.nanoTime();
        long lasts = TimeUnit.SECONDS.toNanos(seconds);
        int visits = 0;
        while (visits < seconds * A_SECOND && System.nanoTime() - begin < lasts) {
            long due = begin + TimeUnit.SECONDS.toNanos(1) * visits / A_SECOND;
            LockSupport.parkNanos(due - System.nanoTime());
            visits++;
            try (Socket client = new Socket()) {
                client.connect(gate, 5_000);
                client.setSoTimeout(5_000);
                visit(client, random);
            }
        }
        return visits;
    }

    /**
     * Says what it wants, or a part of it, and leaves in one of the ways in which clients leave.
     */
    private static void visit(Socket client, Random random) throws IOException {
        byte[] words = WORDS.get(random.nextInt(WORDS.size())).getBytes(ISO_8859_1);
        boolean whole = random.nextBoolean();
        int said = whole ? words.length : random.nextInt(words.length);
        try {
            client.getOutputStream().write(words, 0, said);
            switch (random.nextInt(4)) {
                case 0 -> {} // closes, whatever comes
                case 1 -> client.setSoLinger(true, 0); // its close is a reset
                case 2 -> {
                    client.shutdownOutput();
                    client.getInputStream().read(new byte[1024]); // an answer, or the end
                }
                default -> {
                    if (whole) {
                        client.getInputStream().read(new byte[1024]);
                    }
                }
            }
        } catch (SocketException reset) {
            // The upstream broke off, and so did the gate. Only silence is a fault.
        }
    }

    private static void awaitQuiet(Bench bench) {
        Awaitility.await("no connection is open")
                .atMost(Wire.PATIENCE)
                .until(() -> bench.gate().stats().connectionsActive() == 0);
    }

    /** An upstream that dies in the middle of each response. */
    final class BreakingUpstream implements AutoCloseable {
        private static final String HALF = "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf";

        private final ServerSocket listener =
                new ServerSocket(0, 50, InetAddress.getLoopbackAddress());

        BreakingUpstream() throws IOException {
            Thread thread = new Thread(this::serve, "breaking upstream");
            thread.setDaemon(true);
            thread.start();
        }

        HostPort address() {
            return new HostPort("127.0.0.1", listener.getLocalPort());
        }

        private void serve() {
            while (!listener.isClosed()) {
                try (Socket gate = listener.accept()) {
                    gate.setSoTimeout(5_000);
                    if (gate.getInputStream().read(new byte[4096]) > 0) {
                        gate.getOutputStream().write(HALF.getBytes(ISO_8859_1));
                        gate.setSoLinger(true, 0);
                    }
                } catch (IOException e) {
                    // The gate has gone first, or the test is over.
                }
            }
        }

        @Override
        public void close() throws IOException {
            listener.close();
        }
    }
}
