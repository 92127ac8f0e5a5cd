package tinygate.contract;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;

/** A client of the gate that sends exact bytes and reads responses one by one. */
public final class RawClient extends Wire {
    private final MessageReader reader = new MessageReader(this);

    RawClient(String name, SocketChannel channel, Story story) throws IOException {
        super(name, channel, story);
    }

    /**
     * Connects to the gate.
     *
     * @param from the address to connect from, null for any
     * @param receiveBuffer the size asked of the kernel, in bytes, 0 for its default
     */
    static RawClient connect(
            String name, InetAddress from, InetSocketAddress gate, int receiveBuffer, Story story)
            throws IOException {
        SocketChannel channel = SocketChannel.open();
        try {
            if (receiveBuffer > 0) {
                channel.setOption(StandardSocketOptions.SO_RCVBUF, receiveBuffer);
            }
            if (from != null) {
                channel.bind(new InetSocketAddress(from, 0));
            }
            channel.connect(gate);
            return new RawClient(name, channel, story);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    /** Reads a whole response, interim or final, to a request that was not HEAD. */
    public Message readResponse() throws IOException {
        return reader.readResponse("GET");
    }

    /** Reads a whole response to a request with this method. */
    public Message readResponse(String method) throws IOException {
        return reader.readResponse(method);
    }

    /** Reads a response up to the start of its body. */
    public Message readResponseHead() throws IOException {
        return reader.readResponseHead();
    }

    /** Sends a request and reads its response. */
    public Message ask(String request) throws IOException {
        send(request);
        return readResponse();
    }

    /**
     * Reads to the end and fails if what came could be taken for a whole response: that is how a
     * truncated body must not look (RFC 9112, section 8).
     */
    public void expectTruncated() throws IOException {
        Message head = readResponseHead();
        String body = readToEnd();
        boolean whole =
                head.chunked()
                        ? body.endsWith("0\r\n\r\n")
                        : !head.has("Content-Length")
                                || body.length() >= Integer.parseInt(head.field("Content-Length"));
        if (whole) {
            throw failure("received a truncated body that looks whole");
        }
    }
}
