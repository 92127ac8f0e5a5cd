package tinygate.contract;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;
import tinygate.HostPort;

/**
 * An upstream to which a connection attempt neither succeeds nor fails: its backlog is full, so the
 * kernel drops what else arrives (listen(2)).
 */
public final class HangingUpstream implements Closeable {
    private static final int TRIES = 16;

    private final ServerSocket listener = new ServerSocket();
    private final List<Socket> backlog = new ArrayList<>();

    HangingUpstream() throws IOException {
        listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1);
        for (int i = 0; i < TRIES; i++) {
            Socket socket = new Socket();
            backlog.add(socket);
            try {
                socket.connect(listener.getLocalSocketAddress(), 200);
            } catch (SocketTimeoutException full) {
                return;
            }
        }
        throw new IOException("this kernel accepts more connections than the backlog allows");
    }

    /** Where a connection attempt hangs. */
    public HostPort address() {
        return new HostPort("127.0.0.1", listener.getLocalPort());
    }

    @Override
    public void close() throws IOException {
        for (Socket socket : backlog) {
            socket.close();
        }
        listener.close();
    }
}
