package tinygate.iouring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.lang.reflect.Field;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tinygate.linux.CProgram;
import tinygate.linux.Linux;
import tinygate.linux.LinuxException;
import tinygate.linux.NativeMemory;

/** Numbers and layouts that this package writes down are those of this machine's headers. */
class LayoutTest {
    /** What came to the header after 6.1, the oldest version that will do here. */
    private static final Set<String> NEWER =
            Set.of("IORING_SETUP_NO_SQARRAY", "IORING_SEND_ZC_REPORT_USAGE");

    @TempDir Path directory;

    @BeforeEach
    void theHeaderIsNotOlderThan61() throws Exception {
        long version = CProgram.values(List.of("LINUX_VERSION_CODE"), directory).get(VERSION);
        assumeTrue(
                version >= (6 << 16 | 1 << 8),
                "linux/io_uring.h is older than 6.1 here: install newer linux-libc-dev");
    }

    private static final String VERSION = "LINUX_VERSION_CODE";

    private void assertMatchesTheHeader(Map<String, Long> ours) throws Exception {
        assertThat(CProgram.values(List.copyOf(ours.keySet()), directory)).isEqualTo(ours);
    }

    @Test
    void everyConstantHasTheValueOfTheHeader() throws Exception {
        Map<String, Long> ours = new TreeMap<>();
        for (Field field : IoUringConstants.class.getDeclaredFields()) {
            if (!NEWER.contains(field.getName())) {
                ours.put(field.getName(), (long) field.getInt(null));
            }
        }
        assertThat(ours).hasSizeGreaterThan(30);
        assertMatchesTheHeader(ours);
    }

    @Test
    void anEntryIsLaidOutAsDrawn() throws Exception {
        assertMatchesTheHeader(
                offsets(
                        "io_uring_sqe",
                        Map.ofEntries(
                                Map.entry("opcode", 0),
                                Map.entry("flags", 1),
                                Map.entry("ioprio", 2),
                                Map.entry("fd", 4),
                                Map.entry("off", 8),
                                Map.entry("addr", 16),
                                Map.entry("len", 24),
                                Map.entry("accept_flags", 28),
                                Map.entry("msg_flags", 28),
                                Map.entry("poll32_events", 28),
                                Map.entry("user_data", 32),
                                Map.entry("buf_group", 40),
                                Map.entry("buf_index", 40),
                                Map.entry("personality", 42),
                                Map.entry("file_index", 44),
                                Map.entry("addr3", 48)),
                        SubmissionEntry.size()));
    }

    @Test
    void aCompletionIsLaidOutAsDrawn() throws Exception {
        assertMatchesTheHeader(
                offsets(
                        "io_uring_cqe",
                        Map.of("user_data", 0, "res", 8, "flags", 12),
                        CompletionQueue.sizeOfEntry()));
    }

    @Test
    void theWaitArgumentIsLaidOutAsDrawn() throws Exception {
        assertMatchesTheHeader(
                offsets(
                        "io_uring_getevents_arg",
                        Map.of("sigmask", 0, "sigmask_sz", 8, "ts", 16),
                        WaitArgument.argumentSize()));
        assertMatchesTheHeader(offsets("__kernel_timespec", Map.of("tv_sec", 0, "tv_nsec", 8), 16));
    }

    @Test
    void registrationsAreLaidOutAsWritten() throws Exception {
        assertMatchesTheHeader(
                offsets("io_uring_rsrc_update", Map.of("offset", 0, "resv", 4, "data", 8), 16));
        assertMatchesTheHeader(
                offsets(
                        "io_uring_rsrc_register",
                        Map.of("nr", 0, "flags", 4, "resv2", 8, "data", 16, "tags", 24),
                        32));
        assertMatchesTheHeader(
                offsets(
                        "io_uring_buf_reg",
                        Map.of("ring_addr", 0, "ring_entries", 8, "bgid", 12, "resv", 16),
                        40));
    }

    @Test
    void aProvidedBufferIsLaidOutAsDrawn() throws Exception {
        assertMatchesTheHeader(
                offsets(
                        "io_uring_buf",
                        Map.of("addr", 0, "len", 8, "bid", 12, "resv", BufferRing.offsetOfTail()),
                        BufferRing.sizeOfEntry()));
        assertMatchesTheHeader(
                Map.of(
                        "offsetof(struct io_uring_buf_ring, tail)",
                        (long) BufferRing.offsetOfTail()));
    }

    /** Each word is written at the header's offset, and our accessor must find it. */
    @Test
    void theParametersAreLaidOutAsDrawn() throws Exception {
        Linux linux = new Linux();
        try (NativeMemory memory = NativeMemory.allocate(linux, RingParameters.size())) {
            for (int at = 0; at < RingParameters.size(); at += Integer.BYTES) {
                memory.buffer().putInt(at, at);
            }
            RingParameters found = new RingParameters(memory);
            assertMatchesTheHeader(
                    offsets(
                            "io_uring_params",
                            Map.ofEntries(
                                    Map.entry("sq_entries", found.submissionEntries()),
                                    Map.entry("cq_entries", found.completionEntries()),
                                    Map.entry("flags", found.flags()),
                                    Map.entry("sq_thread_cpu", 12),
                                    Map.entry("sq_thread_idle", 16),
                                    Map.entry("features", found.features()),
                                    Map.entry("wq_fd", 24),
                                    Map.entry("sq_off.head", found.submissionHead()),
                                    Map.entry("sq_off.tail", found.submissionTail()),
                                    Map.entry("sq_off.flags", found.submissionFlags()),
                                    Map.entry("sq_off.array", found.submissionArray()),
                                    Map.entry("cq_off.head", found.completionHead()),
                                    Map.entry("cq_off.tail", found.completionTail()),
                                    Map.entry("cq_off.cqes", found.completions())),
                            RingParameters.size()));
        }
    }

    @Test
    void whatIsAskedForStandsWhereTheKernelReadsIt() throws LinuxException {
        try (NativeMemory memory = NativeMemory.allocate(new Linux(), RingParameters.size())) {
            RingParameters parameters = new RingParameters(memory);
            RingSetup.Poller poller = new RingSetup.Poller(30, 2, 9);
            parameters.ask(7, new RingSetup(8, 512, 1, 0, 0, poller));
            assertThat(parameters.flags()).isEqualTo(7);
            assertThat(parameters.completionEntries()).isEqualTo(512);
            assertThat(memory.buffer().getInt(12)).isEqualTo(2);
            assertThat(memory.buffer().getInt(16)).isEqualTo(30);
            assertThat(memory.buffer().getInt(24)).isEqualTo(9);
        }
    }

    private static Map<String, Long> offsets(
            String structure, Map<String, Integer> fields, int size) {
        Map<String, Long> all = new TreeMap<>();
        fields.forEach(
                (field, offset) ->
                        all.put(
                                "offsetof(struct " + structure + ", " + field + ")",
                                (long) offset));
        all.put("sizeof(struct " + structure + ")", (long) size);
        return all;
    }
}
