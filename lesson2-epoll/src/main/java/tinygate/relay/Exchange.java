package tinygate.relay;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import tinygate.Settings;
import tinygate.http.Framing;
import tinygate.http.HttpViolation;
import tinygate.http.Method;
import tinygate.proxy.Answer;
import tinygate.proxy.Errors;
import tinygate.proxy.Persistence;
import tinygate.proxy.Retry;
import tinygate.upstream.Upstream;

/**
 * One client connection and its upstream connection, as a state machine: the story of lesson 1's
 * worker, turned inside out. A driver calls the public methods when something has happened; each
 * writes down the fact, and {@link #advance} then does all that the facts allow.
 *
 * <p>Both directions flow at the same time ({@link Pipe}), and each side is read only while the
 * other takes what comes, so that memory stays bounded whatever the sizes.
 */
public final class Exchange {
    /** While more than this is unsent on one side, the other is not read. */
    private static final int HIGH_WATER_BYTES = 64 * 1024;

    private static final int FAREWELL_MILLIS = 1_000;

    private final RelayContext context;
    private final Driver driver;
    private final InetAddress clientAddress;
    private final Pipe fromClient;
    private final Pipe fromUpstream;

    private Phase phase = Phase.IDLE;
    private Transaction transaction; // null while idle
    private long deadlineNanos;
    private boolean clientMaySend; // in FAREWELL: whether bytes of the client may still come

    public Exchange(RelayContext context, Driver driver, InetAddress clientAddress) {
        this.context = context;
        this.driver = driver;
        this.clientAddress = clientAddress;
        fromClient = new Pipe(driver, Side.CLIENT);
        fromUpstream = new Pipe(driver, Side.UPSTREAM);
        wait(timeouts().headMillis());
        driver.read(Side.CLIENT, true);
    }

    // What has happened

    /** Bytes have arrived; the chunk belongs to the exchange now. */
    public void received(Side side, Chunk chunk) {
        if (phase == Phase.CLOSED || side == Side.UPSTREAM && !attached()) {
            chunk.release();
            return;
        }
        pipe(side).received(chunk);
        if (side == Side.CLIENT || phase != Phase.RESPONSE) {
            progress();
        }
        advance();
    }

    /** The other end of this side has sent its last byte. */
    public void ended(Side side) {
        if (side == Side.CLIENT || attached()) {
            pipe(side).end();
            advance();
        }
    }

    /** This side's connection broke: nothing can be received any more, nor sent. */
    public void broken(Side side) {
        if (side == Side.CLIENT) {
            abandon();
        } else if (phase == Phase.RESPONSE) {
            attemptFailed(true, answerBegun(), Errors.noResponse(transaction.upstream));
            advance();
        } else if (phase == Phase.RELAY) {
            breakOff();
            advance();
        } else if (phase == Phase.TUNNEL) {
            abandon();
        }
    }

    /** This side takes no more bytes; some may still come from it. */
    public void unsendable(Side side) {
        if (side == Side.CLIENT || phase == Phase.TUNNEL) {
            abandon();
        } else if (attached()) {
            // An upstream may answer early and close: what it said (413, say) can still be read.
            transaction.requestLost = true;
            advance();
        }
    }

    /** Some of what was unsent on this side has been sent. */
    public void sent(Side side) {
        if (phase != Phase.CLOSED) {
            if (side == Side.UPSTREAM || phase != Phase.RESPONSE) {
                progress();
            }
            advance();
        }
    }

    /** The connection that {@link Driver#connect} is opening is there. */
    public void connected() {
        if (phase == Phase.CONNECT) {
            context.stats.upstreamConnected();
            sendRequest();
            advance();
        }
    }

    /** The connection that {@link Driver#connect} is opening failed. */
    public void unreachable() {
        if (phase == Phase.CONNECT) {
            attemptFailed(false, false, Errors.cannotConnect(transaction.upstream));
            advance();
        }
    }

