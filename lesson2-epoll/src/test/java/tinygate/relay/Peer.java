package tinygate.relay;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import tinygate.upstream.Upstream;

/** The other end of one of the gate's connections: a client or an upstream, played by a test. */
final class Peer {
    /** How the gate's connection to this peer is. */
    enum Gate {
        OPEN,
        FINISHED,
        CLOSED,
        RESET
    }

    final Upstream upstream; // null for a client
    private final ByteLog toGate = new ByteLog();
    private final ByteLog fromGate = new ByteLog();
    private int delivered; // of toGate
    private int taken; // of fromGate
    private long window = Long.MAX_VALUE;
    private boolean ended;
    private boolean reset;
    private boolean deaf;
    private boolean resetBeforeItsEnd;
    private Gate gate = Gate.OPEN;

    Peer(Upstream upstream) {
        this.upstream = upstream;
    }

    // What a test lets it do

    void sends(String bytes) {
        sends(bytes.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Sends bytes, unless it has sent a FIN or RST before. */
    void sends(byte[] bytes) {
        if (!ended && !reset) {
            toGate.writeBytes(bytes);
        }
    }

    /** Sends a FIN. */
    void ends() {
        ended = true;
    }

    /** Sends a RST; what it has sent before still arrives. */
    void resets() {
        reset = true;
        deaf = true;
    }

    /** Answers what it is sent with a RST, but that is noticed only by sending. */
    void goesDeaf() {
        deaf = true;
    }

    /** Sends a RST, but that is noticed only by sending; who receives then sees an end. */
    void resetsWhoSends() {
        deaf = true;
        resetBeforeItsEnd = !ended;
        ended = true;
    }

    /** Takes only so many more bytes. */
    void takesOnly(long bytes) {
        window = bytes;
    }

    /** What it got since it was asked last. */
    String got() {
        byte[] all = fromGate.toByteArray();
        String text = new String(all, taken, all.length - taken, StandardCharsets.ISO_8859_1);
        taken = all.length;
        return text;
    }

    String gotAll() {
        return fromGate.toString(StandardCharsets.ISO_8859_1);
    }

    int gotBytes() {
        return fromGate.size();
    }

    Gate gate() {
        return gate;
    }

    // What the kernel between them does

    boolean hasBytes() {
        return delivered < toGate.size();
    }

    int available() {
        return toGate.size() - delivered;
    }

    void deliver(ByteBuffer out, int count) {
        toGate.copyTo(out, delivered, count);
        delivered += count;
    }

    int takes(int most) {
        return (int) Math.min(most, window);
    }

    void receives(byte[] bytes) {
        fromGate.writeBytes(bytes);
        window -= bytes.length;
    }

    boolean ended() {
        return ended;
    }

    boolean isReset() {
        return reset;
    }

    boolean deaf() {
        return deaf;
    }

    /** Whether sending tells ECONNRESET; behind a FIN it tells EPIPE. */
    boolean resetBeforeItsEnd() {
        return resetBeforeItsEnd;
    }

    /** The gate's end of the connection has changed. */
    void sees(Gate next) {
        gate = next;
    }
}
