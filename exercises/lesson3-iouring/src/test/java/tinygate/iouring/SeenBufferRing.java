package tinygate.iouring;

import java.nio.charset.StandardCharsets;
import java.util.TreeSet;
import tinygate.linux.Constants;
import tinygate.linux.LinuxException;
import tinygate.linux.NativeMemory;
import tinygate.loop.NativeChunks.NativeChunk;

/**
 * A buffer ring, of group 7 and with four entries, whose memory the test sees as the kernel does.
 */
final class SeenBufferRing implements AutoCloseable {
    final TestRing test = new TestRing(8, 64);
    final BufferRing ring;
    private NativeMemory memory;
    private RecordedWords words;

    SeenBufferRing() throws LinuxException {
        ring = new BufferRing(test.linux, test.ring, 7, 4, this::record);
    }

    private SharedWords record(NativeMemory ringMemory) {
        memory = ringMemory;
        words = new RecordedWords(ringMemory);
        return words;
    }

    String entry(int index) {
        int at = 16 * index;
        return "address "
                + memory.buffer().getLong(at)
                + ", length "
                + memory.buffer().getInt(at + 8)
                + ", id "
                + (memory.buffer().getShort(at + 12) & 0xFFFF);
    }

    int tail() {
        return memory.buffer().getShort(14) & 0xFFFF;
    }

    /** How shared words were accessed, each way once. */
    String accesses() {
        return String.join(", ", new TreeSet<>(words.accesses));
    }

    /** Sends a text on a socket. */
    static void send(TestRing test, int fd, String text) {
        test.memory.buffer().put(0, text.getBytes(StandardCharsets.US_ASCII));
        test.linux.send(fd, test.memory.address(), text.length(), Constants.MSG_NOSIGNAL);
    }

    /** What a chunk holds. */
    static String text(NativeChunk chunk) {
        byte[] bytes = new byte[chunk.bytes().remaining()];
        chunk.bytes().get(chunk.bytes().position(), bytes);
        return new String(bytes, StandardCharsets.US_ASCII);
    }

    @Override
    public void close() {
        ring.close();
        test.close();
    }
}