    /** The gate stops: see {@link RelayContext#drain}. */
    public void drain() {
        advance();
    }

    /** The time of {@link #deadlineNanos} has come. */
    public void deadlineReached() {
        switch (phase) {
            case IDLE, TUNNEL, FAREWELL -> abandon();
            case HEAD -> refuse(Errors.headTimedOut(timeouts().headMillis()));
            case CONNECT ->
                    attemptFailed(
                            false,
                            false,
                            Errors.connectTimedOut(
                                    transaction.upstream, timeouts().connectMillis()));
            case RESPONSE -> {
                if (requestFlows() && driver.unsent(Side.UPSTREAM) == 0) {
                    refuse(Errors.bodyTimedOut(timeouts().transferMillis()));
                } else {
                    attemptFailed(
                            true,
                            true,
                            Errors.responseTimedOut(transaction.upstream, responseMillis()));
                }
            }
            case RELAY -> breakOff();
            case CLOSED -> {}
        }
        advance();
    }

    /**
     * When to call {@link #deadlineReached}, as {@link System#nanoTime}; it may move at any call.
     */
    public long deadlineNanos() {
        return deadlineNanos;
    }

    public Phase phase() {
        return phase;
    }

    // What follows from it

    /** Goes from phase to phase as far as what has happened allows. */
    private void advance() {
        Phase before;
        do {
            before = phase;
            switch (phase) {
                case IDLE -> beginRequest();
                case HEAD -> readRequestHead();
                case CONNECT, CLOSED -> {}
                case RESPONSE -> {
                    relayRequestBody();
                    readResponseHead();
                }
                case RELAY -> {
                    relayRequestBody();
                    relayResponseBody();
                }
                case TUNNEL -> tunnel();
                case FAREWELL -> sayFarewell();
            }
        } while (phase != before);
        if (phase != Phase.CLOSED) {
            driver.read(Side.CLIENT, wantsClient());
            driver.read(Side.UPSTREAM, wantsUpstream());
        }
    }

    private boolean wantsClient() {
        return !fromClient.ended()
                && (fromClient.isEmpty() || phase == Phase.HEAD)
                && driver.unsent(Side.UPSTREAM) < HIGH_WATER_BYTES;
    }

    private boolean wantsUpstream() {
        return attached() && !fromUpstream.ended() && driver.unsent(Side.CLIENT) < HIGH_WATER_BYTES;
    }

    private void beginRequest() {
        if (!fromClient.isEmpty() && driver.unsent(Side.CLIENT) < HIGH_WATER_BYTES) {
            transaction = context.takeTransaction();
            enter(Phase.HEAD, timeouts().headMillis());
        } else if (fromClient.isEmpty() && (fromClient.ended() || context.draining())) {
            farewell(false);
        }
    }

    private void readRequestHead() {
        try {
            if (fromClient.parse(transaction.request)) {
                context.stats.exchangeStarted();
                decide();
            } else if (fromClient.ended()) {
                context.stats.exchangeStarted();
                abandon();
            }
        } catch (HttpViolation violation) {
            context.stats.exchangeStarted();
            refuse(violation);
        }
    }

    private void decide() {
        Transaction t = transaction;
        t.requestBody.begin(t.request.framing());
        t.upgrade = t.request.asksForUpgrade();
        t.pool = context.routes.poolFor(t.request.host());
        Answer own = context.rules.ownAnswers().answerTo(t.request);
        if (own == null && t.pool == null) {
            own = Errors.noRoute(t.request.host());
        }
        if (own == null) {
            ByteBuffer head = context.scratch.clear();
            String client = clientAddress.getHostAddress();
            context.rules.requestWriter().write(t.request, client, head);
            t.saveHead(head.flip());
        }
        fromClient.skip(t.request);
        if (own != null) {
            answer(own, t.request.framing().empty());
            return;
        }
        t.upstream = t.pool.acquire(clientAddress, null);
        if (t.upstream == null) {
            answer(Errors.noUpstream(), t.request.framing().empty());
        } else {
            connect();
        }
    }

