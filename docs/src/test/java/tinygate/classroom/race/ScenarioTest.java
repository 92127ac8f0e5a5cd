package tinygate.classroom.race;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tinygate.classroom.race.Scenario.Kind;

class ScenarioTest {
    @Test
    void itIsReadAsItIsWritten() {
        Scenario scenario = Scenario.parse("keep-512-64k");
        assertThat(scenario).isEqualTo(new Scenario(Kind.KEEP, 512, 65_536));
        assertThat(scenario).hasToString("keep-512-64k");
        assertThat(Scenario.parse("keep-512-500")).hasToString("keep-512-500");
    }

    @Test
    void whatIsLeftOutIsUsual() {
        assertThat(Scenario.parse("pipelined")).hasToString("pipelined-256-1k");
        assertThat(Scenario.parse("neighbour-64")).hasToString("neighbour-64-1k");
    }

    @Test
    void withADelayedUpstreamItSaysHowManyRequestsCanBeExpected() {
        assertThat(Scenario.parse("delayed-128").words()).endsWith("at most 12,800 requests/s");
    }

    @Test
    void anUnknownKindIsToldWhichThereAre() {
        assertThatThrownBy(() -> Scenario.parse("fast-64"))
                .hasMessageContaining("'fast'")
                .hasMessageContaining("keep, close, pipelined");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "keep-", "keep-0", "keep-64-0k", "keep-6000", "keep-64-9999k"})
    void whatCannotBeRacedIsRefused(String text) {
        assertThatThrownBy(() -> Scenario.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void theFullMatrixHasWhatTheClaimsAskFor() {
        assertThat(Scenario.FULL.stream().map(Scenario::toString))
                .contains("keep-64-1k", "keep-512-1k", "slow-64-1k");
    }
}
