package tinygate.relay;

import tinygate.upstream.Upstream;

// tag::driver[]
/**
 * What an {@link Exchange} asks of the I/O. A driver never calls its exchange from inside one of
 * these calls; what follows from them it tells later, when the exchange has returned. Of a side
 * that was closed, aborted or given to be kept it tells nothing any more.
 */
public interface Driver {

    /**
     * An empty chunk, which now belongs to the exchange. There always is one: a driver whose
     * receive buffers are bounded (a ring's) keeps others for the heads that an exchange writes.
     * Only the process itself can be out of memory, of whatever kind. That costs the connection
     * that needed it, and not the loop with all that it serves:
     *
     * @throws OutOfMemoryError then. It passes through the exchange, which stands anywhere after
     *     that, to the driver, who catches it wherever it tells the exchange something: all it can
     *     tell it then is {@link Exchange#broken} of the client
     */
    Chunk newChunk();

    /**
     * Gets a connection to an upstream. One that was kept must be as it was left: bytes or an end
     * that came on it meanwhile would be taken for the answer to what is sent next, so the driver
     * closes it when it hears of them, and hands it out only while no event of it waits in the
     * batch that is being worked off. What is still on its way then nobody can know.
     *
     * @param mayBeKept whether one that was kept from an earlier exchange will do
     * @return true if a kept one is there, and bytes may be sent at once; false if the outcome
     *     comes as {@link Exchange#connected} or {@link Exchange#unreachable}: a new one is being
     *     opened, or the driver must work off its batch before it can choose
     */
    boolean connect(Upstream upstream, boolean mayBeKept);

    /**
     * Says whether bytes of this side are wanted; those of a new connection are, until this is
     * called. Some may come all the same, while the wish is on its way to the kernel: the exchange
     * takes them all, so what may be under way is for the driver to bound.
     */
    void read(Side side, boolean wanted);

    /**
     * Sends a chunk behind all that was given before; the chunk belongs to the driver now. If the
     * connection takes no more, the chunk is dropped, and {@link Exchange#unsendable} follows, with
     * whether the kernel gave ECONNRESET as the reason: it tells of a reset once, and a receive
     * that comes later sees an end. (EPIPE is what it tells of a reset that came behind an end.)
     */
    void send(Side side, Chunk chunk);

    /**
     * How many bytes were given for this side and are not sent yet; 0 without a connection, and
     * after {@link Exchange#unsendable}. A driver that cannot tell them counts what it holds in
     * memory for them. An exchange keeps an upstream's connection only if this is 0 when the
     * response ends, so a completion that comes later than the response costs the connection.
     */
    long unsent(Side side);

    /**
     * Ends the sending direction when all that was given has been sent (FIN). Does nothing the
     * second time.
     */
    void finish(Side side);

    /** Closes at once, whatever is unsent. Does nothing if there is no connection. */
    void close(Side side);

    /** As close, with a reset, so that nobody takes what was sent for the whole. */
    void abort(Side side);

    /**
     * Keeps the upstream's connection for a later exchange; it has nothing to do with this now.
     * Nothing is unsent on it. Whatever comes on it until it is handed out again, bytes or an end,
     * means that it is to be closed.
     */
    void keepUpstream();
}
// end::driver[]