    private void connect() {
        transaction.attempts++;
        fromUpstream.reset();
        transaction.kept = driver.connect(transaction.upstream, transaction.attempts == 1);
        if (transaction.kept) {
            sendRequest();
        } else {
            enter(Phase.CONNECT, timeouts().connectMillis());
        }
    }

    private void sendRequest() {
        transaction.response.reset(transaction.request.method());
        transaction.restoreHead(context.scratch);
        enter(Phase.RESPONSE, responseMillis());
        relayRequest(context.scratch);
    }

    private void relayRequestBody() {
        relayRequest(context.scratch.clear().limit(0));
    }

    private void relayRequest(ByteBuffer head) {
        Transaction t = transaction;
        try {
            if (t.requestLost) {
                fromClient.discardBody(t.requestBody);
            } else {
                fromClient.relay(head, t.requestBody, false);
            }
            context.rules.ownAnswers().checkSize(t.requestBody);
            if (fromClient.ended() && fromClient.isEmpty() && !t.requestBody.done()) {
                abandon(); // a request that will never be whole
            }
        } catch (HttpViolation violation) {
            if (phase == Phase.RESPONSE) {
                refuse(violation);
            } else {
                breakOff();
            }
        }
    }

    private void readResponseHead() {
        Transaction t = transaction;
        try {
            while (phase == Phase.RESPONSE && fromUpstream.parse(t.response)) {
                if (t.response.status() == 101) {
                    switchProtocols();
                } else if (t.response.interim()) {
                    relayInterim();
                } else {
                    relayHead();
                }
            }
        } catch (HttpViolation violation) {
            attemptFailed(true, true, Errors.badResponse(t.upstream, violation));
        }
        if (phase == Phase.RESPONSE && fromUpstream.ended()) {
            attemptFailed(true, answerBegun(), Errors.noResponse(t.upstream));
        }
    }

    private boolean answerBegun() {
        return transaction.interimSent || !fromUpstream.isEmpty();
    }

    private void relayInterim() {
        Transaction t = transaction;
        if (t.request.minorVersion() > 0) {
            ByteBuffer head = context.scratch.clear();
            context.rules.responseWriter().write(t.response, Framing.NONE, true, "", head);
            sendToClient(head.flip());
            t.interimSent = true;
        }
        fromUpstream.skip(t.response);
        t.response.reset(t.request.method());
    }

    private void relayHead() {
        Transaction t = transaction;
        t.upstream.succeeded();
        t.framingForClient = Persistence.framingForClient(t.request, t.response);
        t.keepClient =
                Persistence.keepClient(t.request, t.response, t.requestBody.done())
                        && !context.draining();
        ByteBuffer head = writeResponse();
        t.responseBody.begin(t.response.framing());
        fromUpstream.skip(t.response);
        try {
            fromUpstream.relay(head, t.responseBody, contentOnly());
            enter(Phase.RELAY, timeouts().transferMillis());
        } catch (HttpViolation violation) {
            if (head.position() == 0) { // not even the head was sent: there is still time to say so
                attemptFailed(true, true, Errors.badResponse(t.upstream, violation));
            } else {
                enter(Phase.RELAY, timeouts().transferMillis());
                breakOff();
            }
        }
    }

    private ByteBuffer writeResponse() {
        Transaction t = transaction;
        ByteBuffer head = context.scratch.clear();
        context.rules
                .responseWriter()
                .write(t.response, t.framingForClient, t.keepClient, context.date(), head);
        t.status = t.response.status();
        return head.flip();
    }

    private boolean contentOnly() {
        return transaction.framingForClient != transaction.response.framing();
    }

