package tinygate.book;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tinygate.relay.Phase;

/** The picture of the phases shows what the code does, all of it and nothing else. */
class PhaseDiagramTest {
    private final List<String> lines = PhaseDiagram.plantUml().lines().toList();

    @Test
    void everyPhaseIsDrawnWithWhatItWaitsFor() {
        for (Phase phase : Phase.values()) {
            assertThat(lines).contains("state " + phase + " : " + phase.waitsFor());
        }
    }

    @Test
    void everyWayOfTheTableIsDrawnAndNoOther() {
        List<String> drawn =
                lines.stream()
                        .filter(line -> line.contains(" --> ") && !line.startsWith("[*]"))
                        .flatMap(PhaseDiagramTest::ways)
                        .toList();
        List<String> inTheTable =
                Stream.of(Phase.values())
                        .flatMap(from -> from.next().stream().map(to -> from + " --> " + to))
                        .toList();

        assertThat(drawn).containsExactlyInAnyOrderElementsOf(inTheTable);
    }

    /** An arrow from the box is one from each phase in it. */
    private static Stream<String> ways(String arrow) {
        return arrow.startsWith("open")
                ? Stream.of(Phase.values())
                        .filter(phase -> phase.compareTo(Phase.FAREWELL) < 0)
                        .map(phase -> arrow.replace("open", phase.toString()))
                : Stream.of(arrow);
    }
}
