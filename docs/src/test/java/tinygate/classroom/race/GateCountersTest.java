package tinygate.classroom.race;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class GateCountersTest {
    private static final String METRICS =
            """
            # TYPE tinygate_system_calls counter
            tinygate_system_calls_total 1.234567E7
            # TYPE tinygate_ring_poller_wake_ups gauge
            tinygate_ring_poller_wake_ups 3.0
            """;

    @Test
    void aCounterAndAGaugeAreRead() {
        assertThat(GateCounters.find(METRICS, GateCounters.SYSTEM_CALLS)).isEqualTo(12_345_670);
        assertThat(GateCounters.find(METRICS, GateCounters.WAKE_UPS)).isEqualTo(3);
    }

    @Test
    void whatIsNotCountedIsNotNone() throws Exception {
        assertThat(GateCounters.find("other 1.0\n", GateCounters.WAKE_UPS)).isNull();
        assertThat(new GateCounters().read(null, GateCounters.WAKE_UPS)).isNull();
    }
}