    private void relayResponseBody() {
        Transaction t = transaction;
        try {
            fromUpstream.relay(context.scratch.clear().limit(0), t.responseBody, contentOnly());
        } catch (HttpViolation violation) {
            breakOff();
            return;
        }
        boolean ended = fromUpstream.ended() && fromUpstream.isEmpty();
        if (t.responseBody.done() || ended && t.responseBody.doneAtClose()) {
            finishExchange();
        } else if (ended) {
            breakOff();
        }
    }

    private void finishExchange() {
        Transaction t = transaction;
        boolean requestDone = t.requestBody.done();
        boolean keepUpstream =
                Persistence.keepUpstream(t.response, requestDone && !t.requestLost)
                        && t.responseBody.done()
                        && fromUpstream.isEmpty()
                        && !fromUpstream.ended()
                        && driver.unsent(Side.UPSTREAM) == 0;
        if (keepUpstream) {
            driver.keepUpstream();
        } else {
            driver.close(Side.UPSTREAM);
        }
        fromUpstream.reset();
        boolean keepClient = t.keepClient;
        endTransaction();
        if (keepClient) {
            enter(Phase.IDLE, timeouts().idleMillis());
        } else {
            farewell(!requestDone);
        }
    }

    private void endTransaction() {
        Transaction t = transaction;
        if (t.upstream != null) {
            t.upstream.release();
            t.upstream = null;
        }
        context.stats.exchangeFinished(t.status);
        context.giveBack(t);
        transaction = null;
    }

    private void switchProtocols() {
        Transaction t = transaction;
        if (!t.upgrade) {
            attemptFailed(true, true, Errors.unaskedUpgrade(t.upstream));
            return;
        }
        t.upstream.succeeded();
        sendToClient(writeResponse());
        fromUpstream.skip(t.response);
        enter(Phase.TUNNEL, timeouts().tunnelIdleMillis());
    }

    /** Bytes flow both ways as they come, and each side's end is passed on to the other. */
    private void tunnel() {
        fromClient.relayRaw();
        fromUpstream.relayRaw();
        if (fromClient.ended() && !transaction.clientEndRelayed) {
            transaction.clientEndRelayed = true;
            driver.finish(Side.UPSTREAM);
        }
        if (fromUpstream.ended() && !transaction.upstreamEndRelayed) {
            transaction.upstreamEndRelayed = true;
            driver.finish(Side.CLIENT);
        }
        if (fromClient.ended()
                && fromUpstream.ended()
                && driver.unsent(Side.CLIENT) == 0
                && driver.unsent(Side.UPSTREAM) == 0) {
            abandon();
        }
    }

    // When something goes wrong

    /** The client broke a rule or a limit; what it sends from now on cannot be understood. */
    private void refuse(HttpViolation violation) {
        answer(Errors.badRequest(violation), false);
    }

    /**
     * Answers the client itself.
     *
     * @param reusable whether the client's next byte begins a new request
     */
    private void answer(Answer answer, boolean reusable) {
        Transaction t = transaction;
        if (attached()) {
            driver.close(Side.UPSTREAM);
            fromUpstream.reset();
        }
        boolean keepClient = reusable && t.request.keepAlive() && !context.draining();
        ByteBuffer out = context.scratch.clear();
        answer.write(out, keepClient, t.request.method() == Method.HEAD, context.date());
        sendToClient(out.flip());
        t.status = answer.status();
        endTransaction();
        if (keepClient) {
            enter(Phase.IDLE, timeouts().idleMillis());
        } else {
            farewell(!reusable);
        }
    }

    private void sendToClient(ByteBuffer bytes) {
        Chunk chunk = driver.newChunk();
        chunk.append(bytes);
        driver.send(Side.CLIENT, chunk);
    }

