package tinygate.sqpoll;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tinygate.PollerSettings;
import tinygate.iouring.Finding;
import tinygate.iouring.Finding.Verdict;
import tinygate.iouring.KernelRelease;
import tinygate.iouring.NeedsIoUring;
import tinygate.iouring.Preflight;
import tinygate.linux.Errno;

/** What is said about machines that are not here, and about this one. */
class PollerRequirementsTest {
    private static final KernelRelease NEW = new KernelRelease(6, 18);
    private static final PollerSettings WITH_FILES = new PollerSettings(-1, 10, 200, true);

    private static Finding found(PollerFacts facts, PollerSettings settings, String subject) {
        List<Finding> findings = PollerRequirements.judge(facts, settings);
        assertThat(findings).hasSize(5);
        return findings.stream()
                .filter(finding -> finding.subject().startsWith(subject))
                .findFirst()
                .orElseThrow();
    }

    private static Finding found(PollerFacts facts, String subject) {
        return found(facts, PollerSettings.DEFAULTS, subject);
    }

    @Test
    void aMachineThatHasAllIsFit() {
        PollerFacts facts = new PollerFacts(NEW, 2, 0, 0, 0, 0);
        assertThat(PollerRequirements.judge(facts, WITH_FILES))
                .allSatisfy(finding -> assertThat(finding.verdict()).isEqualTo(Verdict.OK));
    }

    @ParameterizedTest
    @CsvSource({
        "EPERM, forbids a thread of the kernel, --engine=iouring",
        "EACCES, forbids a thread of the kernel, --engine=iouring",
        "ENOMEM, RLIMIT_MEMLOCK, ulimit -l",
        "EMFILE, descriptor, ulimit -n"
    })
    void aPollerThatIsRefusedIsMissingWithCauseAndCure(Errno errno, String cause, String cure) {
        PollerFacts facts = new PollerFacts(NEW, 2, -errno.number(), 0, 0, 0);
        Finding poller = found(facts, "poller");
        assertThat(poller.verdict()).isEqualTo(Verdict.MISSING);
        assertThat(poller.found()).isEqualTo(errno.toString());
        assertThat(poller.cause()).contains(cause);
        assertThat(poller.cure()).contains(cure);
    }

    @Test
    void oneProcessorIsFewButRefusesNothing() {
        Finding processors = found(new PollerFacts(NEW, 1, 0, 0, 0, 0), "processors");
        assertThat(processors.verdict()).isEqualTo(Verdict.LOW);
        assertThat(processors.cure()).contains("taskset");
    }

    @Test
    void registeredFilesAreMissingOnAnOldKernelOnlyIfTheyAreAskedFor() {
        PollerFacts facts = new PollerFacts(new KernelRelease(6, 12), 2, 0, 0, 0, 0);
        assertThat(found(facts, "registered files").verdict()).isEqualTo(Verdict.NOT_HERE);
        Finding asked = found(facts, WITH_FILES, "registered files");
        assertThat(asked.verdict()).isEqualTo(Verdict.MISSING);
        assertThat(asked.cause()).contains("stays open");
        assertThat(asked.cure()).contains("poller.registeredFiles");
    }

    @Test
    void registeredFilesThatAreRefusedAreNotHere() {
        PollerFacts facts = new PollerFacts(NEW, 2, 0, -Errno.EPERM.number(), 0, 0);
        assertThat(found(facts, "registered files").verdict()).isEqualTo(Verdict.NOT_HERE);
        assertThat(found(facts, WITH_FILES, "registered files").found()).isEqualTo("EPERM");
    }

    @Test
    void registeredBuffersWithoutLockedMemoryNameTheLimit() {
        PollerFacts facts = new PollerFacts(NEW, 2, 0, 0, -Errno.ENOMEM.number(), 0);
        Finding buffers = found(facts, "registered buffers");
        assertThat(buffers.verdict()).isEqualTo(Verdict.NOT_HERE);
        assertThat(buffers.cause()).contains("RLIMIT_MEMLOCK");
        assertThat(buffers.cure()).contains("ulimit -l");
    }

    @Test
    void aKernelThatKnowsNoSendWithoutACopyIsToldSo() {
        PollerFacts facts = new PollerFacts(NEW, 2, 0, 0, 0, -Errno.EINVAL.number());
        assertThat(found(facts, "send").verdict()).isEqualTo(Verdict.NOT_HERE);
    }

    @Test
    @NeedsIoUring
    void theRowsOfThisMachineComeBehindThoseOfLesson3() {
        Preflight preflight = PollerRequirements.check(PollerSettings.DEFAULTS);
        assertThat(preflight.table())
                .contains("io_uring_setup", "poller (SQPOLL)", "registered buffers");
        assertThat(preflight.table().lines())
                .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(80));
    }
}
