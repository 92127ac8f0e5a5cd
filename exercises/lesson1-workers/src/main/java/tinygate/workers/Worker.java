package tinygate.workers;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import tinygate.http.HttpViolation;
import tinygate.http.Method;
import tinygate.http.RequestHead;
import tinygate.kit.NotDoneYet;
import tinygate.observe.AccessLog;
import tinygate.proxy.Answer;
import tinygate.proxy.Errors;
import tinygate.proxy.HttpDate;
import tinygate.proxy.Persistence;
import tinygate.proxy.RequestWriter;
import tinygate.upstream.Pool;

/**
 * Serves one client connection at a time, from its first byte to its last, and everything happens
 * one after the other: read a request, decide, let the {@link Forwarder} get the response from an
 * upstream, and again. Every call may block, and while it does the whole thread waits.
 */
final class Worker {
    /** A body of 64 KiB comes in few reads; a head must fit too. */
    private static final int BUFFER_BYTES = 64 * 1024;

    private final WorkersGate gate;
    private final Deadline deadline = new Deadline();
    private final ByteBuffer clientIn;
    private final ByteBuffer out;
    private final RequestHead request;
    private final Forwarder forwarder;
    private final HttpDate date = new HttpDate();

    private Wire client;
    private InetAddress clientAddress;
    private int status; // what the client was sent in this exchange, 0 for nothing yet
    private long bodyBytes; // likewise

    Worker(WorkersGate gate) {
        this.gate = gate;
        int headBytes = gate.settings().limits().headBytes();
        int inBytes = Math.max(BUFFER_BYTES, headBytes);
        clientIn = ByteBuffer.allocateDirect(inBytes);
        out = ByteBuffer.allocateDirect(RequestWriter.mostHeadBytes(headBytes));
        request = new RequestHead(gate.rules().headLimits());
        ByteBuffer upstreamIn = ByteBuffer.allocateDirect(inBytes);
        forwarder = new Forwarder(gate, request, upstreamIn, out, deadline, date);
        gate.watchdog().watch(deadline);
    }

    /**
     * Serves a connection to its end: one exchange after the other, as long as another may follow.
     * The client has the time for a head to begin its first request, and the idle time for each
     * later one. However it ends, by any exception too, the connection is closed and the gate knows
     * that it is gone.
     */
    void serve(SocketChannel channel) {
        throw new NotDoneYet("1.6", "Worker.serve");
    }

    /**
     * Serves one request.
     *
     * @param idleMillis how long to wait for its first byte
     * @return whether another may follow on this connection
     */
    private boolean exchange(int idleMillis) throws WireFailure {
        status = 0;
        bodyBytes = 0;
        forwarder.reset();
        HttpViolation malformed = null;
        try {
            if (!readHead(idleMillis)) {
                return false;
            }
        } catch (HttpViolation e) {
            malformed = e;
        }
        gate.stats().exchangeStarted();
        AccessLog.Begun begun = gate.accessLog() == null ? null : begun(malformed == null);
        try {
            return malformed == null ? respond() : answer(Errors.badRequest(malformed), false);
        } finally {
            gate.stats().exchangeFinished(status);
            if (begun != null) {
                gate.accessLog().write(begun.end(status, bodyBytes, forwarder.upstream()));
            }
        }
    }

    private AccessLog.Begun begun(boolean wellFormed) {
        return new AccessLog.Begun(
                RequestWriter.clientText(clientAddress), wellFormed ? request : null);
    }

    /**
     * Waits for a request's head, first for its beginning, then for the rest.
     *
     * @return false if the client, or a gate that drains, wants no further request
     */
    private boolean readHead(int idleMillis) throws WireFailure, HttpViolation {
        request.reset();
        boolean begun = client.in.hasRemaining();
        Deadline.Wait wait = begun ? Deadline.Wait.READ : Deadline.Wait.IDLE;
        int limitMillis = begun ? gate.settings().timeouts().headMillis() : idleMillis;
        long atNanos = Wire.after(limitMillis);
        while (!request.parse(client.in)) {
            try {
                if (!client.receive(wait, atNanos)) {
                    return false;
                }
            } catch (WireFailure e) {
                if (e.timedOut() && wait == Deadline.Wait.READ) {
                    throw Errors.headTimedOut(limitMillis);
                }
                throw e;
            }
            if (wait == Deadline.Wait.IDLE) {
                wait = Deadline.Wait.READ;
                limitMillis = gate.settings().timeouts().headMillis();
                atNanos = Wire.after(limitMillis);
            }
        }
        return true;
    }

    /**
     * Answers a request whose head is complete: itself, or with what an upstream says. The head is
     * done with then, so that the body, or the next request, is what comes next in the buffer. If
     * the connection ends while the client may still send, because it asked for no close or its
     * request was not read to the end, it lingers.
     *
     * @return whether the connection lives on
     */
    private boolean respond() throws WireFailure {
        throw new NotDoneYet("1.6", "Worker.respond");
    }

    /**
     * Sends an answer of the gate's own.
     *
     * @param reusable whether the next byte of the client begins a new request
     * @return whether the connection lives on
     */
    private boolean answer(Answer answer, boolean reusable) throws WireFailure {
        boolean keepAlive = reusable && request.keepAlive() && !gate.draining();
        answer.write(
                out.clear(),
                keepAlive,
                request.method() == Method.HEAD,
                date.at(System.currentTimeMillis()));
        status = answer.status();
        bodyBytes = answer.content().length();
        client.send(out.flip(), gate.settings().timeouts().transferMillis());
        if (!keepAlive) {
            client.linger();
        }
        return keepAlive;
    }

    /** Ends for good: closes what it keeps. */
    void close() {
        forwarder.close();
    }
}
