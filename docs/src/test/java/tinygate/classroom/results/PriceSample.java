package tinygate.classroom.results;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import tinygate.classroom.results.Price.Calls;
import tinygate.classroom.results.Price.Gate;
import tinygate.classroom.results.Price.Idle;
import tinygate.classroom.results.Price.Part;
import tinygate.classroom.results.Price.SendRound;
import tinygate.classroom.results.Price.Sends;
import tinygate.classroom.results.Price.Wait;
import tinygate.classroom.results.Results.Absent;
import tinygate.classroom.results.Results.Entry;
import tinygate.classroom.results.Results.SystemCalls;
import tinygate.classroom.results.Results.Turn;

/** Made-up prices for tests; no figure of these was ever measured. */
final class PriceSample {
    static final long REQUESTS = 1_000_000;

    private PriceSample() {}

    static Price price(List<Part> parts, Sends... sends) {
        return new Price(
                Price.SCHEMA,
                Sample.results().circumstances(),
                List.of(new Absent("a gate", "it has no ring")),
                parts,
                List.of(sends));
    }

    static Part part(String name, Gate... gates) {
        return new Part(name, "somewhere", "a load", List.of(gates));
    }

    /** Without a poller. */
    static Gate plain(String name, double cpuMicros, long calls) {
        return gate(name, cpuMicros, 0, calls, calls, null, idle(2, 0, 0), 0);
    }

    /** With one that is fast asleep after the load, and is not slow to wake up. */
    static Gate polled(String name, double cpuMicros, long calls) {
        return gate(
                name, cpuMicros, cpuMicros / 2, calls, calls, idle(10, 980, 0), idle(1, 0, 0), 50);
    }

    static Gate gate(
            String name,
            double cpuMicros,
            double pollerMicros,
            long calls,
            long own,
            Idle awake,
            Idle asleep,
            double wakingMicros) {
        Entry busy = entry(name, cpuMicros, pollerMicros);
        return Gate.of(
                busy,
                new SystemCalls(REQUESTS, calls + 1_000, own),
                new Calls(30, calls + 100, 100L, calls),
                awake,
                asleep,
                List.of(
                        new Wait(2, 100, 300, 500, 0L),
                        new Wait(50, 100, 400 + wakingMicros, 900, 100L)));
    }

    static Gate faulty(String name) {
        return Gate.faulty(entry(name, 20, 0), List.of("503 instead of 200"));
    }

    static Idle idle(int gateMillis, int pollerMillis, long enter) {
        return new Idle(1, gateMillis * 1_000_000L, pollerMillis * 1_000_000L, enter);
    }

    /** Rounds in which an ordinary send costs a microsecond, and the others so much. */
    static Sends sends(int bytes, Long copied, double... zeroCopyMicros) {
        return new Sends(
                bytes,
                Arrays.stream(zeroCopyMicros)
                        .mapToObj(
                                micros ->
                                        new SendRound(
                                                100, 100_000, Math.round(100_000 * micros), copied))
                        .toList());
    }

    private static Entry entry(String name, double cpuMicros, double pollerMicros) {
        List<Turn> turns =
                IntStream.rangeClosed(1, 3)
                        .mapToObj(
                                round ->
                                        new Turn(
                                                round,
                                                1,
                                                10_000,
                                                Math.round(10_000 * cpuMicros),
                                                Math.round(10_000 * pollerMicros),
                                                0,
                                                0,
                                                900,
                                                2_000,
                                                3_000,
                                                0,
                                                0))
                        .toList();
        return new Entry(name, name, 2, turns, SystemCalls.UNKNOWN, 9, 50 << 20, List.of());
    }
}
