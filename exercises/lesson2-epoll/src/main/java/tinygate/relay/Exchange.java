package tinygate.relay;

import java.net.InetAddress;
import tinygate.kit.NotDoneYet;
import tinygate.proxy.RequestWriter;

/**
 * A client connection's whole life, from one request to the next, with the upstream connection of
 * the moment, as a state machine: the story of lesson 1's worker, turned inside out. (Elsewhere in
 * the gate, one request with its response is called an exchange; that is a {@link Transaction}
 * here.) A driver calls the public methods when something has happened; each writes down the fact,
 * and {@link #advance} then does all that the facts allow. What concerns one request and its
 * response is in {@link Transaction}, how long to wait in {@link Deadlines}; here is what concerns
 * the connections: which side is read, when they close.
 *
 * <p>Both directions flow at the same time ({@link Pipe}), and each side is read only while the
 * other takes what comes, so that memory stays bounded whatever the sizes.
 */
public final class Exchange {
    final RelayContext context;
    final Driver driver;
    final InetAddress clientAddress;
    final String clientText;
    final Pipe fromClient;
    final Pipe fromUpstream;
    final Deadlines deadlines;

    private Phase phase = Phase.IDLE;
    private Transaction transaction; // from HEAD to TUNNEL; null in the other phases
    private boolean clientMaySend; // in FAREWELL: whether bytes of the client may still come
    boolean closeIsEnd; // whether the client takes a close for the end of its response

    /** An exchange on a client connection that was just accepted. */
    public Exchange(RelayContext context, Driver driver, InetAddress clientAddress) {
        this.context = context;
        this.driver = driver;
        this.clientAddress = clientAddress;
        this.clientText = RequestWriter.clientText(clientAddress);
        fromClient = new Pipe(driver, Side.CLIENT, context.highWaterBytes);
        fromUpstream = new Pipe(driver, Side.UPSTREAM, context.highWaterBytes);
        deadlines = new Deadlines(context, driver);
    }

    // What has happened

    /** Bytes have arrived; the chunk belongs to the exchange now. */
    public void received(Side side, Chunk chunk) {
        if (phase == Phase.CLOSED || side == Side.UPSTREAM && !attached()) {
            chunk.release();
            return;
        }
        pipe(side).received(chunk);
        deadlines.moved(phase, side);
        advance();
    }

