package tinygate.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a gate survives, continued: no descriptor is left in its process. */
interface Scarcity extends TestedGate {
    int OPEN_FILES = 120;

    @Test
    @Tag("survival")
    default void aGateWithoutDescriptorsPausesAndRecovers(Bench bench) throws Exception {
        Assumptions.assumeTrue(childGate().isPresent(), "this gate names no class to run alone");
        AnsweringUpstream upstream = bench.named("a");
        ChildGate gate =
                bench.closing(
                        ChildGate.start(childGate().get(), "64m", OPEN_FILES, upstream.address()));
        assertThat(bench.clientOf(gate.address()).ask(Bench.GET).text()).isEqualTo("a");
        List<SocketChannel> crowd = new ArrayList<>();
        try {
            for (int i = 0; i < 2 * OPEN_FILES; i++) {
                crowd.add(SocketChannel.open(gate.address()));
            }
            Awaitility.await("the gate has run out of descriptors")
                    .atMost(Wire.PATIENCE)
                    .until(() -> gate.openFiles() >= OPEN_FILES - 1);
            RawClient late = bench.clientOf(gate.address());
            Duration before = gate.processorTime();
            late.expectNothingFor(Duration.ofSeconds(1));
            assertThat(gate.processorTime().minus(before))
                    .as("processor time in a second without descriptors")
                    .isLessThan(Duration.ofMillis(700));
        } finally {
            for (SocketChannel one : crowd) {
                one.close();
            }
        }
        Awaitility.await("the gate serves again")
                .atMost(Duration.ofSeconds(20)) // it may pause several times before all is closed
                .ignoreExceptionsMatching(
                        e -> e instanceof IOException || e instanceof AssertionError)
                .until(() -> bench.clientOf(gate.address()).ask(Bench.GET).status() == 200);
    }
}
