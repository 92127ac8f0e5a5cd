package tinygate.classroom.race;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import tinygate.classroom.race.LoadSource.Outcome;

class WrkTest {
    private static final Scenario SCENARIO = Scenario.parse("keep-64-1k");

    @Test
    void itsLineOfFiguresIsRead() throws IOException {
        Outcome outcome = outcome(1_000, 1_200_000, "0 0 0 0 0");
        assertThat(outcome.seconds()).isEqualTo(2);
        assertThat(outcome.requests()).isEqualTo(1_000);
        assertThat(outcome.p50Micros()).isEqualTo(900);
        assertThat(outcome.p999Micros()).isEqualTo(3_000);
        assertThat(outcome.faults()).isEmpty();
    }

    @Test
    void everyKindOfErrorIsAFault() throws IOException {
        assertThat(outcome(1_000, 1_200_000, "1 2 3 4 5").faults())
                .containsExactly(
                        "not connected, 1 times",
                        "not read, 2 times",
                        "not sent, 3 times",
                        "wrong status, 4 times",
                        "timed out, 5 times");
    }

    @Test
    void bodiesThatAreTooShortOrTooLongAreAFault() throws IOException {
        assertThat(outcome(1_000, 900_000, "0 0 0 0 0").faults())
                .containsExactly("900000 bytes came for 1000 bodies of 1024 bytes each");
        assertThat(outcome(1_000, 9_000_000, "0 0 0 0 0").faults()).hasSize(1);
    }

    @Test
    void bodiesThatHadBegunWhenTheTimeWasUpAreNone() throws IOException {
        assertThat(outcome(10, 10 * 1_200 + 64 * 1_200, "0 0 0 0 0").faults()).isEmpty();
    }

    @Test
    void withoutThatLineItSaysWhatWrkPrinted() {
        assertThatThrownBy(() -> Wrk.outcome("unable to connect", SCENARIO))
                .hasMessageContaining("unable to connect");
    }

    private static Outcome outcome(long requests, long bytes, String errors) throws IOException {
        String line = "figures %d 2000000 %d %s 900.0 2000.0 3000.0";
        return Wrk.outcome("Running\n" + line.formatted(requests, bytes, errors) + "\n", SCENARIO);
    }
}
