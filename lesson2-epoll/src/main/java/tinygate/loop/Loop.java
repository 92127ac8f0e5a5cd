package tinygate.loop;

import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import tinygate.linux.Linux;
import tinygate.linux.LinuxException;
import tinygate.linux.Sockets;
import tinygate.relay.Admission;
import tinygate.relay.RelayContext;

/**
 * What one thread that serves many connections has, however it waits for them. {@link #run} goes
 * round, in each lesson in its own way: wait, handle what has happened, {@link #runTasks}, turn the
 * {@link #timers}. Used by that thread alone, but for {@link #execute}.
 *
 * <p>A fault while an exchange is told something, or no memory for it, ends that exchange ({@link
 * LoopDriver#giveUp}). Anywhere else it is the loop's own: then {@link #run} says so in the log,
 * closes what the loop has, and ends.
 */
public abstract class Loop<C extends LoopConnection> implements Runnable {
    public final Linux linux = new Linux();
    public final Sockets sockets;

    /** All that must be given back when the loop has ended, or could not be made. */
    protected final Closer owned = new Closer();

    protected final RelayContext context;
    public final NativeChunks chunks;
    public final TimerWheel timers = new TimerWheel(System.nanoTime());
    public final KeptConnections<C> kept;
    public final Slots<C> slots = new Slots<>();
    protected boolean running = true;

    private final LoopGate gate;
    private final Set<LoopDriver<C>> drivers = new HashSet<>();
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();

    /**
     * @throws LinuxException if the machine has no memory left
     */
    protected Loop(LoopGate gate, RelayContext context) throws LinuxException {
        this.gate = gate;
        this.context = context;
        chunks = owned.add(new NativeChunks(linux, context.chunkBytes()));
        kept = new KeptConnections<>(gate.settings().limits().connections(), context::nanoTime);
        sockets = owned.add(new Sockets(linux));
    }

    /** Ends the loop's wait, or its next one; from any thread, and harmless after the end. */
    protected abstract void wakeUp();

    /** Accepts no more; does nothing the second time. */
    protected abstract void stopListening();

    // Tasks

    /** Has something done on the loop's thread; from any thread. */
    final void execute(Runnable task) {
        tasks.add(task);
        wakeUp();
    }

    /** Has something done later in this turn, or in the next one. */
    public final void later(Runnable task) {
        tasks.add(task);
    }

    /** Whether tasks wait, so that the loop must not. */
    protected final boolean hasTasks() {
        return !tasks.isEmpty();
    }

    protected final void runTasks() {
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
            task.run();
        }
    }

    // Exchanges

    /** A client's connection was accepted: says what becomes of it. */
    protected final Admission.Verdict admit() {
        return gate.admission().opened();
    }

    /** A client that was admitted is gone before a driver has served it. */
    protected final void notServed(Admission.Verdict verdict) {
        gate.admission().closed(verdict);
    }

    /** This driver serves a client from now on, as the verdict says. */
    protected final void begin(LoopDriver<C> driver, C client) {
        drivers.add(driver);
        driver.accepted(client);
    }

    /** The exchange of a driver has ended. */
    final void ended(LoopDriver<C> driver) {
        if (drivers.remove(driver)) {
            gate.admission().closed(driver.verdict());
        }
    }

    /** Accepts no more and closes the idle connections. */
    final void drain() {
        stopListening();
        List.copyOf(drivers).forEach(LoopDriver::drain);
    }

    /** Ends the loop. */
    final void stop() {
        running = false;
    }

    /** Ends all exchanges and closes all connections at once. */
    protected final void abandonAll() {
        List.copyOf(drivers).forEach(LoopDriver::abandon);
        kept.close();
    }
}
