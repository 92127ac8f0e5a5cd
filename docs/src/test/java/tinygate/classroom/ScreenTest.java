package tinygate.classroom;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;
import tinygate.classroom.WrongResponse.Kind;

class ScreenTest {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final Screen screen = new Screen(new PrintStream(bytes, true, StandardCharsets.UTF_8));

    @Test
    void sixGatesFitIn80Columns() {
        Histogram latencies = new Histogram(3);
        latencies.recordValueWithCount(12_345_678_901L, 9_999_999);
        screen.summary(Collections.nCopies(6, row(latencies, List.of())));
        assertThat(shown().lines()).allMatch(line -> line.length() <= 80);
        assertThat(shown()).contains("9,999,999 9,999,999").contains("1,000,000");
    }

    @Test
    void aGateThatAnsweredNothingShowsDashes() {
        screen.summary(List.of(row(new Histogram(3), List.of())));
        assertThat(shown())
                .containsPattern("requests +0\n")
                .containsPattern("p50 latency, ms +-\n")
                .containsPattern("CPU us per request +-\n");
    }

    @Test
    void whatWasWrongIsShownWithItsFirstExample() {
        ShownGate gate = ShownGate.ALL.get(0);
        screen.wrong(gate, List.of(new WrongResponses.Count(Kind.CLOSED, 1234, "closed early")));
        assertThat(shown())
                .isEqualTo(
                        "workers: connection ended early, 1,234 times; the first: closed early\n");
    }

    private static Screen.Row row(Histogram latencies, List<WrongResponses.Count> wrong) {
        ProcessFigures figures = new ProcessFigures(0, 155, 1L << 30, 0, 0, 99);
        return new Screen.Row(
                ShownGate.ALL.get(0),
                new Measurement.Result(10, latencies, wrong, figures, 5_000_000));
    }

    private String shown() {
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
