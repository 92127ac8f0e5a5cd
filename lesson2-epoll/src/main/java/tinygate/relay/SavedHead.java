package tinygate.relay;

import java.nio.ByteBuffer;

/**
 * A request's head as it is forwarded, kept until a connection is there or for a second attempt.
 */
final class SavedHead {
    private byte[] bytes = new byte[0];
    private int length;

    void save(ByteBuffer head) {
        length = head.remaining();
        if (bytes.length < length) {
            bytes = new byte[length];
        }
        head.get(bytes, 0, length);
    }

    /** Writes the head into a buffer, ready to be read from it. */
    ByteBuffer restore(ByteBuffer out) {
        return out.clear().put(bytes, 0, length).flip();
    }
}
