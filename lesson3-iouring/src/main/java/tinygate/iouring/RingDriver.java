package tinygate.iouring;

import java.net.InetAddress;
import tinygate.linux.Errno;
import tinygate.loop.LoopDriver;
import tinygate.loop.NativeChunks.NativeChunk;
import tinygate.relay.Admission;
import tinygate.relay.Exchange;
import tinygate.upstream.Upstream;

/**
 * Tells one {@link Exchange} what the ring has done on its two {@link RingConnection}s. Compare
 * with lesson 2's driver: nothing is tried here, it has all happened already.
 */
final class RingDriver extends LoopDriver<RingConnection> {
    private final RingLoop loop;

    RingDriver(RingLoop loop, InetAddress clientAddress, Admission.Verdict verdict) {
        super(loop, clientAddress, verdict);
        this.loop = loop;
    }

    void connectCompleted(int result) {
        connecting = false;
        if (result == 0) {
            exchange.connected(false);
        } else {
            exchange.unreachable(Errno.ranOut(result));
        }
        settle();
    }

    void received(RingConnection connection, NativeChunk chunk) {
        exchange.received(connection.side, chunk);
        settle();
    }

    void ended(RingConnection connection) {
        if (connection.sendMetReset()) {
            exchange.broken(connection.side);
        } else {
            exchange.ended(connection.side);
        }
        settle();
    }

    void broken(RingConnection connection) {
        exchange.broken(connection.side);
        settle();
    }

    void sendCompleted(RingConnection connection, int result) {
        if (result < 0) {
            exchange.unsendable(connection.side, Errno.ECONNRESET.is(result));
        } else {
            exchange.sent(connection.side);
        }
        settle();
    }

    @Override
    protected void use(RingConnection connection) {
        connection.use(this);
    }

    @Override
    protected RingConnection open(Upstream server) {
        return loop.connect(server, this);
    }
}
