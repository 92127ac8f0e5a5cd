package tinygate.workers;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * One thread that looks at the clock for all workers: it cuts the waits that last too long, so they
 * end up to {@link #TICK_MILLIS} late. It also sees off the connections that were refused.
 */
final class Watchdog implements Runnable {
    static final int TICK_MILLIS = 20;
    private static final int MOST_FAREWELLS = 256;
    private static final long FAREWELL_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final List<Deadline> deadlines = new CopyOnWriteArrayList<>();
    private final Semaphore places = new Semaphore(MOST_FAREWELLS); // for farewells
    private final BlockingQueue<Farewell> arrivals = new ArrayBlockingQueue<>(MOST_FAREWELLS);
    private final Queue<Farewell> farewells = new ArrayDeque<>();
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
     * section 9.6). Each holds a descriptor meanwhile, so there is room for {@link #MOST_FAREWELLS}
     * at a time; whoever comes beyond is closed at once.
     */
    void sayFarewell(SocketChannel channel) throws IOException {
        channel.configureBlocking(false);
        channel.shutdownOutput();
        if (places.tryAcquire()) {
            arrivals.add(new Farewell(channel, System.nanoTime() + FAREWELL_NANOS));
        } else {
            channel.close();
        }
    }

    @Override
    public void run() {
        try {
            while (true) {
                Farewell arrival = arrivals.poll(TICK_MILLIS, TimeUnit.MILLISECONDS);
                if (arrival != null) {
                    farewells.add(arrival);
                    arrivals.drainTo(farewells);
                }
                long now = System.nanoTime();
                for (Deadline deadline : deadlines) {
                    deadline.cutIfOver(now, draining);
                }
                seeOff(now);
            }
        } catch (InterruptedException e) {
            arrivals.drainTo(farewells);
            farewells.forEach(farewell -> Wire.closeQuietly(farewell.channel));
        }
    }

    private void seeOff(long now) {
        for (Iterator<Farewell> i = farewells.iterator(); i.hasNext(); ) {
            Farewell farewell = i.next();
            if (now - farewell.atNanos >= 0 || clientIsGone(farewell.channel)) {
                Wire.closeQuietly(farewell.channel);
                i.remove();
                places.release();
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
