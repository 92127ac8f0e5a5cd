package tinygate.relay;

import java.nio.ByteBuffer;
import tinygate.http.BodyScanner;
import tinygate.http.Framing;
import tinygate.http.HeadLimits;
import tinygate.http.RequestHead;
import tinygate.http.ResponseHead;
import tinygate.upstream.Pool;
import tinygate.upstream.Upstream;

/** One request and what has become of it so far; an exchange has one while it is not idle. */
final class Transaction {
    final RequestHead request;
    final ResponseHead response;
    final BodyScanner requestBody;
    final BodyScanner responseBody;

    Pool pool;
    Upstream upstream; // in use until it is released; null before and after
    boolean kept; // whether the upstream's connection had carried another exchange before
    boolean upgrade; // whether the client asked for another protocol
    boolean interimSent;
    boolean clientEndRelayed;
    boolean upstreamEndRelayed;
    boolean requestLost; // whether the upstream takes no more of the request
    int attempts;
    Framing framingForClient;
    boolean keepClient;
    int status; // what the client was sent, 0 for nothing yet
    long startNanos;

    private byte[] head = new byte[0];
    private int headBytes;

    Transaction(HeadLimits limits) {
        request = new RequestHead(limits);
        response = new ResponseHead(limits);
        requestBody = new BodyScanner(limits.bytes());
        responseBody = new BodyScanner(limits.bytes());
    }

    void begin(long nanoTime) {
        request.reset();
        requestBody.begin(Framing.NONE);
        pool = null;
        upstream = null;
        kept = false;
        upgrade = false;
        interimSent = false;
        clientEndRelayed = false;
        upstreamEndRelayed = false;
        requestLost = false;
        attempts = 0;
        framingForClient = Framing.NONE;
        keepClient = false;
        status = 0;
        startNanos = nanoTime;
    }

    /** Keeps the request's head as it is forwarded: it may have to be sent twice. */
    void saveHead(ByteBuffer written) {
        headBytes = written.remaining();
        if (head.length < headBytes) {
            head = new byte[headBytes];
        }
        written.get(head, 0, headBytes);
    }

    void restoreHead(ByteBuffer out) {
        out.clear().put(head, 0, headBytes).flip();
    }
}
