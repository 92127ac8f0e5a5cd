package tinygate.workers;

import java.nio.channels.SocketChannel;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ThreadFactory;
import java.util.function.Supplier;

/**
 * A new virtual thread for each connection. Threads that cost little need no pool; what a worker
 * owns (buffers, upstream connections) is still used again, the most recently used first. The
 * number of threads is bounded by the number of connections that the gate accepts.
 */
final class VirtualCrew implements Crew {
    private final ThreadFactory factory = VirtualThreads.factory();
    private final ConcurrentLinkedDeque<Worker> idle = new ConcurrentLinkedDeque<>();
    private final Set<Thread> threads = ConcurrentHashMap.newKeySet();
    private final Supplier<Worker> newWorker;

    VirtualCrew(Supplier<Worker> newWorker) {
        this.newWorker = newWorker;
    }

    @Override
    public boolean offer(SocketChannel client) {
        Worker worker = idle.pollFirst();
        if (worker == null) {
            try {
                worker = newWorker.get();
            } catch (OutOfMemoryError e) {
                return false; // no memory for its buffers, until others have ended
            }
        }
        Worker chosen = worker;
        Thread thread = factory.newThread(() -> work(chosen, client));
        threads.add(thread);
        thread.start();
        return true;
    }

    private void work(Worker worker, SocketChannel client) {
        worker.serve(client);
        idle.addFirst(worker);
        threads.remove(Thread.currentThread());
    }

    @Override
    public void close() {
        Threads.stop(threads);
        idle.forEach(Worker::close);
    }
}
