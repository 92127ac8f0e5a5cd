package tinygate.contract;

import static java.net.StandardSocketOptions.SO_LINGER;
import static java.net.StandardSocketOptions.TCP_NODELAY;
import static java.nio.channels.SelectionKey.OP_READ;
import static java.nio.channels.SelectionKey.OP_WRITE;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * One end of a raw TCP connection with the gate: the test decides every byte and its moment. Every
 * wait is limited; a wait that ends without success fails with what was awaited and the story. One
 * thread may send while another receives.
 */
public class Wire implements Closeable {
    /** How long a test waits for what must come. */
    public static final Duration PATIENCE = Duration.ofSeconds(5);

    final String name;
    private final SocketChannel channel;
    private final Story story;
    private final Selector readable = Selector.open();
    private final Selector writable = Selector.open();
    private final ByteBuffer incoming = ByteBuffer.allocateDirect(64 * 1024).limit(0);
    private boolean ended;
    private boolean broken;

    Wire(String name, SocketChannel channel, Story story) throws IOException {
        this.name = name;
        this.channel = channel;
        this.story = story;
        channel.configureBlocking(false);
        channel.setOption(TCP_NODELAY, true);
        channel.register(readable, OP_READ);
        channel.register(writable, OP_WRITE);
        story.note(name, "opened");
    }

