package tinygate.workers;

import java.nio.channels.SocketChannel;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ThreadFactory;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A new virtual thread for each connection. Threads that cost little need no pool; what a worker
 * owns (buffers, upstream connections) is still used again, the most recently used first. The
 * number of threads is bounded by the number of connections that the gate accepts, and by the
 * memory for direct buffers ({@code -XX:MaxDirectMemorySize}), of which each worker has its own.
 */
final class VirtualCrew implements Crew {
    private static final Logger LOG = LoggerFactory.getLogger(VirtualCrew.class);

    private final ThreadFactory factory = VirtualThreads.factory();
    private final ConcurrentLinkedDeque<Worker> idle = new ConcurrentLinkedDeque<>();
    private final Set<Thread> threads = ConcurrentHashMap.newKeySet();
    private final Supplier<Worker> newWorker;

    VirtualCrew(Supplier<Worker> newWorker) {
        this.newWorker = newWorker;
    }

    @Override
    public boolean offer(SocketChannel client) {
        Worker worker = takeWorker();
        if (worker == null) {
            return false;
        }
        Thread thread = factory.newThread(() -> work(worker, client));
        threads.add(thread);
        thread.start();
        return true;
    }

    /** An idle worker, or a new one; null if there is no memory for its buffers. */
    private Worker takeWorker() {
        Worker last = idle.pollFirst();
        try {
            return last != null ? last : newWorker.get();
        } catch (OutOfMemoryError e) {
            // Direct buffers have a limit of their own. Most of the heap may be free, and a worker
            // comes back with each client that leaves: so this costs one client, not the gate.
            LOG.warn("no memory for one more worker: {}", e.getMessage());
            return null;
        }
    }

    private void work(Worker worker, SocketChannel client) {
        try {
            worker.serve(client);
        } finally {
            idle.addFirst(worker);
            threads.remove(Thread.currentThread());
        }
    }

    @Override
    public void close() {
        Threads.stop(threads);
        idle.forEach(Worker::close);
    }
}