    /** Some of what was unsent on this side has been sent. */
    public void sent(Side side) {
        deadlines.moved(phase, side.other());
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
        } else if (attached()) {
            transaction.upstreamBroke();
        }
        advance();
    }

    /** This side takes no more bytes, perhaps by a reset (ECONNRESET); some may still come. */
    public void unsendable(Side side, boolean reset) {
        if (side == Side.CLIENT) {
            abandon();
        } else if (attached()) {
            transaction.upstreamTakesNoMore(reset);
        }
        advance();
    }

    /**
     * The connection that {@link Driver#connect} has not given at once is there.
     *
     * @param kept whether it is one that was kept after all
     */
    public void connected(boolean kept) {
        if (phase == Phase.CONNECT) {
            transaction.connected(kept);
            enter(Phase.RESPONSE);
            advance();
        }
    }

    /**
     * The connection that {@link Driver#connect} is opening failed.
     *
     * @param ours whether this machine is to blame and not the upstream
     */
    public void unreachable(boolean ours) {
        if (phase == Phase.CONNECT) {
            transaction.unreachable(ours);
            advance();
        }
    }

    /** The gate has too many connections: this one is answered 503 at once, and closed. */
    public void refuse() {
        transaction = context.takeTransaction(this);
        enter(Phase.HEAD);
        transaction.overloaded();
        advance();
    }

    /** The gate stops (see {@link RelayContext#drain}): an idle exchange closes. */
    public void drain() {
        advance();
    }

    /** The time of {@link #deadlineNanos} has come. */
    public void deadlineReached() {
        if (transaction == null) {
            abandon();
        } else {
            transaction.timedOut();
        }
        advance();
    }

    /** When to call {@link #deadlineReached}, as {@link System#nanoTime}; any call may move it. */
    public long deadlineNanos() {
        return deadlines.nanoTime();
    }

    public Phase phase() {
        return phase;
    }

    // What follows from it

    /** Goes from phase to phase as far as what has happened allows. */
    private void advance() {
        Phase before;
        do {
            endTransactionThatIsOver();
            before = phase;
            switch (phase) {
                case IDLE -> beginRequest();
                case HEAD -> transaction.readRequestHead();
                case CONNECT, CLOSED -> {}
                case RESPONSE -> transaction.awaitResponse();
                case RELAY -> transaction.relayBodies();
                case TUNNEL -> transaction.relayTunnel();
                case FAREWELL -> sayFarewell();
            }
        } while (phase != before);
        if (phase != Phase.CLOSED) {
            driver.read(Side.CLIENT, wantsClient());
            driver.read(Side.UPSTREAM, wantsUpstream());
        }
    }

    /**
     * Whether bytes of the client are wanted: not after its end, and not while the upstream does
     * not take those before. Nor while something is here that cannot be used yet, such as the next
     * request of a pipeline; but in the phase HEAD more is needed of what is here.
     */
    private boolean wantsClient() {
        throw new NotDoneYet("2.4", "Exchange.wantsClient");
    }

    /**
     * Whether bytes of the upstream are wanted: if there is a connection to it ({@link #attached}),
     * not after its end, and not while the client does not take those before. Unlike the client's,
     * what is here already never stops the reading: it may be a part of the response's head.
     */
    private boolean wantsUpstream() {
        throw new NotDoneYet("2.4", "Exchange.wantsUpstream");
    }

    /**
     * Begins with the next request if there is one, and if the client has taken the last answer.
     */
    private void beginRequest() {
        if (!fromClient.isEmpty()) {
            if (fromUpstream.drains()) {
                transaction = context.takeTransaction(this);
                enter(Phase.HEAD);
            }
        } else if (fromClient.ended() || context.draining()) {
            farewell(false);
        }
    }

    /**
     * The transaction has sent its response, or its last answer. It is given back later, when none
     * of its methods runs any more.
     *
     * @param keepClient whether the client's connection lives on
     * @param clientIsDone whether no more bytes of the client are to be expected
     */
    void transactionEnded(boolean keepClient, boolean clientIsDone) {
        if (keepClient) {
            enter(Phase.IDLE);
        } else {
            farewell(!clientIsDone);
        }
    }

    private void endTransactionThatIsOver() {
        boolean over = phase == Phase.IDLE || phase == Phase.FAREWELL || phase == Phase.CLOSED;
        if (over && transaction != null) {
            transaction.end();
            context.giveBack(transaction);
            transaction = null;
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
        enter(Phase.FAREWELL);
    }

    private void sayFarewell() {
        fromClient.discard();
        if (driver.unsent(Side.CLIENT) == 0 && (fromClient.ended() || !clientMaySend)) {
            abandon();
        }
    }

    /** Closes both connections at once; a response that is cut must not look whole. */
    void abandon() {
        if (phase == Phase.CLOSED) {
            return;
        }
        closeUpstream();
        fromClient.reset();
        boolean whole = phase == Phase.FAREWELL && driver.unsent(Side.CLIENT) == 0;
        if (closeIsEnd && !whole) {
            driver.abort(Side.CLIENT);
        } else {
            driver.close(Side.CLIENT);
        }
        phase = phase.to(Phase.CLOSED);
    }

    void closeUpstream() {
        fromUpstream.reset();
        driver.close(Side.UPSTREAM);
    }

    /** Goes to another phase, whose wait begins. */
    void enter(Phase next) {
        phase = phase.to(next);
        deadlines.entered(next);
    }

    /** Whether the driver has a connection to the upstream for this exchange. */
    boolean attached() {
        return phase == Phase.RESPONSE || phase == Phase.RELAY || phase == Phase.TUNNEL;
    }

    private Pipe pipe(Side side) {
        return side == Side.CLIENT ? fromClient : fromUpstream;
    }
}
