package tinygate.classroom.race;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An upstream that answers {@code GET /bytes/N} with N bytes, each request some time after it came
 * and no matter how many wait: one thread, and a queue of answers that are due later. A server with
 * a thread for each request that waits would be the bottleneck of the race itself.
 */
final class DelayedUpstream implements AutoCloseable {
    private static final int BACKLOG = 4096;
    private static final int MOST_HEAD_BYTES = 8 * 1024;
    private static final Pattern HEAD =
            Pattern.compile("GET /bytes/([0-9]{1,7}) HTTP/1\\.1\r\n.*?\r\n\r\n", Pattern.DOTALL);

    private final Selector selector = Selector.open();
    private final ServerSocketChannel listener = ServerSocketChannel.open();
    private final Thread thread = new Thread(this::run, "delayed-upstream");
    private final Queue<Connection> waiting = new ArrayDeque<>(); // the first is due first
    private final long delayNanos;

    /** A gate's connection: the request that comes, then the answer that goes. */
    private static final class Connection {
        private final ByteBuffer in = ByteBuffer.allocate(MOST_HEAD_BYTES);
        private final SelectionKey key;
        private final SocketChannel channel;
        private ByteBuffer answer;
        private long dueNanos;

        Connection(SelectionKey key, SocketChannel channel) {
            this.key = key;
            this.channel = channel;
        }
    }

    /** Binds to a free loopback port and serves at once. */
    DelayedUpstream(Duration delay) throws IOException {
        delayNanos = delay.toNanos();
        listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), BACKLOG);
        listener.configureBlocking(false);
        listener.register(selector, SelectionKey.OP_ACCEPT);
        thread.setDaemon(true);
        thread.start();
    }

    InetSocketAddress address() throws IOException {
        return (InetSocketAddress) listener.getLocalAddress();
    }

    @Override
    public void close() throws IOException {
        thread.interrupt(); // wakes the selector too
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try (selector;
                listener) {
            while (!Thread.currentThread().isInterrupted()) {
                selector.select(this::ready, millisUntilDue());
                while (!waiting.isEmpty() && waiting.peek().dueNanos - System.nanoTime() <= 0) {
                    Connection connection = waiting.remove();
                    attempt(connection, () -> send(connection));
                }
            }
            selector.keys().forEach(DelayedUpstream::close);
        } catch (IOException e) {
            throw new IllegalStateException("the delayed upstream failed", e);
        }
    }

    /** 0 to wait until something comes; an answer may be late by the part of a millisecond. */
    private long millisUntilDue() {
        if (waiting.isEmpty()) {
            return 0;
        }
        return Math.max(1, (waiting.peek().dueNanos - System.nanoTime()) / 1_000_000);
    }

    private void ready(SelectionKey key) {
        if (key.isAcceptable()) {
            accept();
            return;
        }
        Connection connection = (Connection) key.attachment();
        attempt(
                connection,
                () -> {
                    if (connection.answer != null && key.isWritable()) {
                        send(connection);
                    } else if (key.isReadable()) {
                        receive(connection);
                    }
                });
    }

    /** A step of a connection, which ends it if it fails. */
    private interface Step {
        void run() throws IOException;
    }

    private static void attempt(Connection connection, Step step) {
        try {
            if (connection.key.isValid()) {
                step.run();
            }
        } catch (IOException e) {
            close(connection.key);
        }
    }

    private void accept() {
        try {
            SocketChannel channel = listener.accept();
            if (channel != null) {
                channel.configureBlocking(false);
                channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
                SelectionKey key = channel.register(selector, SelectionKey.OP_READ);
                key.attach(new Connection(key, channel));
            }
        } catch (IOException e) {
            // The gate gave it up already.
        }
    }

    private void receive(Connection connection) throws IOException {
        ByteBuffer in = connection.in;
        if (connection.channel.read(in) < 0) {
            throw new IOException("closed by the gate");
        }
        String text = new String(in.array(), 0, in.position(), StandardCharsets.ISO_8859_1);
        Matcher head = HEAD.matcher(text);
        if (head.matches()) {
            in.clear();
            connection.answer = answer(Integer.parseInt(head.group(1)));
            connection.dueNanos = System.nanoTime() + delayNanos;
            waiting.add(connection);
        } else if (text.contains("\r\n\r\n") || !in.hasRemaining()) {
            throw new IOException("not a request that this knows");
        }
    }

    private static ByteBuffer answer(int bodyBytes) {
        String head = "HTTP/1.1 200 OK\r\nContent-Length: " + bodyBytes + "\r\n\r\n";
        ByteBuffer answer = ByteBuffer.allocate(head.length() + bodyBytes);
        answer.put(head.getBytes(StandardCharsets.ISO_8859_1));
        while (answer.hasRemaining()) {
            answer.put((byte) 'x');
        }
        return answer.flip();
    }

    private static void send(Connection connection) throws IOException {
        connection.channel.write(connection.answer);
        boolean more = connection.answer.hasRemaining();
        connection.key.interestOps(more ? SelectionKey.OP_WRITE : SelectionKey.OP_READ);
        if (!more) {
            connection.answer = null;
        }
    }

    private static void close(SelectionKey key) {
        try {
            key.channel().close();
        } catch (IOException e) {
            // It was to be given up anyway.
        }
    }
}
