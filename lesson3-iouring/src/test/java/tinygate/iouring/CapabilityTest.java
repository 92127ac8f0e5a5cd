package tinygate.iouring;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tinygate.linux.CProgram;

/** The numbers of what the preflight asks for are those of this machine's C headers. */
class CapabilityTest {
    @TempDir private Path directory;

    @Test
    void everyCapabilityHasTheNumberOfItsHeader() throws Exception {
        Map<String, Long> ours = new TreeMap<>();
        put(ours, "IORING_SETUP_", Capability.SETUP_FLAGS);
        put(ours, "IORING_FEAT_", Capability.FEATURES);
        put(ours, "IORING_OP_", Capability.OPERATIONS);
        assertThat(CProgram.values(List.copyOf(ours.keySet()), directory)).isEqualTo(ours);
    }

    private static void put(Map<String, Long> all, String prefix, List<Capability> some) {
        some.forEach(one -> all.put(prefix + one.name(), (long) one.number()));
    }

    @Test
    void theStructuresOfTheProbeAreLaidOutAsDrawn() throws Exception {
        Map<String, Long> ours =
                Map.of(
                        "sizeof(struct io_uring_probe)", 16L,
                        "sizeof(struct io_uring_probe_op)", 8L,
                        "offsetof(struct io_uring_probe_op, flags)", 2L,
                        "IO_URING_OP_SUPPORTED", 1L,
                        "IORING_REGISTER_PROBE", 8L);
        assertThat(CProgram.values(List.copyOf(ours.keySet()), directory)).isEqualTo(ours);
    }
}
