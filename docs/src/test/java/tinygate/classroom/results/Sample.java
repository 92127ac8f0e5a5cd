package tinygate.classroom.results;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tinygate.classroom.results.Results.Absent;
import tinygate.classroom.results.Results.Case;
import tinygate.classroom.results.Results.Entry;
import tinygate.classroom.results.Results.SystemCalls;
import tinygate.classroom.results.Results.Turn;

/** Made-up results for tests; no figure of these was ever measured. */
final class Sample {
    private Sample() {}

    static Results results(Case... cases) {
        Circumstances circumstances =
                new Circumstances(
                        "2026-01-01T00:00:00Z",
                        "--full",
                        "a processor, 2 processors",
                        "Linux 0.0",
                        "17",
                        Map.of("nginx", "nginx 0.0"),
                        "anywhere",
                        "nobody",
                        3,
                        1,
                        0,
                        0.1);
        List<Absent> absent = List.of(new Absent("haproxy", "it is not installed"));
        return new Results(Results.SCHEMA, circumstances, absent, List.of(cases));
    }

    static Case scenario(String name, Entry... entries) {
        return new Case(name, "words", 512, 1024, 1, 0, "a load", List.of(entries));
    }

    /** Three rounds around a rate and a CPU time per request, and calls per request. */
    static Entry entry(String name, int perSecond, double cpuMicros, double calls) {
        List<Turn> turns = new ArrayList<>();
        for (int round = 1; round <= 3; round++) {
            long requests = perSecond * (99L + round - 1) / 100;
            long cpu = Math.round(requests * cpuMicros);
            turns.add(
                    new Turn(
                            round, 1, requests, cpu, cpu / 2, 10, 5, 900, 2_000, 3_000, cpu / 4,
                            20));
        }
        SystemCalls counted = new SystemCalls(1_000, Math.round(1_000 * calls), null);
        return new Entry(name, name, 2, turns, counted, 9, 50 << 20, List.of());
    }

    static Entry wrong(String name) {
        Entry right = entry(name, 50_000, 1, 1);
        return new Entry(
                name, name, 2, right.turns(), right.systemCalls(), 9, 0, List.of("wrong status"));
    }
}
