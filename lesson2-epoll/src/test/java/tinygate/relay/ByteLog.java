package tinygate.relay;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** All bytes that went one way; parts of it can be read without a copy of the whole. */
final class ByteLog extends ByteArrayOutputStream {

    /** Writes a part of the log into a buffer. */
    synchronized void copyTo(ByteBuffer out, int from, int length) {
        out.put(buf, from, length);
    }

    /** The bytes between two indexes. */
    synchronized byte[] part(int from, int to) {
        return Arrays.copyOfRange(buf, from, to);
    }
}
