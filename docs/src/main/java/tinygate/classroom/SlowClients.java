package tinygate.classroom;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Clients that send the head of a request one byte at a time and never finish it, as an attacker's
 * or a bad phone line's would ("slow loris"): each holds whatever a gate spends on a connection,
 * until the gate's limit for heads ends it. They cost this side one thread, and do not come back.
 */
public final class SlowClients implements AutoCloseable {
    private static final int MOST_CLIENTS = 10_000;
    private static final int CONNECT_MILLIS = 2_000;
    private static final byte[] BEGINNING =
            "GET / HTTP/1.1\r\nHost: slow\r\nX-Slow: ".getBytes(StandardCharsets.US_ASCII);

    private final List<SocketChannel> open = new ArrayList<>();
    private final ByteBuffer in = ByteBuffer.allocate(1024);
    private final ScheduledExecutorService clock =
            Executors.newSingleThreadScheduledExecutor(SlowClients::daemon);
    private int bytesSent;
    private int answered;
    private String answer = "";

    /**
     * How the clients fare.
     *
     * @param holding those that are connected and still sending
     * @param answered those that got an answer, or were closed without one
     * @param answer the status line of the last answer, empty if none came
     */
    public record State(int holding, int answered, String answer) {}

    /**
     * Connects them all, sends their first byte, and goes on by itself.
     *
     * @param target where the gate listens; loopback only
     * @param clients how many, 0 to 10,000
     * @param interval between one byte and the next
     * @throws IOException if not all could connect
     */
    public SlowClients(InetSocketAddress target, int clients, Duration interval)
            throws IOException {
        Loopback.require(target);
        if (clients < 0 || clients > MOST_CLIENTS) {
            throw new IllegalArgumentException(clients + " clients: give 0 to " + MOST_CLIENTS);
        }
        try {
            for (int i = 0; i < clients; i++) {
                SocketChannel channel = SocketChannel.open();
                open.add(channel);
                channel.socket().connect(target, CONNECT_MILLIS);
                channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
                channel.configureBlocking(false);
            }
        } catch (IOException e) {
            close();
            throw e;
        }
        tick();
        long nanos = interval.toNanos();
        clock.scheduleAtFixedRate(this::tick, nanos, nanos, TimeUnit.NANOSECONDS);
    }

    public synchronized State state() {
        return new State(open.size(), answered, answer);
    }

    @Override
    public void close() {
        clock.shutdownNow();
        synchronized (this) {
            open.forEach(SlowClients::closeQuietly);
            open.clear();
        }
    }

    private synchronized void tick() {
        byte next = bytesSent < BEGINNING.length ? BEGINNING[bytesSent] : (byte) 'a';
        bytesSent++;
        for (Iterator<SocketChannel> i = open.iterator(); i.hasNext(); ) {
            SocketChannel channel = i.next();
            if (!goesOn(channel, next)) {
                answered++;
                closeQuietly(channel);
                i.remove();
            }
        }
    }

    private boolean goesOn(SocketChannel channel, byte next) {
        try {
            int count = channel.read(in.clear());
            if (count > 0) {
                String text = new String(in.array(), 0, count, StandardCharsets.ISO_8859_1);
                answer = text.lines().findFirst().orElse("");
            }
            // A full socket buffer takes no byte, and that does not matter here.
            return count == 0 && channel.write(ByteBuffer.wrap(new byte[] {next})) >= 0;
        } catch (IOException e) {
            return false;
        }
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "slow-clients");
        thread.setDaemon(true);
        return thread;
    }

    private static void closeQuietly(SocketChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            // It was to be given up anyway.
        }
    }
}
