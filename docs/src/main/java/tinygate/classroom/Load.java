package tinygate.classroom;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicLongArray;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.SingleWriterRecorder;

/**
 * A load on a gate of this machine: one thread drives a fixed number of connections, and each sends
 * its next request when the response to the last one is whole and right.
 *
 * <p>Without a rate that is at once (a closed loop), which measures how fast a gate can be. Its
 * latencies are those of the requests it sent: while a gate stalls it sends none, so they say too
 * little about stalls (coordinated omission); {@link Sample#oldestNanos} shows those. With a rate
 * requests are due at fixed moments, whatever the gate does, and latencies count from those; the
 * first is due when all connections stand, since connecting is not what is measured. After a wrong
 * response a connection rests for {@value #REST_MILLIS} ms and connects anew, so that a broken gate
 * is not stormed.
 */
public final class Load implements AutoCloseable {
    static final int REST_MILLIS = 50;

    private static final int BUFFER_BYTES = 64 * 1024;

    private final LoadPlan plan;
    private final Selector selector;
    private final Thread thread = new Thread(this::run, "load");
    private final ByteBuffer in = ByteBuffer.allocateDirect(BUFFER_BYTES);
    private final Queue<Rest> resting = new ArrayDeque<>();
    private final Queue<LoadConnection> idle = new ArrayDeque<>(); // until a request is due
    private final SingleWriterRecorder latencies =
            new SingleWriterRecorder(1_000, LoadPlan.LONGEST.toNanos(), 3);
    private final SingleWriterRecorder lateness =
            new SingleWriterRecorder(1_000, LoadPlan.LONGEST.toNanos(), 3);
    private final WrongResponses wrong = new WrongResponses();

    /** When each connection's request was sent or due, in System.nanoTime(); 0 for none. */
    private final AtomicLongArray sentNanos;

    private final long limitNanos;

    /** When the first request is due: with a rate not before all connections stand. */
    private volatile long startNanos;

    private volatile long endNanos;
    private long begun;
    private long running;
    private volatile boolean stop;
    private volatile RuntimeException failure;

    /**
     * What a load did.
     *
     * @param nanos how long it has lasted, or did last if it has ended; with a rate from the moment
     *     when the first request was due
     * @param latencies of the right responses since the last sample, from when it was sent, or due
     *     if there is a rate, to the last byte received, in nanoseconds; their count is the count
     *     of requests
     * @param lateness of the requests since the last sample, how long after they were due they were
     *     sent, in nanoseconds; the load's own fault, unless no connection was free; empty without
     *     a rate
     * @param wrong all wrong responses so far
     * @param waiting requests that have no whole response yet
     * @param oldestNanos how long the oldest of these has been waiting, 0 if there is none
     */
    public record Sample(
            long nanos,
            Histogram latencies,
            Histogram lateness,
            List<WrongResponses.Count> wrong,
            int waiting,
            long oldestNanos) {}

    private record Rest(LoadConnection connection, long untilNanos) {}

    private Load(LoadPlan plan) throws IOException {
        this.plan = plan;
        this.sentNanos = new AtomicLongArray(plan.connections());
        this.selector = Selector.open();
        long now = System.nanoTime();
        this.limitNanos = now + plan.time().toNanos();
        this.startNanos = plan.perSecond() == 0 ? now : limitNanos;
        thread.setDaemon(true);
    }

    /** Begins a load. */
    public static Load start(LoadPlan plan) throws IOException {
        Load load = new Load(plan);
        load.thread.start();
        return load;
    }

    /** What happened since the last call; one thread may ask. */
    public Sample sample() {
        long now = thread.isAlive() ? System.nanoTime() : endNanos;
        int waiting = 0;
        long oldest = 0;
        for (int i = 0; i < sentNanos.length(); i++) {
            long sent = sentNanos.get(i);
            if (sent != 0) {
                waiting++;
                oldest = Math.max(oldest, now - sent);
            }
        }
        return new Sample(
                Math.max(0, now - startNanos),
                latencies.getIntervalHistogram(),
                lateness.getIntervalHistogram(),
                wrong.soFar(),
                waiting,
                oldest);
    }

