package tinygate.iouring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.netty.incubator.channel.uring.IOUring;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is found out about this machine, compared with what others find out. */
class KernelProbeTest {
    private static final List<String> USED_BY_NETTY =
            List.of("POLL_ADD", "ACCEPT", "CONNECT", "CLOSE", "SEND", "RECV", "FAST_POLL");

    private final KernelFacts facts = KernelProbe.ask();

    @Test
    void whatNettyCanUseIsNotSaidToBeForbiddenOrMissing() {
        assumeTrue(IOUring.isAvailable(), () -> "Netty: " + IOUring.unavailabilityCause());
        assertThat(facts.obstacle()).isNull();
        assertThat(facts.setup()).as("io_uring_setup").isZero();
        assertThat(facts.enter()).as("io_uring_enter").isZero();
        assertThat(facts.register()).as("io_uring_register").isZero();
        assertThat(facts.missing()).noneMatch(one -> USED_BY_NETTY.contains(one.name()));
    }

    @Test
    void theKernelsOwnVersionIsTold() throws Exception {
        Path release = Path.of("/proc/sys/kernel/osrelease");
        assumeTrue(Files.exists(release), "this is not Linux");
        assertThat(Files.readAllLines(release)).containsExactly(facts.release());
    }
}
