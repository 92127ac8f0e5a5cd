package tinygate.classroom.results;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tinygate.classroom.results.Judge.Figure;
import tinygate.classroom.results.Ratio.Verdict;
import tinygate.classroom.results.Results.Case;
import tinygate.classroom.results.Results.Entry;

/** Two questions to a result: when does io_uring pay, and is a gate ahead of nginx and HAProxy? */
final class Comparisons {
    private static final Map<String, String> CONDITIONS =
            Map.of(
                    "keep", "nothing special",
                    "pipelined", "deep batches",
                    "neighbour", "a contended processor",
                    "dear", "dear system calls",
                    "rate", "a gate that is not busy",
                    "close", "a connection for each request",
                    "delayed", "a slow upstream",
                    "slow", "slow clients besides",
                    "idle", "many idle connections");

    private Comparisons() {}

    /** Where io_uring stands to epoll, case by case; the head first. */
    static List<List<String>> ringToEpoll(Results results) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("condition", "CPU per request", "requests/s", "calls: epoll, io_uring"));
        for (Case one : results.cases()) {
            Optional<Entry> ring = one.find("iouring");
            Optional<Entry> epoll = one.find("epoll");
            String condition = CONDITIONS.get(one.scenario().replaceAll("-.*", ""));
            if (ring.isPresent() && epoll.isPresent() && condition != null) {
                rows.add(
                        List.of(
                                condition + " (`" + one.scenario() + "`)",
                                words(ring.get(), epoll.get(), Figure.CPU_MICROS),
                                words(ring.get(), epoll.get(), Figure.REQUESTS_PER_SECOND),
                                Table.calls(epoll.get()) + ", " + Table.calls(ring.get())));
            }
        }
        return rows;
    }

    /** What that table says, in sentences. */
    static List<String> ringFindings(Results results) {
        Map<Verdict, List<String>> by = new TreeMap<>();
        for (Case one : results.cases()) {
            one.find("iouring")
                    .flatMap(
                            ring ->
                                    one.find("epoll")
                                            .flatMap(
                                                    epoll ->
                                                            Judge.ratio(
                                                                    ring,
                                                                    epoll,
                                                                    Figure.CPU_MICROS)))
                    .ifPresent(
                            ratio ->
                                    by.computeIfAbsent(ratio.verdict(), v -> new ArrayList<>())
                                            .add("`" + one.scenario() + "`"));
        }
        return by.entrySet().stream()
                .map(
                        entry ->
                                said(entry.getKey())
                                        + ": "
                                        + String.join(", ", entry.getValue())
                                        + ".")
                .toList();
    }

    private static String said(Verdict verdict) {
        return switch (verdict) {
            case LESS -> "io_uring needs less CPU per request than epoll in";
            case MORE -> "It needs more in";
            case NO_DIFFERENCE -> "No sure difference in";
            case OPEN -> "Too few rounds for a verdict in";
        };
    }

    /** The gates by hand beside nginx and HAProxy; the head first. */
    static List<List<String>> gatesToPeers(Results results) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("scenario", "gate", "to", "CPU per request", "requests/s"));
        for (Case one : results.cases()) {
            for (String gate : List.of("epoll", "iouring")) {
                for (String peer : List.of("nginx", "haproxy")) {
                    one.find(gate)
                            .flatMap(entry -> one.find(peer).map(other -> row(one, entry, other)))
                            .ifPresent(rows::add);
                }
            }
        }
        return rows;
    }

    private static List<String> row(Case one, Entry gate, Entry peer) {
        return List.of(
                "`" + one.scenario() + "`",
                gate.name(),
                peer.name(),
                words(gate, peer, Figure.CPU_MICROS),
                words(gate, peer, Figure.REQUESTS_PER_SECOND));
    }

    private static String words(Entry entry, Entry other, Figure figure) {
        return Words.of(Judge.ratio(entry, other, figure));
    }
}
