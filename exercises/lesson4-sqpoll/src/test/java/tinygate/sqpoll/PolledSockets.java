package tinygate.sqpoll;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import tinygate.iouring.Operation;
import tinygate.iouring.UserData;
import tinygate.kit.Story;
import tinygate.linux.LinuxException;
import tinygate.linux.NativeMemory;
import tinygate.linux.SockAddr;
import tinygate.linux.Sockets;

/** A ring with a poller of this machine's kernel, and sockets whose other ends are Java's. */
final class PolledSockets implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 8_000;

    final PolledRing ring = new PolledRing(16, 32, 10, 0);
    private final Sockets sockets = new Sockets(ring.linux);
    private final NativeMemory memory = NativeMemory.allocate(ring.linux, SockAddr.size());
    private final ServerSocket server = new ServerSocket(0, 8, InetAddress.getLoopbackAddress());
    private final List<Pair> pairs = new ArrayList<>();

    PolledSockets() throws IOException {}

    /** A descriptor of the gate's side, and the peer. */
    record Pair(int fd, Socket peer) {

        /** The next bytes, as text; what has come if the end comes before, or nothing in time. */
        String read(int length) throws IOException {
            StringBuilder text = new StringBuilder();
            try {
                while (text.length() < length) {
                    byte[] bytes = new byte[length - text.length()];
                    int count = peer.getInputStream().read(bytes);
                    if (count < 0) {
                        return text + "(the end)";
                    }
                    text.append(new String(bytes, 0, count, StandardCharsets.US_ASCII));
                }
            } catch (SocketTimeoutException late) {
                text.append("(nothing more)");
            }
            return text.toString();
        }
    }

    Pair connect() throws IOException {
        SockAddr address = new SockAddr(memory, 0);
        address.set(new InetSocketAddress(server.getInetAddress(), server.getLocalPort()));
        int fd = sockets.connect(address);
        Pair pair = new Pair(fd, server.accept());
        pair.peer.setSoTimeout(PATIENCE_MILLIS);
        pairs.add(pair);
        return pair;
    }

    /** Closes the descriptor by an entry, so that it is not closed once more at the end. */
    void close(Pair pair, long userData) {
        ring.next().close().fd(pair.fd).userData(userData);
        pairs.remove(pair);
    }

    /** Submits what was written; the next completion, which must be this operation's. */
    int result(Story story, String operation, long userData) throws LinuxException {
        if (!ring.completions.next()) {
            ring.submitter.submitAndWait(TimeUnit.MILLISECONDS.toNanos(PATIENCE_MILLIS));
            story.expect("a completion comes, of the " + operation, ring.completions.next());
        }
        long got = ring.completions.userData();
        int result = ring.completions.result();
        ring.completions.release();
        story.expect("user data of the " + operation, shown(userData), shown(got));
        return result;
    }

    private static String shown(long userData) {
        boolean change = userData == UserData.of(Operation.REGISTER, 0);
        return change ? "UserData.of(REGISTER, 0)" : Long.toString(userData);
    }

    @Override
    public void close() throws IOException {
        for (Pair pair : pairs) {
            pair.peer.close();
            ring.linux.close(pair.fd);
        }
        ring.close();
        sockets.close();
        memory.close();
        server.close();
    }
}
