package tinygate.classroom.race;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import tinygate.classroom.ChildProcess;

/**
 * Which processor does what, so that load and contender do not take time from each other.
 *
 * @param gate the processor of the contenders, -1 for any
 * @param load that of load and upstream, -1 for any
 * @param poller that of lesson 4's poller, -1 for any
 */
public record Placement(int gate, int load, int poller) {
    private static final int ANY = -1;

    /** Without {@code taskset}, or with one processor only, nothing is bound to any. */
    public static final Placement NONE = new Placement(ANY, ANY, ANY);

    /** The beginning of the command line of a contender. */
    List<String> launchGate() {
        return launch(gate);
    }

    /** The beginning of the command line of what makes load. */
    List<String> launchLoad() {
        return launch(load);
    }

    /**
     * Binds this JVM, all threads, to the load's processor; what it starts inherits that.
     *
     * @throws IOException if the processor does not exist or is forbidden
     */
    public void bindThisJvm() throws IOException, InterruptedException {
        if (load == ANY) {
            return;
        }
        String pid = Long.toString(ProcessHandle.current().pid());
        List<String> command = List.of("taskset", "-a", "-c", "-p", Integer.toString(load), pid);
        try (ChildProcess taskset = ChildProcess.start(command, line -> {})) {
            if (taskset.ended().get(10, TimeUnit.SECONDS) != 0) {
                throw new IOException("cannot use processor " + load + ": " + taskset.output());
            }
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException("taskset did not end", e);
        }
    }

    @Override
    public String toString() {
        return gate == ANY && load == ANY
                ? "anywhere: load and contenders share the processors"
                : "contenders on processor %s, their poller on %s, load and upstream on %s"
                        .formatted(name(gate), name(poller), name(load));
    }

    private static List<String> launch(int cpu) {
        return cpu == ANY ? List.of() : List.of("taskset", "-c", Integer.toString(cpu));
    }

    private static String name(int cpu) {
        return cpu == ANY ? "any" : Integer.toString(cpu);
    }
}
