package tinygate.classroom;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;

/** A server on a free loopback port that answers exactly the bytes a test gives it. */
public final class TinyUpstream implements AutoCloseable {
    private final ServerSocket listener;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final AtomicInteger connections = new AtomicInteger();
    private final AtomicInteger requests = new AtomicInteger();
    private final IntFunction<Reply> replies;

    /**
     * @param pieces what to send, one write each
     * @param close whether to close the connection then
     */
    public record Reply(List<String> pieces, boolean close) {
        public static Reply whole(String text) {
            return new Reply(List.of(text), false);
        }

        public static Reply thenClose(String text) {
            return new Reply(List.of(text), true);
        }

        /** Every byte in a write of its own. */
        public static Reply dribbled(String text) {
            return new Reply(text.chars().mapToObj(Character::toString).toList(), false);
        }
    }

    /**
     * @param replies gives the reply to a request by its number, from 0
     */
    public TinyUpstream(IntFunction<Reply> replies) throws IOException {
        this(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), replies);
    }

    TinyUpstream(InetSocketAddress address, IntFunction<Reply> replies) throws IOException {
        this.replies = replies;
        this.listener = new ServerSocket(address.getPort(), 128, address.getAddress());
        daemon(this::accept);
    }

    public InetSocketAddress address() {
        return (InetSocketAddress) listener.getLocalSocketAddress();
    }

    int connections() {
        return connections.get();
    }

    int requests() {
        return requests.get();
    }

    @Override
    public void close() throws IOException {
        listener.close();
        for (Socket socket : sockets) {
            socket.close();
        }
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = listener.accept();
                sockets.add(socket);
                connections.incrementAndGet();
                daemon(() -> serve(socket));
            }
        } catch (IOException e) {
            // The test is over.
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            socket.setTcpNoDelay(true);
            InputStream in = new BufferedInputStream(socket.getInputStream());
            while (readHead(in)) {
                Reply reply = replies.apply(requests.getAndIncrement());
                for (String piece : reply.pieces()) {
                    socket.getOutputStream().write(piece.getBytes(StandardCharsets.ISO_8859_1));
                }
                if (reply.close()) {
                    return;
                }
            }
        } catch (IOException e) {
            // The load gave this connection up.
        }
    }

    private static boolean readHead(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            if (next < 0) {
                return false;
            }
            head.append((char) next);
        }
        return true;
    }

    private static void daemon(Runnable task) {
        Thread thread = new Thread(task, "tiny-upstream");
        thread.setDaemon(true);
        thread.start();
    }
}
