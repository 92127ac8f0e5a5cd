package tinygate.relay;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;
import tinygate.Settings;
import tinygate.http.FieldsPool;
import tinygate.observe.AccessLog;
import tinygate.observe.Stats;
import tinygate.proxy.HttpDate;
import tinygate.proxy.RequestWriter;
import tinygate.proxy.Rules;
import tinygate.upstream.Routes;

/**
 * What all exchanges of one event loop share: the rules, the loop's clock, and memory that is
 * needed only for a moment. Used by the loop's thread alone.
 */
public final class RelayContext {
    /**
     * So many free transactions are kept for the next requests: seldom do more end in one turn of a
     * busy loop, to be wanted again in the next. What a rush needed beyond is given up behind it.
     */
    private static final int MOST_FREE_TRANSACTIONS = 256;

    /** A high water mark that a fast connection does not run dry below. */
    private static final int LEAST_HIGH_WATER_BYTES = 64 * 1024;

    final Settings settings;
    final Rules rules;
    final Routes routes;
    final Stats stats;
    final AccessLog accessLog; // null if exchanges are not logged
    final int highWaterBytes;
    private final int chunkBytes;

    /** Where a head is written before it finds its place in a chunk. */
    final ByteBuffer scratch;

    /** Where heads have the tables of their fields from. */
    final FieldsPool fieldsPool;

    private final ArrayDeque<Transaction> transactions = new ArrayDeque<>();
    private final HttpDate date = new HttpDate();
    private int underWay;
    private long nanoTime;
    private long epochMillis;
    private volatile boolean draining;

    /**
     * @param wantedChunkBytes the capacity that the driver would give its chunks, see {@link
     *     #chunkBytes}
     */
    public RelayContext(
            Settings settings, Rules rules, Routes routes, Stats stats, int wantedChunkBytes) {
        this.settings = settings;
        this.rules = rules;
        this.fieldsPool = new FieldsPool(rules.headLimits());
        this.routes = routes;
        this.stats = stats;
        this.accessLog = settings.accessLog() ? new AccessLog() : null;
        this.chunkBytes = Math.max(wantedChunkBytes, leastChunkBytes(settings));
        this.highWaterBytes = Math.max(LEAST_HIGH_WATER_BYTES, 2 * chunkBytes);
        this.scratch =
                ByteBuffer.allocateDirect(RequestWriter.mostHeadBytes(rules.headLimits().bytes()));
    }

    /**
     * The capacity of the driver's chunks. Two of them may be unsent on a connection before the
     * other one is not read any more.
     */
    public int chunkBytes() {
        return chunkBytes;
    }

    /** The least capacity of a driver's chunks: any head fits behind the head-room. */
    public static int leastChunkBytes(Settings settings) {
        return Chunk.HEAD_ROOM + RequestWriter.mostHeadBytes(settings.limits().headBytes());
    }

    /**
     * Sets the clock; a loop does it once a turn, before it tells of events.
     *
     * @param nanoTime as {@link System#nanoTime}
     * @param epochMillis as {@link System#currentTimeMillis}
     */
    public void setTime(long nanoTime, long epochMillis) {
        this.nanoTime = nanoTime;
        this.epochMillis = epochMillis;
    }

    /** From now on no connection outlives its exchange; may be called from any thread. */
    public void drain() {
        draining = true;
    }

    boolean draining() {
        return draining;
    }

    /** The time that was set last. */
    public long nanoTime() {
        return nanoTime;
    }

    /** How many requests are under way, from their first byte to the last of their response. */
    public int underWay() {
        return underWay;
    }

    long after(int millis) {
        return nanoTime + TimeUnit.MILLISECONDS.toNanos(millis);
    }

    String date() {
        return date.at(epochMillis);
    }

    /** The scratch buffer, empty: for what has no head in front of it. */
    ByteBuffer noHead() {
        return scratch.clear().limit(0);
    }

    Transaction takeTransaction(Exchange exchange) {
        Transaction free = transactions.pollLast();
        Transaction transaction = free != null ? free : new Transaction(this);
        transaction.begin(exchange);
        underWay++;
        return transaction;
    }

    void giveBack(Transaction transaction) {
        underWay--;
        if (transactions.size() < MOST_FREE_TRANSACTIONS) {
            transactions.addLast(transaction);
        }
    }
}