    /** Sends text, each character one byte. */
    public final void send(String text) throws IOException {
        send(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /**
     * Sends these bytes. If the gate has closed the connection the rest is dropped: what the gate
     * answered before that can still be read.
     */
    public final void send(byte[] bytes) throws IOException {
        ByteBuffer rest = ByteBuffer.wrap(bytes);
        if (sendSome(rest, PATIENCE) && rest.hasRemaining()) {
            throw failure("could not send the last " + rest.remaining() + " bytes", PATIENCE);
        }
    }

    /** Sends each byte in a write of its own. */
    public final void sendByteByByte(String text) throws IOException {
        for (byte b : text.getBytes(StandardCharsets.ISO_8859_1)) {
            send(new byte[] {b});
        }
    }

    /**
     * Sends until the buffer is empty or the gate has taken nothing for so long.
     *
     * @return false if the connection is broken
     */
    public final boolean sendSome(ByteBuffer bytes, Duration patience) throws IOException {
        while (bytes.hasRemaining()) {
            int from = bytes.position();
            try {
                if (channel.write(bytes) == 0 && !awaits(writable, patience)) {
                    return true;
                }
            } catch (ClosedChannelException e) {
                throw e;
            } catch (IOException e) {
                story.note(name, "could not send, " + e.getMessage());
                return false;
            }
            if (bytes.position() > from) {
                story.bytes(name, "sent", bytes.duplicate().flip().position(from));
            }
        }
        return true;
    }

    /** Closes the sending side; the receiving side stays open. */
    public final void shutdownOutput() throws IOException {
        channel.shutdownOutput();
        story.note(name, "closed its sending side");
    }

    /** Closes with a TCP reset. */
    public final void reset() throws IOException {
        channel.setOption(SO_LINGER, 0);
        story.note(name, "reset the connection");
        close();
    }

    /** Reads up to and with this text. */
    public final String readThrough(String end) throws IOException {
        StringBuilder text = new StringBuilder();
        while (text.length() < end.length()
                || text.indexOf(end, text.length() - end.length()) < 0) {
            text.append((char) (readByte("the bytes up to " + printable(end)) & 0xFF));
        }
        return text.toString();
    }

    /** Reads exactly as many bytes. */
    public final byte[] readExactly(int count) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(count);
        while (bytes.hasRemaining()) {
            if (!readSome(bytes, "the last " + bytes.remaining() + " of " + count + " bytes")) {
                throw story.failure(
                        name + " saw the end after " + bytes.position() + " of " + count);
            }
        }
        return bytes.array();
    }

    /** Reads everything up to the end, which may be a close or a reset. */
    public final String readToEnd() throws IOException {
        StringBuilder text = new StringBuilder();
        while (incoming.hasRemaining() || fill("the end of the connection", PATIENCE)) {
            text.append(StandardCharsets.ISO_8859_1.decode(incoming));
        }
        return text.toString();
    }

    /**
     * Reads what is there, at least a byte, at most what the buffer takes.
     *
     * @return false at the end of the connection
     */
    public final boolean readSome(ByteBuffer into, String awaited) throws IOException {
        if (!incoming.hasRemaining() && !fill(awaited, PATIENCE)) {
            return false;
        }
        int count = Math.min(into.remaining(), incoming.remaining());
        into.put(incoming.slice().limit(count));
        incoming.position(incoming.position() + count);
        return true;
    }

    /** Fails unless the gate closes or resets the connection without another byte. */
    public final void expectClosed() throws IOException {
        String rest = readToEnd();
        if (!rest.isEmpty()) {
            throw story.failure(name + " awaited the end but received " + printable(rest));
        }
    }

    /** Whether the connection ended by a reset instead of a close. */
    public final boolean wasReset() {
        return broken;
    }

    /** Waits so long for bytes or the end of the connection; tells whether there are any. */
    public final boolean hasInput(Duration patience) throws IOException {
        return incoming.hasRemaining() || awaits(readable, patience);
    }

    /** Fails if a byte or the end comes within this time. */
    public final void expectNothingFor(Duration time) throws IOException {
        if (hasInput(time)) {
            boolean end = !incoming.hasRemaining() && !fill("nothing", time);
            throw story.failure(name + " expected silence but " + (end ? "it ended" : "got bytes"));
        }
    }

    private byte readByte(String awaited) throws IOException {
        if (!incoming.hasRemaining() && !fill(awaited, PATIENCE)) {
            throw story.failure(name + " awaited " + awaited + " but saw the end");
        }
        return incoming.get();
    }

    private boolean fill(String awaited, Duration patience) throws IOException {
        while (!ended) {
            incoming.clear();
            int count = receive();
            incoming.flip();
            if (count > 0) {
                story.bytes(name, "received", incoming.duplicate());
                return true;
            }
            if (count == 0 && !awaits(readable, patience)) {
                throw failure("awaited " + awaited, patience);
            }
            ended = count < 0;
        }
        return false;
    }

    private int receive() throws IOException {
        try {
            int count = channel.read(incoming);
            if (count < 0) {
                story.note(name, "saw the end");
            }
            return count;
        } catch (ClosedChannelException e) {
            throw e;
        } catch (IOException e) {
            story.note(name, "saw a broken connection, " + e.getMessage());
            broken = true;
            return -1;
        }
    }

    private static boolean awaits(Selector selector, Duration patience) throws IOException {
        long end = System.nanoTime() + patience.toNanos();
        for (long left = patience.toMillis(); left > 0; left = millisUntil(end)) {
            if (selector.select(key -> {}, left) > 0) {
                return true;
            }
            if (Thread.currentThread().isInterrupted()) {
                throw new IOException("the test was interrupted");
            }
        }
        return false;
    }

    private static long millisUntil(long nanoTime) {
        return TimeUnit.NANOSECONDS.toMillis(nanoTime - System.nanoTime() + 999_999);
    }

    final Story.Failure failure(String what, Duration patience) {
        return story.failure(name + " " + what + ", in vain for " + patience.toMillis() + " ms");
    }

    final Story.Failure failure(String what) {
        return story.failure(name + " " + what);
    }

    static String printable(String text) {
        return '"' + text.replace("\r", "\\r").replace("\n", "\\n") + '"';
    }

    @Override
    public void close() throws IOException {
        channel.close();
        readable.close();
        writable.close();
    }

    @Override
    public String toString() {
        return name;
    }
}
