package tinygate.sqpoll;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The threads of this process as the kernel shows them; its own, the pollers, are among them. */
final class Tasks {
    private static final Path ALL = Path.of("/proc/self/task");

    private Tasks() {}

    /** The kernel names them so. */
    static Set<Path> pollers() throws IOException {
        return named("iou-sqp");
    }

    static Set<Path> named(String prefix) throws IOException {
        try (Stream<Path> tasks = Files.list(ALL)) {
            return tasks.filter(task -> read(task, "comm").startsWith(prefix))
                    .collect(Collectors.toCollection(HashSet::new));
        }
    }

    static boolean everyPollerSleeps() throws IOException {
        return pollers().stream().noneMatch(task -> read(task, "stat").contains(") R "));
    }

    /**
     * How long each of them has run, in nanoseconds (see proc_pid_schedstat in the kernel's
     * documentation), without those that have ended: the kernel ends the poller of a ring that was
     * closed some time later.
     */
    static Map<Path, Long> nanosRun(Set<Path> tasks) {
        Map<Path, Long> nanos = new HashMap<>();
        for (Path task : tasks) {
            String run = read(task, "schedstat");
            if (!run.isEmpty()) {
                nanos.put(task, Long.parseLong(run.split(" ")[0]));
            }
        }
        return nanos;
    }

    static boolean isBoundToProcessor0(Path task) {
        return read(task, "status").contains("Cpus_allowed_list:\t0\n");
    }

    /** A thread that ends while it is looked at says nothing. */
    private static String read(Path task, String file) {
        try {
            return Files.readString(task.resolve(file));
        } catch (IOException ended) {
            return "";
        }
    }
}
