package tinygate.classroom;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import tinygate.classroom.WrongResponse.Kind;

/**
 * One connection of the load, with the request it sends over and over and the response it is in the
 * middle of. It never waits; {@link Load} tells it when its socket is ready.
 */
final class LoadConnection {
    private static final int HEAD_NOT_READ = -1;
    private static final byte[] NOTHING = {};

    private final int number;
    private final ByteBuffer request;
    private final long bodyBytes;

    private SocketChannel channel;
    private SelectionKey key;
    private byte[] headSoFar = NOTHING;
    private long bodyLeft = HEAD_NOT_READ;
    private boolean lastResponse;

    /**
     * @param number its place among the connections of the load, from 0
     * @param request the bytes to send
     * @param bodyBytes the length of the body of a right response
     */
    LoadConnection(int number, ByteBuffer request, long bodyBytes) {
        this.number = number;
        this.request = request;
        this.bodyBytes = bodyBytes;
    }

    int number() {
        return number;
    }

    /**
     * Begins to connect, anew if it was connected before.
     *
     * @return whether it is connected already, as can be on loopback
     */
    boolean connect(InetSocketAddress target, Selector selector) throws WrongResponse {
        try {
            headSoFar = NOTHING;
            bodyLeft = HEAD_NOT_READ;
            channel = SocketChannel.open();
            channel.configureBlocking(false);
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            boolean connected = channel.connect(target);
            int interest = connected ? SelectionKey.OP_READ : SelectionKey.OP_CONNECT;
            key = channel.register(selector, interest, this);
            return connected;
        } catch (IOException e) {
            throw new WrongResponse(Kind.CONNECT, e.getMessage());
        }
    }

    /**
     * @return whether the connection that {@link #connect} began is there now
     */
    boolean finishConnect() throws WrongResponse {
        try {
            if (channel.finishConnect()) {
                key.interestOps(SelectionKey.OP_READ);
                return true;
            }
            return false;
        } catch (IOException e) {
            throw new WrongResponse(Kind.CONNECT, e.getMessage());
        }
    }

    /** Begins the next request. */
    void send() throws WrongResponse {
        request.rewind();
        sendRest();
    }

    /** Sends as much of the request as the socket takes, and asks to be called for the rest. */
    void sendRest() throws WrongResponse {
        try {
            channel.write(request);
            int interest =
                    request.hasRemaining()
                            ? SelectionKey.OP_READ | SelectionKey.OP_WRITE
                            : SelectionKey.OP_READ;
            if (key.interestOps() != interest) {
                key.interestOps(interest);
            }
        } catch (IOException e) {
            throw new WrongResponse(Kind.CLOSED, "while sending: " + e.getMessage());
        }
    }

    /**
     * Takes what has arrived.
     *
     * @param in a buffer lent for this call; a head must fit in it
     * @return whether the response is whole now; it is right then
     */
    boolean receive(ByteBuffer in) throws WrongResponse {
        in.clear().put(headSoFar);
        headSoFar = NOTHING;
        if (read(in) < 0) {
            throw new WrongResponse(Kind.CLOSED, "closed " + where(in.position()));
        }
        in.flip();
        if (bodyLeft == HEAD_NOT_READ && !readHead(in)) {
            return false;
        }
        long here = Math.min(bodyLeft, in.remaining());
        bodyLeft -= here;
        if (here < in.remaining()) {
            throw new WrongResponse(
                    Kind.LENGTH, (in.remaining() - here) + " bytes behind the end of the body");
        }
        if (bodyLeft > 0) {
            return false;
        }
        bodyLeft = HEAD_NOT_READ;
        return true;
    }

    /** Whether the response that was received last said that the server closes the connection. */
    boolean ends() {
        return lastResponse;
    }

    void close() {
        try {
            if (channel != null) {
                channel.close(); // cancels the key too
            }
        } catch (IOException e) {
            // It was to be given up anyway.
        }
    }

    private int read(ByteBuffer in) throws WrongResponse {
        try {
            return channel.read(in);
        } catch (IOException e) {
            throw new WrongResponse(Kind.CLOSED, e.getMessage() + " " + where(in.position()));
        }
    }

    private boolean readHead(ByteBuffer in) throws WrongResponse {
        ReceivedHead head = ReceivedHead.read(in);
        if (head == null) {
            if (in.limit() == in.capacity()) {
                throw new WrongResponse(Kind.MALFORMED, "a head over " + in.capacity() + " bytes");
            }
            headSoFar = new byte[in.remaining()];
            in.get(headSoFar);
            return false;
        }
        if (head.status() != 200) {
            throw new WrongResponse(Kind.STATUS, head.status() + " instead of 200");
        }
        if (head.contentLength() != bodyBytes) {
            String length = head.contentLength() < 0 ? "none" : Long.toString(head.contentLength());
            throw new WrongResponse(
                    Kind.LENGTH, "Content-Length " + length + " instead of " + bodyBytes);
        }
        bodyLeft = bodyBytes;
        lastResponse = head.close();
        return true;
    }

    private String where(int headBytes) {
        if (bodyLeft != HEAD_NOT_READ) {
            return "after " + (bodyBytes - bodyLeft) + " of " + bodyBytes + " bytes of the body";
        }
        return headBytes == 0 ? "before a response" : "in the middle of a head";
    }
}