    /**
     * Waits for the end.
     *
     * @return whether it has come
     * @throws IllegalStateException if the load itself failed, its figures are worth nothing then
     */
    public boolean awaitEnd(Duration limit) throws InterruptedException {
        thread.join(Math.max(1, limit.toMillis()));
        if (failure != null) {
            throw new IllegalStateException("the load failed: " + failure.getMessage(), failure);
        }
        return !thread.isAlive();
    }

    /** Ends the load at once. */
    @Override
    public void close() {
        stop = true;
        selector.wakeup();
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        List<LoadConnection> connections = new ArrayList<>();
        try (selector) {
            for (int i = 0; i < plan.connections(); i++) {
                LoadConnection connection = new LoadConnection(i, plan.request(), plan.bodyBytes());
                connections.add(connection);
                attempt(connection, () -> connect(connection));
            }
            while (!over()) {
                turn();
            }
        } catch (IOException e) {
            failure = new UncheckedIOException(e);
        } catch (RuntimeException e) {
            failure = e;
        } finally {
            endNanos = System.nanoTime();
            connections.forEach(LoadConnection::close);
        }
    }

    private void turn() throws IOException {
        if (plan.perSecond() == 0) {
            selector.select(this::ready, REST_MILLIS);
        } else {
            selector.selectNow(this::ready); // a timeout in milliseconds would be too coarse
            if (idle.isEmpty() || dueNanos() - System.nanoTime() > 0) {
                Thread.yield();
            } else {
                LoadConnection connection = idle.remove();
                attempt(connection, () -> next(connection));
            }
        }
        wakeRested();
    }

    private long dueNanos() {
        return startNanos + (long) (begun * 1e9 / plan.perSecond());
    }

    private boolean over() {
        return stop
                || System.nanoTime() - limitNanos >= 0
                || begun >= plan.requests() && running == 0;
    }

    /** A step of a connection, and what becomes of it if the step finds something wrong. */
    private interface Step {
        void run() throws WrongResponse;
    }

    private void attempt(LoadConnection connection, Step step) {
        try {
            step.run();
        } catch (WrongResponse e) {
            wrong.add(e);
            connection.close();
            idle.remove(connection);
            requestEnded(connection);
            long untilNanos = System.nanoTime() + REST_MILLIS * 1_000_000L;
            resting.add(new Rest(connection, untilNanos));
        }
    }

    private void ready(SelectionKey key) {
        LoadConnection connection = (LoadConnection) key.attachment();
        attempt(
                connection,
                () -> {
                    if (key.isConnectable()) {
                        if (connection.finishConnect()) {
                            next(connection);
                        }
                        return;
                    }
                    if (key.isWritable()) {
                        connection.sendRest();
                    }
                    if (key.isReadable() && connection.receive(in)) {
                        received(connection);
                    }
                });
    }

    private void received(LoadConnection connection) throws WrongResponse {
        long nanos = System.nanoTime() - sentNanos.get(connection.number());
        latencies.recordValue(Math.min(nanos, LoadPlan.LONGEST.toNanos()));
        requestEnded(connection);
        if (connection.ends()) {
            connection.close();
            connect(connection);
        } else {
            next(connection);
        }
    }

    private void connect(LoadConnection connection) throws WrongResponse {
        if (begun < plan.requests() && connection.connect(plan.target(), selector)) {
            next(connection);
        }
    }

    private void next(LoadConnection connection) throws WrongResponse {
        if (begun >= plan.requests()) {
            return;
        }
        long now = System.nanoTime();
        long due = plan.perSecond() == 0 ? now : dueNanos();
        if (due - now > 0) {
            idle.add(connection);
            if (begun == 0 && idle.size() == plan.connections()) {
                startNanos = now;
            }
            return;
        }
        if (plan.perSecond() > 0) {
            lateness.recordValue(Math.min(now - due, LoadPlan.LONGEST.toNanos()));
        }
        begun++;
        running++;
        sentNanos.setRelease(connection.number(), due);
        connection.send();
    }

    private void requestEnded(LoadConnection connection) {
        if (sentNanos.get(connection.number()) != 0) {
            sentNanos.setRelease(connection.number(), 0);
            running--;
        }
    }

    private void wakeRested() {
        while (!resting.isEmpty() && resting.peek().untilNanos - System.nanoTime() <= 0) {
            LoadConnection connection = resting.remove().connection;
            attempt(connection, () -> connect(connection));
        }
    }
}
