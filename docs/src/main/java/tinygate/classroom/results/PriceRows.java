package tinygate.classroom.results;

import static tinygate.classroom.results.Judge.median;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import tinygate.classroom.results.Judge.Figure;
import tinygate.classroom.results.Price.Gate;
import tinygate.classroom.results.Price.Part;
import tinygate.classroom.results.Price.Sends;
import tinygate.classroom.results.Price.Wait;

/**
 * The tables of a price, for a terminal and for the book.
 *
 * @param title what the table shows, with the units
 * @param rows the first of them is the head
 */
record PriceRows(String title, List<List<String>> rows) {

    /** The gates of a part, from under load to asleep. */
    static List<PriceRows> of(Part part) {
        return List.of(
                gates(
                        part,
                        "Under load: CPU time of a request in us, and percent of a processor",
                        List.of(
                                "",
                                "req/s",
                                "CPU us",
                                "poller's",
                                "gate %",
                                "poller %",
                                "CPU to " + PriceJudge.BASELINE + "'s"),
                        gate -> busy(part, gate)),
                gates(
                        part,
                        "System calls for each request, by the kernel and by the gate itself",
                        List.of(
                                "",
                                "in s",
                                "requests",
                                "process",
                                "loops",
                                "enter",
                                "gate",
                                "off by"),
                        PriceRows::calls),
                gates(
                        part,
                        "Without a request: percent of a processor, and calls in a second",
                        List.of("", "awake: gate", "poller", "asleep: gate", "poller", "enter"),
                        PriceRows::idle),
                gates(
                        part,
                        "A client that pauses: until its answer, in us",
                        waitHead(part),
                        PriceRows::waits));
    }

    /** What a send costs. */
    static PriceRows of(List<Sends> sends) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("bytes", "send", "send_zc", "send_zc to send", "copied after all"));
        for (Sends one : sends) {
            rows.add(
                    List.of(
                            String.format(Locale.ROOT, "%,d", one.bytes()),
                            Words.number("%,.0f", PriceJudge.copyNanos(one)),
                            Words.number("%,.0f", PriceJudge.zeroCopyNanos(one)),
                            PriceJudge.sendRatio(one).map(Ratio::toString).orElse("-"),
                            Words.number("%.0f %%", PriceJudge.copiedPercent(one))));
        }
        return new PriceRows("A send over loopback: CPU time in ns", rows);
    }

    private static PriceRows gates(
            Part part, String title, List<String> head, Function<Gate, List<String>> row) {
        List<List<String>> rows = new ArrayList<>(List.of(head));
        for (Gate gate : part.gates()) {
            List<String> cells = new ArrayList<>(List.of(gate.name()));
            cells.addAll(gate.right() ? row.apply(gate) : List.of("void"));
            while (cells.size() < head.size()) {
                cells.add("");
            }
            rows.add(cells);
        }
        return new PriceRows(title, rows);
    }

    private static List<String> busy(Part part, Gate gate) {
        return List.of(
                Words.number("%,.0f", median(gate.busy(), Figure.REQUESTS_PER_SECOND)),
                Words.number("%.1f", median(gate.busy(), Figure.CPU_MICROS)),
                polled(gate, "%.1f", median(gate.busy(), Figure.POLLER_MICROS)),
                Words.number("%.0f", median(gate.busy(), Figure.GATE_PERCENT)),
                polled(gate, "%.0f", median(gate.busy(), Figure.POLLER_PERCENT)),
                gate.name().equals(PriceJudge.BASELINE)
                        ? "1.00"
                        : PriceJudge.cpuRatio(part, gate)
                                .map(ratio -> ratio + " " + Table.mark(ratio))
                                .orElse("-"));
    }

    private static List<String> calls(Gate gate) {
        return List.of(
                Words.number("%.0f", gate.calls().seconds()),
                String.format(Locale.ROOT, "%,d", gate.busy().systemCalls().requests()),
                Words.number("%.4f", PriceJudge.processCalls(gate)),
                Words.number("%.4f", PriceJudge.loopCalls(gate)),
                Words.number("%.4f", PriceJudge.enterCalls(gate)),
                Words.number("%.4f", PriceJudge.ownCalls(gate)),
                Words.number("%.1f %%", PriceJudge.differencePercent(gate)));
    }

    private static List<String> idle(Gate gate) {
        return List.of(
                Words.number("%.1f", PriceJudge.gatePercent(gate.awake())),
                polled(gate, "%.1f", PriceJudge.pollerPercent(gate.awake())),
                Words.number("%.2f", PriceJudge.gatePercent(gate.asleep())),
                polled(gate, "%.2f", PriceJudge.pollerPercent(gate.asleep())),
                gate.asleep().enter() == null ? "-" : gate.asleep().enter().toString());
    }

    private static List<String> waitHead(Part part) {
        List<String> head = new ArrayList<>(List.of(""));
        part.gates().stream()
                .filter(Gate::right)
                .findFirst()
                .ifPresent(
                        gate ->
                                gate.waits()
                                        .forEach(
                                                wait -> {
                                                    head.add(wait.pauseMillis() + " ms: p50");
                                                    head.add("p99");
                                                    head.add("woken");
                                                }));
        return head;
    }

    private static List<String> waits(Gate gate) {
        List<String> cells = new ArrayList<>();
        for (Wait wait : gate.waits()) {
            cells.add(Words.number("%,.0f", wait.p50Micros()));
            cells.add(Words.number("%,.0f", wait.p99Micros()));
            cells.add(wait.wakeUps() == null ? "-" : wait.wakeUps() + "/" + wait.requests());
        }
        return cells;
    }

    private static String polled(Gate gate, String format, double value) {
        return PriceJudge.polled(gate) ? Words.number(format, value) : "-";
    }
}
