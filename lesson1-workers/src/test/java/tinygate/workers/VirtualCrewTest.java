package tinygate.workers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;

@EnabledForJreRange(min = JRE.JAVA_21, disabledReason = "virtual threads exist from JDK 21 on")
class VirtualCrewTest {
    @Test
    void aClientForWhoseWorkerThereIsNoMemoryIsRefused() throws IOException {
        VirtualCrew crew =
                new VirtualCrew(
                        () -> {
                            throw new OutOfMemoryError("Cannot reserve direct buffer memory");
                        });
        try (SocketChannel client = SocketChannel.open()) {
            assertThat(crew.offer(client)).isFalse();
        }
    }
}
