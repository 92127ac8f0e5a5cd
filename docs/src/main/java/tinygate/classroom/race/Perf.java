package tinygate.classroom.race;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tinygate.classroom.ChildProcess;

/**
 * Counts events of processes in the kernel, thread by thread, from its start until it is stopped
 * ({@code perf stat}). Counting makes each event dearer, so nothing else is measured meanwhile.
 */
public final class Perf implements AutoCloseable {
    /** Every system call. */
    public static final List<String> SYSTEM_CALLS = List.of("raw_syscalls:sys_enter");

    private static final Duration LIMIT = Duration.ofSeconds(20);

    /**
     * As in {@code loop-0-4711,42,,raw_syscalls:sys_enter,...}: thread, its number, count, unit.
     */
    private static final Pattern COUNT =
            Pattern.compile("(.*)-[0-9]+,([0-9]+|<not counted>),[^,]*,([^,]+),.*");

    private final ConcurrentLinkedQueue<String> lines = new ConcurrentLinkedQueue<>();
    private final CompletableFuture<Boolean> begun = new CompletableFuture<>();
    private final ChildProcess perf;

    /**
     * How often an event happened in a thread, those that it has begun since included.
     *
     * @param thread its name, at most fifteen letters
     */
    public record Count(String thread, String event, long times) {}

    /**
     * Begins to count, or does nothing where perf is not installed or must not count.
     *
     * @throws IOException if it does not begin in time
     */
    public Perf(Programs programs, List<Long> pids, List<String> events)
            throws IOException, InterruptedException {
        Optional<Path> program = programs.find("perf");
        if (program.isEmpty()) {
            perf = null;
            return;
        }
        String all = pids.stream().map(Object::toString).collect(Collectors.joining(","));
        List<String> command = new ArrayList<>();
        command.add(program.get().toString());
        command.addAll(List.of("stat", "-x", ",", "--per-thread"));
        command.addAll(List.of("-e", String.join(",", events), "-p", all));
        // It counts as long as its own child runs, which is as long as its input is open.
        command.addAll(List.of("--", "sh", "-c", "echo counting; cat"));
        perf = ChildProcess.start(command, this::printed);
        perf.ended().thenAccept(code -> begun.complete(false));
        try {
            begun.get(LIMIT.toSeconds(), TimeUnit.SECONDS); // also if it ends, and so cannot count
        } catch (ExecutionException | TimeoutException e) {
            close();
            throw new IOException("perf did not begin to count in time", e);
        }
    }

    /** Ends counting; one for each thread and event, none where it could not count. */
    public List<Count> stop() throws IOException, InterruptedException {
        if (perf == null) {
            return List.of();
        }
        try {
            if (!perf.ended().isDone()) {
                perf.closeInput();
            }
            perf.ended().get(LIMIT.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException("perf did not end in time", e);
        }
        return read(List.copyOf(lines));
    }

    /**
     * How often these events happened in all threads whose names begin so.
     *
     * @return null if it was not counted
     */
    public static Long sum(List<Count> counts, List<String> events, String threads) {
        return counts.stream()
                .filter(count -> events.contains(count.event()))
                .filter(count -> count.thread().startsWith(threads))
                .map(Count::times)
                .reduce(Long::sum)
                .orElse(null);
    }

    @Override
    public void close() {
        if (perf != null) {
            perf.close();
        }
    }

    /** From what perf prints. */
    static List<Count> read(List<String> output) {
        return output.stream()
                .map(COUNT::matcher)
                .filter(Matcher::matches)
                .map(Perf::count)
                .toList();
    }

    private static Count count(Matcher line) {
        String times = line.group(2).replace("<not counted>", "0"); // the thread did not run
        return new Count(line.group(1), line.group(3), Long.parseLong(times));
    }

    private void printed(String line) {
        lines.add(line);
        if (line.equals("counting")) {
            begun.complete(true);
        }
    }
}
