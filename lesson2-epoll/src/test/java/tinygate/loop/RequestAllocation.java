package tinygate.loop;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.function.Function;
import tinygate.Gate;
import tinygate.HostPort;
import tinygate.Settings;

/** What a request costs in memory in a gate of loops, as the JVM counts it for their threads. */
public final class RequestAllocation {
    private static final int BATCH = 20;
    private static final String REQUEST = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";
    private static final String RESPONSE =
            "HTTP/1.1 200 OK\r\nDate: Sun, 06 Nov 1994 08:49:37 GMT\r\nContent-Length: 2\r\n\r\nok";

    private RequestAllocation() {}

    /**
     * Bytes allocated for each of many requests on kept connections, after a warm-up of half as
     * many.
     */
    public static long bytesPerRequest(Function<Settings, Gate> gates, int requests)
            throws IOException {
        try (ServerSocket upstream = new ServerSocket(0, 8, InetAddress.getLoopbackAddress());
                Gate gate = gates.apply(settings(upstream))) {
            start(upstream);
            gate.start();
            try (Socket client =
                    new Socket(gate.address().getAddress(), gate.address().getPort())) {
                client.setTcpNoDelay(true);
                client.setSoTimeout(10_000);
                ask(client, requests / 2);
                long before = allocatedByLoops();
                ask(client, requests);
                return (allocatedByLoops() - before) / requests;
            }
        }
    }

    private static Settings settings(ServerSocket upstream) {
        HostPort address = new HostPort("127.0.0.1", upstream.getLocalPort());
        return Settings.loopback(
                List.of(
                        new Settings.Route(
                                "*",
                                Settings.Balance.ROUND_ROBIN,
                                List.of(new Settings.UpstreamServer(address, 1)))));
    }

    /** Asks many times, a batch in one write, and reads all answers, which are of one length. */
    private static void ask(Socket client, int times) throws IOException {
        InputStream in = client.getInputStream();
        client.getOutputStream().write(REQUEST.getBytes(ISO_8859_1));
        int length = readUntil("ok", in, new byte[1024]);
        byte[] requests = REQUEST.repeat(BATCH).getBytes(ISO_8859_1);
        for (int asked = 0; asked < times; asked += BATCH) {
            client.getOutputStream().write(requests);
            assertThat(in.readNBytes(BATCH * length)).endsWith('o', 'k');
        }
    }

    /** Answers every request on the one connection that the gate opens. */
    private static void start(ServerSocket upstream) {
        Thread thread =
                new Thread(
                        () -> {
                            byte[] response = RESPONSE.getBytes(ISO_8859_1);
                            byte[] received = new byte[1024];
                            try (Socket gate = upstream.accept()) {
                                gate.setTcpNoDelay(true);
                                while (readUntil("\r\n\r\n", gate.getInputStream(), received) > 0) {
                                    gate.getOutputStream().write(response);
                                }
                            } catch (IOException e) {
                                // The test is over.
                            }
                        },
                        "upstream");
        thread.setDaemon(true);
        thread.start();
    }

    /** Reads up to this text, which nothing follows; returns how many bytes, or -1 at the end. */
    private static int readUntil(String end, InputStream in, byte[] received) throws IOException {
        int count = 0;
        while (!endsWith(end, received, count)) {
            int more = in.read(received, count, received.length - count);
            if (more < 0) {
                return -1;
            }
            count += more;
        }
        return count;
    }

    private static boolean endsWith(String end, byte[] bytes, int count) {
        for (int i = 1; i <= end.length(); i++) {
            if (count < i || bytes[count - i] != end.charAt(end.length() - i)) {
                return false;
            }
        }
        return true;
    }

    private static long allocatedByLoops() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long sum = 0;
        for (long id : threads.getAllThreadIds()) {
            if (threads.getThreadInfo(id).getThreadName().startsWith("loop-")) {
                sum += threads.getThreadAllocatedBytes(id);
            }
        }
        return sum;
    }
}
