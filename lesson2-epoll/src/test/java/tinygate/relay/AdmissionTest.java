package tinygate.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static tinygate.relay.Admission.Verdict.CLOSE;
import static tinygate.relay.Admission.Verdict.REFUSE;
import static tinygate.relay.Admission.Verdict.SERVE;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import tinygate.Settings;
import tinygate.observe.Stats;

class AdmissionTest {
    private final Stats stats = new Stats();
    private final Admission admission =
            new Admission(new Settings.Limits(2, 1, 1_000, 10, 100, 0), stats);

    @Test
    void clientsBeyondTheLimitAreRefused() {
        assertThat(admission.opened()).isEqualTo(SERVE);
        assertThat(admission.opened()).isEqualTo(SERVE);
        assertThat(admission.opened()).isEqualTo(REFUSE);
        assertThat(stats.connectionsRefused()).isEqualTo(1);
    }

    @Test
    void aCrowdThatWasRefusedKeepsNobodyElseOut() {
        admission.opened();
        admission.opened();
        for (int i = 0; i < 100; i++) {
            assertThat(admission.opened()).isEqualTo(REFUSE);
        }
        admission.closed(SERVE);
        assertThat(admission.opened()).isEqualTo(SERVE);
        assertThat(admission.opened()).isEqualTo(REFUSE);
    }

    @Test
    void aCrowdIsClosedWithoutAWord() {
        Admission.Verdict verdict = admission.opened();
        for (int i = 0; i < 1_000; i++) {
            verdict = admission.opened();
        }
        assertThat(verdict).isEqualTo(CLOSE);
        admission.closed(REFUSE);
        assertThat(admission.opened()).isEqualTo(REFUSE);
    }

    @Test
    void itIsEmptyWhenEveryoneIsGone() throws InterruptedException {
        admission.opened();
        admission.opened();
        admission.opened();
        admission.closed(SERVE);
        admission.closed(REFUSE);
        assertThat(admission.awaitNone(Duration.ZERO)).isFalse();
        admission.closed(SERVE);
        assertThat(admission.awaitNone(Duration.ZERO)).isTrue();
        assertThat(stats.connectionsActive()).isZero();
    }
}