    /**
     * An attempt failed before the client was sent any final response: the request may go to
     * another upstream, or once more to the same one if only a kept connection to it was stale.
     *
     * @param sent whether a byte of the request may have reached the upstream
     * @param answered whether waiting for its answer is over for good
     * @param answer what the client is told if nothing else helps
     */
    private void attemptFailed(boolean sent, boolean answered, Answer answer) {
        Transaction t = transaction;
        boolean stale = t.kept && sent && !answered;
        if (!stale) {
            failed(t.upstream);
        }
        driver.close(Side.UPSTREAM);
        fromUpstream.reset();
        Upstream tried = t.upstream;
        tried.release();
        t.upstream = null;
        if (Retry.allowed(t.request, t.attempts, sent, answered)) {
            t.upstream = t.pool.acquire(clientAddress, tried);
            if (t.upstream == null && stale) {
                t.upstream = t.pool.acquire(clientAddress, null);
            }
        }
        if (t.upstream != null) {
            context.stats.retried();
            connect();
        } else {
            answer(answer, t.requestBody.done());
        }
    }

    private void failed(Upstream upstream) {
        upstream.failed();
        context.stats.upstreamFailed();
    }

    /** Ends a response in its middle, so that the client cannot take it for the whole. */
    private void breakOff() {
        Transaction t = transaction;
        failed(t.upstream);
        t.status = 0;
        if (t.framingForClient.kind() == Framing.Kind.UNTIL_CLOSE) {
            driver.abort(Side.CLIENT);
            abandon();
        } else {
            driver.close(Side.UPSTREAM);
            fromUpstream.reset();
            endTransaction();
            farewell(true);
        }
    }

    /**
     * Closes the client's connection once it has taken all that was given for it.
     *
     * @param clientMaySend whether more bytes of it may be under way: a close while bytes are
     *     unread sends a reset, which can destroy the last answer (RFC 9112, section 9.6), so they
     *     are read for a while and thrown away
     */
    private void farewell(boolean clientMaySend) {
        this.clientMaySend = clientMaySend || !fromClient.isEmpty();
        if (this.clientMaySend) {
            driver.finish(Side.CLIENT);
        }
        enter(Phase.FAREWELL, farewellMillis());
    }

    private void sayFarewell() {
        fromClient.discard();
        boolean allSent = driver.unsent(Side.CLIENT) == 0;
        if (allSent && (fromClient.ended() || !clientMaySend)) {
            abandon();
        }
    }

    /** Closes both connections at once and forgets all. */
    private void abandon() {
        if (attached() || phase == Phase.CONNECT) {
            driver.close(Side.UPSTREAM);
        }
        if (transaction != null) {
            endTransaction();
        }
        fromClient.reset();
        fromUpstream.reset();
        driver.close(Side.CLIENT);
        phase = phase.to(Phase.CLOSED);
    }

    // Where it stands, and until when

    private void enter(Phase next, int millis) {
        phase = phase.to(next);
        wait(millis);
    }

    private void wait(int millis) {
        deadlineNanos = context.after(millis);
    }

    /** Bytes have moved: in the phases that last as long as they do, the wait begins anew. */
    private void progress() {
        switch (phase) {
            case RESPONSE -> wait(responseMillis());
            case RELAY -> wait(timeouts().transferMillis());
            case TUNNEL -> wait(timeouts().tunnelIdleMillis());
            case FAREWELL -> wait(farewellMillis());
            default -> {}
        }
    }

    private int responseMillis() {
        return requestFlows() ? timeouts().transferMillis() : timeouts().responseMillis();
    }

    private int farewellMillis() {
        return driver.unsent(Side.CLIENT) > 0 ? timeouts().transferMillis() : FAREWELL_MILLIS;
    }

    private boolean requestFlows() {
        return !transaction.requestBody.done() || driver.unsent(Side.UPSTREAM) > 0;
    }

    private boolean attached() {
        return phase == Phase.RESPONSE || phase == Phase.RELAY || phase == Phase.TUNNEL;
    }

    private Pipe pipe(Side side) {
        return side == Side.CLIENT ? fromClient : fromUpstream;
    }

    private Settings.Timeouts timeouts() {
        return context.settings.timeouts();
    }
}
