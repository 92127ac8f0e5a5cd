package tinygate.workers;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.Iterator;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/**
 * One thread that looks at the clock for all workers: it cuts the waits that last too long, so they
 * end up to {@link #TICK_MILLIS} late. It also sees off the connections that were refused.
 */
final class Watchdog implements Runnable {
    static final int TICK_MILLIS = 20;

    /** How many refused clients linger at once. */
    static final int MOST_FAREWELLS = 256;

    private static final long FAREWELL_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final List<Deadline> deadlines = new CopyOnWriteArrayList<>();
    private final Queue<Farewell> farewells = new ArrayBlockingQueue<>(MOST_FAREWELLS);
    private final ByteBuffer waste = ByteBuffer.allocateDirect(4096);
    private volatile boolean draining;

    private record Farewell(SocketChannel channel, long atNanos) {}

    void watch(Deadline deadline) {
        deadlines.add(deadline);
    }

    /** From now on nobody waits for a next request. */
    void drain() {
        draining = true;
    }

    /**
     * Closes a channel whose last answer was just written, but not at once: a close while bytes of
     * the client are still unread sends a reset, which can destroy the answer on its way (RFC 9112,
     * section 9.6). Beyond {@link #MOST_FAREWELLS} it is closed at once: a crowd at the door must
     * not take all descriptors.
     */
    void sayFarewell(SocketChannel channel) throws IOException {
        channel.configureBlocking(false);
        channel.shutdownOutput();
        if (!farewells.offer(new Farewell(channel, System.nanoTime() + FAREWELL_NANOS))) {
            channel.close();
        }
    }

    @Override
    public void run() {
        try {
            while (true) {
                Thread.sleep(TICK_MILLIS);
                long now = System.nanoTime();
                for (Deadline deadline : deadlines) {
                    deadline.cutIfOver(now, draining);
                }
                seeOff(now);
            }
        } catch (InterruptedException e) {
            farewells.forEach(farewell -> Wire.closeQuietly(farewell.channel));
        }
    }

    private void seeOff(long now) {
        for (Iterator<Farewell> i = farewells.iterator(); i.hasNext(); ) {
            Farewell farewell = i.next();
            if (now - farewell.atNanos >= 0 || clientIsGone(farewell.channel)) {
                i.remove();
                Wire.closeQuietly(farewell.channel);
            }
        }
    }

    private boolean clientIsGone(SocketChannel channel) {
        try {
            return channel.read(waste.clear()) < 0;
        } catch (IOException e) {
            return true;
        }
    }
}
