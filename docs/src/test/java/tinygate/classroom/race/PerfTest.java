package tinygate.classroom.race;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tinygate.classroom.ChildProcess;

@Timeout(60)
class PerfTest {
    private static final List<String> OUTPUT =
            List.of(
                    "counting",
                    "loop-0-4711,40,,raw_syscalls:sys_enter,303329383,100.00,,",
                    "loop-1-4712,2,,raw_syscalls:sys_enter,303329383,100.00,,",
                    "C1 CompilerThre-4713,900,,raw_syscalls:sys_enter,175653392,100.00,,",
                    "VM Thread-4714,<not counted>,,raw_syscalls:sys_enter,0,100.00,,",
                    "loop-0-4711,7,,syscalls:sys_enter_futex,303329383,100.00,,",
                    "");

    @TempDir Path directory;

    @Test
    void itsCountsAreReadByThreadAndEvent() {
        List<Perf.Count> counts = Perf.read(OUTPUT);
        assertThat(counts).hasSize(5);
        assertThat(Perf.sum(counts, Perf.SYSTEM_CALLS, "")).isEqualTo(942);
        assertThat(Perf.sum(counts, Perf.SYSTEM_CALLS, "loop-")).isEqualTo(42);
        assertThat(Perf.sum(counts, List.of("syscalls:sys_enter_futex", "none"), "")).isEqualTo(7);
    }

    @Test
    void whatWasNotCountedIsNotNone() {
        assertThat(Perf.sum(Perf.read(OUTPUT), List.of("another:event"), "")).isNull();
    }

    @Test
    void withoutPerfNothingIsCounted() throws Exception {
        try (Perf perf = new Perf(new Programs("/nowhere"), List.of(1L), Perf.SYSTEM_CALLS)) {
            assertThat(perf.stop()).isEmpty();
        }
    }

    @Test
    void aPerfThatMustNotCountCountsNothing() throws Exception {
        Path program = Files.writeString(directory.resolve("perf"), "#!/bin/sh\nexit 255\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
        Programs programs = new Programs(directory.toString());
        try (Perf perf = new Perf(programs, List.of(1L), Perf.SYSTEM_CALLS)) {
            assertThat(perf.stop()).isEmpty();
        }
    }

    @Test
    void theCallsOfAProcessAreCounted() throws Exception {
        try (ChildProcess cat = ChildProcess.start(List.of("cat"), line -> {});
                Perf perf = new Perf(new Programs(), List.of(cat.pid()), Perf.SYSTEM_CALLS)) {
            cat.closeInput(); // it reads the end, and leaves
            cat.ended().get();
            List<Perf.Count> counts = perf.stop();
            assumeTrue(!counts.isEmpty(), "perf may not count system calls here");
            assertThat(Perf.sum(counts, Perf.SYSTEM_CALLS, "cat")).isPositive();
        }
    }
}
