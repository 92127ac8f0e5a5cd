package tinygate.contract;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;

/**
 * Bodies of any size whose every byte can be checked: byte number i is i modulo 251, a prime, so
 * that a block which is lost, repeated or misplaced shows. Nothing of that size is held in memory.
 */
final class Payload {
    private static final int PERIOD = 251;
    private static final byte[] BLOCK = block();

    private Payload() {}

    private static byte[] block() {
        byte[] block = new byte[PERIOD * 512];
        for (int i = 0; i < block.length; i++) {
            block[i] = (byte) (i % PERIOD);
        }
        return block;
    }

    /** Bytes number {@code from} to {@code from + count}, as a view. */
    static ByteBuffer slice(long from, long count) {
        int offset = (int) (from % PERIOD);
        int most = (int) Math.min(count, BLOCK.length - offset);
        return ByteBuffer.wrap(BLOCK, offset, most).slice();
    }

    /** Sends so many bytes; fails if the gate stops to take them. */
    static void send(Wire wire, long count) throws IOException {
        send(wire, 0, count);
    }

    /** Sends bytes number {@code from} to {@code to}. */
    static void send(Wire wire, long from, long to) throws IOException {
        for (long at = from; at < to; ) {
            ByteBuffer bytes = slice(at, to - at);
            at += bytes.remaining();
            sendAll(wire, bytes);
        }
    }

    /** Sends so many bytes as chunks, and the last chunk. */
    static void sendChunked(Wire wire, long count) throws IOException {
        for (long sent = 0; sent < count; ) {
            ByteBuffer bytes = slice(sent, count - sent);
            sent += bytes.remaining();
            wire.send(Integer.toHexString(bytes.remaining()) + "\r\n");
            sendAll(wire, bytes);
            wire.send("\r\n");
        }
        wire.send("0\r\n\r\n");
    }

    private static void sendAll(Wire wire, ByteBuffer bytes) throws IOException {
        if (!wire.sendSome(bytes, Wire.PATIENCE) || bytes.hasRemaining()) {
            throw wire.failure("could not send a whole body");
        }
    }

    /**
     * Sends until the gate has taken nothing for so long.
     *
     * @return how many bytes it took
     */
    static long sendUntilStalled(Wire wire, long most, Duration stall) throws IOException {
        long sent = 0;
        while (sent < most) {
            ByteBuffer bytes = slice(sent, most - sent);
            int before = bytes.remaining();
            boolean whole = wire.sendSome(bytes, stall);
            sent += before - bytes.remaining();
            if (!whole || bytes.hasRemaining()) {
                return sent;
            }
        }
        return sent;
    }

    /** Reads bytes number {@code from} to {@code to} and compares each. */
    static void expect(Wire wire, long from, long to) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(BLOCK.length);
        for (long at = from; at < to; ) {
            ByteBuffer wanted = slice(at, to - at);
            buffer.clear().limit(wanted.remaining());
            if (!wire.readSome(buffer, "byte " + at + " of a body")) {
                throw wire.failure("saw the end after " + at + " bytes of a body");
            }
            buffer.flip();
            wanted.limit(buffer.remaining());
            int different = wanted.mismatch(buffer);
            if (different >= 0) {
                throw wire.failure("received a body that differs at byte " + (at + different));
            }
            at += buffer.remaining();
        }
    }

    /** Reads a chunked body of so many bytes to its end, trailers excluded, and compares each. */
    static void expectChunked(Wire wire, long count) throws IOException {
        long at = 0;
        for (long size = chunkSize(wire); size > 0; size = chunkSize(wire)) {
            expect(wire, at, at + size);
            at += size;
            wire.readThrough("\r\n");
        }
        if (at != count) {
            throw wire.failure("received a body of " + at + " bytes instead of " + count);
        }
    }

    private static long chunkSize(Wire wire) throws IOException {
        return Long.parseLong(wire.readThrough("\r\n").split("[;\r]")[0].strip(), 16);
    }
}
