package tinygate.contract;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import tinygate.HostPort;

/**
 * An upstream that does only what the test does: it accepts when the test accepts, and sends the
 * bytes that the test sends.
 */
public final class ScriptedUpstream implements Closeable {
    private final String name;
    private final Story story;
    private final ServerSocketChannel listener = ServerSocketChannel.open();
    private final Selector acceptable = Selector.open();
    private final Socket boundNotListening = new Socket();
    private final List<Connection> connections = new CopyOnWriteArrayList<>();

    ScriptedUpstream(String name, Story story) throws IOException {
        this.name = name;
        this.story = story;
        // A small buffer shows back-pressure soon.
        listener.setOption(StandardSocketOptions.SO_RCVBUF, 64 * 1024);
        listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1024);
        listener.configureBlocking(false);
        listener.register(acceptable, SelectionKey.OP_ACCEPT);
    }

    /** Where the gate connects. */
    public HostPort address() {
        return new HostPort("127.0.0.1", listener.socket().getLocalPort());
    }

    /** Waits for the gate's next connection. */
    public Connection accept() throws IOException {
        Connection connection = accept(Wire.PATIENCE);
        if (connection == null) {
            throw story.failure(name + " awaited a connection in vain");
        }
        return connection;
    }

    /** Fails if the gate has connected, or connects within this time. */
    public void expectNoConnection(Duration time) throws IOException {
        if (accept(time) != null) {
            throw story.failure(name + " was connected to, and should not have been");
        }
    }

    /**
     * Waits so long for a connection.
     *
     * @return null if none came
     */
    Connection accept(Duration patience) throws IOException {
        SocketChannel channel = listener.accept();
        if (channel == null && !patience.isZero()) {
            acceptable.select(key -> {}, patience.toMillis());
            channel = listener.accept();
        }
        if (channel == null) {
            return null;
        }
        channel.setOption(StandardSocketOptions.SO_SNDBUF, 64 * 1024);
        Connection connection =
                new Connection(name + "." + (connections.size() + 1), channel, story);
        connections.add(connection);
        return connection;
    }

    /**
     * Stops listening: from now on connections are refused; open ones stay open. The port stays
     * taken, so that nobody else listens there.
     */
    public void refuse() throws IOException {
        InetSocketAddress address = (InetSocketAddress) listener.getLocalAddress();
        listener.close();
        acceptable.close();
        boundNotListening.setReuseAddress(true); // open connections have it too
        boundNotListening.bind(address);
        story.note(name, "stopped listening");
    }

    @Override
    public void close() throws IOException {
        listener.close();
        acceptable.close();
        boundNotListening.close();
        for (Connection connection : connections) {
            connection.close();
        }
    }

    /** One connection from the gate. */
    public static final class Connection extends Wire {
        private final MessageReader reader = new MessageReader(this);

        Connection(String name, SocketChannel channel, Story story) throws IOException {
            super(name, channel, story);
        }

        /** Reads a whole request. */
        public Message readRequest() throws IOException {
            return reader.readRequest();
        }

        /** Reads a request up to the start of its body. */
        public Message readRequestHead() throws IOException {
            return reader.readRequestHead();
        }

        /** Reads a whole request and answers it. */
        public Message answer(String response) throws IOException {
            Message request = readRequest();
            send(response);
            return request;
        }
    }
}
