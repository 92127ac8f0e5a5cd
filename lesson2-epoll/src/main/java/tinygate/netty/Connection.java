package tinygate.netty;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.unix.Errors;
import io.netty.channel.unix.Socket;
import io.netty.channel.unix.UnixChannel;
import java.io.IOException;
import java.net.SocketAddress;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tinygate.relay.Exchange;
import tinygate.relay.Side;

/**
 * One channel, to a client or to an upstream. Its events go to the driver of the exchange that it
 * serves; a connection that serves none, because it is kept for the next exchange, closes on
 * anything that happens on it.
 *
 * <p>What an exchange brings about is never told to it at once, but by a task ({@link #turn}) that
 * the loop runs when it has read from all channels that were ready. The same task writes, so that
 * all chunks that one batch of events leads to go out in one system call.
 */
final class Connection extends ChannelInboundHandlerAdapter {
    private static final Logger LOG = LoggerFactory.getLogger(Connection.class);

    /** When so much is unsent it is written at once, lest the other side stop being read. */
    private static final int FLUSH_BYTES = 48 * 1024;

    /**
     * A chunk holds its whole buffer, however few bytes are in it. It counts at least so many, or
     * somebody who sends single bytes to somebody who reads none could fill the memory.
     */
    private static final int LEAST_COUNTED_BYTES = 4 * 1024;

    /** Told to all clients' connections when the gate begins to drain. */
    static final Object DRAIN = new Object();

    /** Told to all clients' connections when the gate closes. */
    static final Object CLOSE = new Object();

    long keptSinceNanos; // by the clock of the idle connections

    private final SocketChannel channel;
    private final Side side;
    private final Runnable turn = this::turn;
    private NettyDriver driver; // null while it serves no exchange
    private long unsent;
    private boolean turnComes;
    private boolean finishing;
    private boolean written; // something was, and the exchange was not told yet
    private boolean failed; // a write did
    private boolean reset; // that is why
    private boolean filled; // the last buffer that was read into: there may be more to read

    /** A connection on a channel that is not registered with its loop yet, or just now. */
    Connection(SocketChannel channel, Side side, RecvByteBufAllocator chunks) {
        this.channel = channel;
        this.side = side;
        channel.config()
                .setRecvByteBufAllocator(chunks)
                .setAllowHalfClosure(true)
                // A write that fails must not keep an answer from being read.
                .setAutoClose(false)
                // Without it the last part of a message can wait for the peer's delayed ACK.
                .setTcpNoDelay(true)
                // The exchange has a deadline of its own for that.
                .setConnectTimeoutMillis(0);
        channel.pipeline().addLast(this);
    }

    /** From now on it serves this exchange. */
    void serve(NettyDriver driver) {
        this.driver = driver;
    }

    /**
     * From now on it serves no exchange, which is told nothing any more. If it could be that bytes
     * are waiting on it, it closes: they would be taken for the next answer.
     */
    void leave() {
        driver = null;
        written = false;
        if (failed || filled) {
            channel.close();
        } else {
            channel.config().setAutoRead(true); // to hear of its end
        }
    }

    SocketChannel channel() {
        return channel;
    }

    /**
     * Connects; the driver is told the outcome unless it has closed the connection meanwhile. It is
     * told before all else that happens on the connection: the listener runs before Netty reads,
     * and a peer may have answered and ended before the loop hears that it has accepted.
     */
    void connect(SocketAddress to) {
        channel.connect(to).addListener(done -> opened(done.isSuccess()));
    }

    // What the exchange wants

    void read(boolean wanted) {
        channel.config().setAutoRead(wanted);
    }

    void send(NettyChunk chunk) {
        ByteBuf bytes = chunk.toSend();
        int count = Math.max(bytes.readableBytes(), LEAST_COUNTED_BYTES);
        unsent += count;
        channel.write(bytes).addListener(done -> written(count, done.cause()));
        if (unsent >= FLUSH_BYTES) {
            channel.flush();
        }
        awaitTurn();
    }

    /**
     * @param failure null if it was sent
     */
    private void written(int count, Throwable failure) {
        unsent -= count;
        written = true;
        failed |= failure != null;
        reset |= tellsOfReset(failure);
        awaitTurn();
    }

    /**
     * What the kernel has said is wrapped. NIO tells it in words alone, which are not looked at.
     */
    private static boolean tellsOfReset(Throwable failure) {
        Throwable cause = failure;
        while (cause != null && !(cause instanceof Errors.NativeIoException)) {
            cause = cause.getCause();
        }
        return cause instanceof Errors.NativeIoException kernels
                && kernels.expectedErr() == Errors.ERRNO_ECONNRESET_NEGATIVE;
    }

    private void awaitTurn() {
        if (!turnComes) {
            turnComes = true;
            channel.eventLoop().execute(turn);
        }
    }

    private void turn() {
        channel.flush();
        turnComes = false;
        shutDownIfSent();
        tellWritten();
    }

    private void tellWritten() {
        if (driver != null && written) {
            written = false;
            driver.tell(failed ? e -> e.unsendable(side, reset) : e -> e.sent(side));
        }
    }

    long unsent() {
        return unsent;
    }

    void finish() {
        finishing = true;
        shutDownIfSent();
    }

    private void shutDownIfSent() {
        if (finishing && unsent == 0 && !channel.isOutputShutdown()) {
            channel.shutdownOutput();
        }
    }

    void close() {
        driver = null;
        if (unsent > 0 && channel.isOpen()) { // else its descriptor may be another's by now
            disconnect();
        }
        channel.close();
    }

    void abort() {
        if (channel.isOpen()) {
            channel.config().setSoLinger(0);
        }
        close();
    }

    /**
     * Ends a send that waits for a peer who reads nothing. On io_uring Netty's incubator puts
     * closing off until the send under way has ended, which such a peer would never let happen.
     * Disconnecting is a reset (connect(2) to AF_UNSPEC): no peer takes it for a body's end, as it
     * could take shutdown(2).
     */
    private void disconnect() {
        if (channel instanceof UnixChannel unix && unix.fd() instanceof Socket socket) {
            try {
                socket.disconnect();
            } catch (IOException e) {
                LOG.debug("not connected any more", e);
            }
        }
    }

    // What happens on the channel

    private void opened(boolean success) {
        if (driver == null) {
            channel.close(); // nobody waits for it any more
        } else {
            driver.tell(success ? e -> e.connected(false) : e -> e.unreachable(false));
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf bytes = (ByteBuf) message;
        filled = !bytes.isWritable();
        NettyChunk chunk = NettyChunk.received(bytes);
        if (driver == null) {
            chunk.release();
            channel.close();
        } else {
            driver.tell(exchange -> exchange.received(side, chunk));
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event == DRAIN) {
            tellOrClose(Exchange::drain);
        } else if (event == CLOSE) {
            tellOrClose(exchange -> exchange.broken(side));
        } else if (event == ChannelInputShutdownEvent.INSTANCE) {
            tellWritten(); // it may be the end of a connection that was reset
            tellOrClose(exchange -> exchange.ended(side));
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (driver == null || cause instanceof IOException) {
            tellOrClose(exchange -> exchange.broken(side));
        } else {
            driver.giveUp(cause); // no memory to read into, say: whoever is at the other end
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        tellOrClose(exchange -> exchange.broken(side));
    }

    private void tellOrClose(Consumer<Exchange> event) {
        if (driver != null) {
            driver.tell(event);
        } else {
            channel.close();
        }
    }
}
