package tinygate.classroom.race;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tinygate.HostPort;
import tinygate.classroom.ChildProcess;
import tinygate.classroom.race.Contender.Started;
import tinygate.classroom.results.Results.SystemCalls;

/**
 * Counts a contender's system calls while something runs: by the kernel ({@code perf stat}, if that
 * is permitted here), and by the gate itself. Counting makes each call dearer, so it has a window
 * of its own, in which nothing else is measured.
 */
final class SystemCallCount {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final Pattern PERF =
            Pattern.compile("(?m)^([0-9]+),[^,]*,raw_syscalls:sys_enter");
    private static final Pattern METRIC =
            Pattern.compile("(?m)^tinygate_system_calls(?:_total)? ([0-9.E+]+)");

    private final Programs programs;
    private final HttpClient http = HttpClient.newBuilder().connectTimeout(LIMIT).build();

    /** What is counted meanwhile; answers how many requests it made. */
    interface Work {
        long run() throws IOException, InterruptedException;
    }

    SystemCallCount(Programs programs) {
        this.programs = programs;
    }

    SystemCalls during(Started contender, Work work) throws IOException, InterruptedException {
        Long before = byGate(contender.admin());
        CompletableFuture<Boolean> counting = new CompletableFuture<>();
        Optional<Path> program = programs.find("perf");
        if (program.isEmpty()) {
            return new SystemCalls(work.run(), null, difference(before, contender.admin()));
        }
        try (ChildProcess perf = startPerf(program.get(), contender.process(), counting)) {
            perf.ended().thenAccept(code -> counting.complete(false));
            boolean permitted = counting.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
            long requests = work.run();
            Long byGate = difference(before, contender.admin());
            return new SystemCalls(requests, permitted ? byKernel(perf) : null, byGate);
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException(
                    "perf did not begin to count within " + LIMIT.toSeconds() + " s", e);
        }
    }

    /** Perf counts as long as its own child runs, which is as long as its input is open. */
    private static ChildProcess startPerf(
            Path program, ChildProcess contender, CompletableFuture<Boolean> counting)
            throws IOException {
        String pids =
                contender.pids().stream().map(Object::toString).collect(Collectors.joining(","));
        List<String> command = new ArrayList<>();
        command.add(program.toString());
        command.addAll(List.of("stat", "-x", ",", "-e", "raw_syscalls:sys_enter"));
        command.addAll(List.of("-p", pids, "--", "sh", "-c", "echo counting; cat"));
        return ChildProcess.start(
                command,
                line -> {
                    if (line.equals("counting")) {
                        counting.complete(true);
                    }
                });
    }

    /** Null if it says that it could not count. */
    private static Long byKernel(ChildProcess perf)
            throws IOException, InterruptedException, ExecutionException, TimeoutException {
        perf.closeInput();
        perf.ended().get(LIMIT.toSeconds(), TimeUnit.SECONDS);
        Matcher count = PERF.matcher(perf.output());
        return count.find() ? Long.valueOf(count.group(1)) : null;
    }

    private Long difference(Long before, InetSocketAddress admin)
            throws IOException, InterruptedException {
        Long after = byGate(admin);
        return before == null || after == null ? null : after - before;
    }

    /** Null for a contender that does not count. */
    private Long byGate(InetSocketAddress admin) throws IOException, InterruptedException {
        if (admin == null) {
            return null;
        }
        URI metrics = URI.create("http://" + HostPort.of(admin) + "/metrics");
        HttpRequest request = HttpRequest.newBuilder(metrics).timeout(LIMIT).build();
        String text = http.send(request, HttpResponse.BodyHandlers.ofString()).body();
        Matcher metric = METRIC.matcher(text);
        return metric.find() ? (long) Double.parseDouble(metric.group(1)) : null;
    }
}
