package tinygate.workers;

import java.io.Closeable;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.concurrent.TimeUnit;

/**
 * A blocking connection and the bytes that have arrived on it. Between calls, {@link #in} holds
 * what was received and not yet used: from its position to its limit.
 */
final class Wire implements Closeable {
    private static final long LINGER_NANOS = TimeUnit.SECONDS.toNanos(1);

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    final ByteBuffer in;
    private final SocketChannel channel;
    private final Deadline deadline;

    /**
     * @param in lent to this wire as long as it is in use; what it holds is forgotten
     */
    Wire(SocketChannel channel, ByteBuffer in, Deadline deadline) {
        this.channel = channel;
        this.in = in.clear().limit(0);
        this.deadline = deadline;
    }

    // tag::receive[]
    /**
     * Waits until more bytes have arrived and puts them behind those in {@link #in}, which must
     * have room for them.
     *
     * @return false if the other side has sent its last byte
     * @throws WireFailure if the connection broke or the time is over
     */
    boolean receive(Deadline.Wait wait, long atNanos) throws WireFailure {
        in.compact();
        int count = -1;
        IOException broken = null;
        deadline.begin(channel, wait, atNanos);
        try {
            count = channel.read(in);
        } catch (IOException e) {
            broken = e;
        }
        boolean timedOut = deadline.end();
        in.flip();
        if (timedOut || broken != null) {
            throw new WireFailure(this, timedOut, broken);
        }
        return count >= 0;
    }

    // end::receive[]

    /** Sends all of these bytes; see the method with a body. */
    void send(ByteBuffer bytes, int millis) throws WireFailure {
        send(bytes, NOTHING, millis);
    }

    /**
     * Sends all of a head and all of the bytes behind it, in one call where the kernel has room.
     *
     * @param millis how long the other side may take no byte at all
     */
    void send(ByteBuffer head, ByteBuffer body, int millis) throws WireFailure {
        ByteBuffer[] both = {head, body};
        IOException broken = null;
        boolean timedOut = false;
        while (broken == null && !timedOut && (head.hasRemaining() || body.hasRemaining())) {
            deadline.begin(channel, Deadline.Wait.WRITE, after(millis));
            try {
                channel.write(both);
            } catch (IOException e) {
                broken = e;
            }
            timedOut = deadline.end();
        }
        if (timedOut || broken != null) {
            throw new WireFailure(this, timedOut, broken);
        }
    }

    /** A time so many milliseconds from now, as {@link System#nanoTime}. */
    static long after(int millis) {
        return System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    }

    /**
     * Whether an idle connection has nothing to read. If it has, nobody asked for it, and it would
     * be taken for the response to the next request. One system call (ioctl FIONREAD); a connection
     * that the other side has closed looks silent too.
     */
    boolean silent() {
        try {
            return channel.socket().getInputStream().available() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * Whether an idle connection can carry another request: the other side has neither closed it
     * nor sent a byte that nobody asked for.
     */
    boolean quiet() {
        try {
            channel.configureBlocking(false);
            int count = channel.read(in.clear());
            channel.configureBlocking(true);
            in.limit(0);
            return count == 0;
        } catch (IOException e) {
            return false;
        }
    }

    // tag::linger[]
    /**
     * Closes after the last answer while the client may still be sending. A close with unread bytes
     * sends a reset, which can destroy the answer on its way (RFC 9112, section 9.6); so the
     * sending side alone is shut, and what still comes is thrown away for a while. Where a wait for
     * bytes was cut ({@link Deadline.Wait#READ}) this cannot be: the receiving side is shut
     * already, so the connection is closed at once, and a client that goes on sending meets the
     * reset.
     */
    void linger() {
        long end = System.nanoTime() + LINGER_NANOS;
        try (this) {
            channel.shutdownOutput();
            do {
                in.clear().limit(0);
            } while (receive(Deadline.Wait.READ, end));
        } catch (IOException e) {
            // The time is over or the client is gone: closed all the same.
        }
    }

    // end::linger[]

    /**
     * Whether a close from now on, whoever closes and why, is a reset: so that nobody takes for the
     * whole what was sent of a body that lasts until the close (socket(7), SO_LINGER).
     */
    void closesWithReset(boolean reset) {
        try {
            channel.setOption(StandardSocketOptions.SO_LINGER, reset ? 0 : -1);
        } catch (IOException e) {
            // It is closed already.
        }
    }

    @Override
    public void close() {
        closeQuietly(channel);
    }

    static void closeQuietly(SocketChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            // Nothing of it is left either way.
        }
    }
}
