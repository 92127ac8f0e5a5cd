package tinygate.workers;

import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tinygate.kit.NotDoneYet;

/**
 * A fixed number of platform threads and a bounded queue in front of them. A worker takes a
 * connection and stays with it to its end, so the number of workers is the number of clients that
 * are served at once: the wall that lesson 2 tears down.
 */
final class PlatformCrew implements Crew {
    private static final Logger LOG = LoggerFactory.getLogger(PlatformCrew.class);

    private final int mostClients;
    private final AtomicInteger clients = new AtomicInteger(); // served or waiting
    private final BlockingQueue<SocketChannel> waiting;
    private final List<Thread> threads = new ArrayList<>();

    PlatformCrew(int workers, int pending, Supplier<Worker> newWorker) {
        mostClients = workers + pending;
        waiting = new ArrayBlockingQueue<>(mostClients);
        for (int i = 0; i < workers; i++) {
            Worker worker = newWorker.get();
            Thread thread = new Thread(() -> work(worker), "worker-" + i);
            thread.setDaemon(true);
            threads.add(thread);
            thread.start();
        }
    }

    /**
     * Serves one connection after the other, until the thread is interrupted; then the worker is
     * closed. A fault of the gate's own costs one connection, not the worker.
     */
    private void work(Worker worker) {
        throw new NotDoneYet("1.7", "PlatformCrew.work");
    }

    /**
     * In a burst the queue fills faster than idle workers wake up; so what counts is not how many
     * are in the queue, but how many there are in all.
     */
    @Override
    public boolean offer(SocketChannel client) {
        throw new NotDoneYet("1.7", "PlatformCrew.offer");
    }

    @Override
    public void close() {
        Threads.stop(threads);
        waiting.forEach(Wire::closeQuietly);
    }
}
