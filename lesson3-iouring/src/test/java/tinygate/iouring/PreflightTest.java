package tinygate.iouring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tinygate.linux.Errno;

/** What is said about machines that are not here. */
class PreflightTest {
    private static final Capability SEND = operation("SEND");

    @ParameterizedTest
    @ValueSource(strings = {"6.1.0-40-amd64", "6.18.44", "6.1-rc3", "7.0.1", "10.0", "7"})
    void aKernelFrom6Point1OnHasAllThatIsNeeded(String release) {
        Preflight preflight = Preflight.of(Facts.fit().release(release).build());
        assertThat(preflight.ok()).isTrue();
        assertThat(preflight.reason()).isEmpty();
        assertThat(preflight.table()).startsWith("io_uring can be used here").contains(release);
        preflight.require();
    }

    @ParameterizedTest
    @ValueSource(strings = {"6.0.19", "5.15.153.1-microsoft-standard-WSL2", "4.19"})
    void anOlderKernelIsTooOldEvenIfItHasRings(String release) {
        Facts facts = Facts.fit().release(release).missing(flag("DEFER_TASKRUN"));
        assertThat(reason(facts))
                .startsWith("kernel (" + release + "): Linux 6.1 was the first")
                .contains("Cure: boot a newer kernel");
    }

    @Test
    void aSwitchThatIsOffForEverybodyIsNamedWithTheCommandThatTurnsItOn() {
        assertThat(reason(Facts.fit().disabled(2).setup(Errno.EPERM)))
                .startsWith("kernel.io_uring_disabled (2): ")
                .contains("for everybody", "sysctl kernel.io_uring_disabled=0");
    }

    @Test
    void aSwitchThatIsOffForThisUserNamesTheGroupToJoin() {
        assertThat(reason(Facts.fit().disabled(1).setup(Errno.EPERM)))
                .startsWith("kernel.io_uring_disabled (1): ")
                .contains("all but CAP_SYS_ADMIN", "sysctl kernel.io_uring_group=GID");
    }

    @Test
    void aSwitchThatIsOffForOthersOnlyIsNoObstacle() {
        assertThat(Preflight.of(Facts.fit().disabled(1).build()).ok()).isTrue();
    }

    @Test
    void aRefusalBehindASeccompFilterBlamesTheFilter() {
        assertThat(reason(Facts.fit().seccompFilters(1).setup(Errno.EPERM)))
                .startsWith("io_uring_setup (EPERM): a seccomp filter forbids the call")
                .contains("Docker's default profile", ".devcontainer/seccomp.json");
    }

    @Test
    void aRefusalWithoutAFilterThatCanBeSeenGuesses() {
        assertThat(reason(Facts.fit().setup(Errno.EPERM))).contains("such as a seccomp filter,");
    }

    @Test
    void aCallThatIsNotThereIsToldFromOneThatIsForbidden() {
        assertThat(reason(Facts.fit().seccompFilters(1).setup(Errno.ENOSYS)))
                .startsWith("io_uring_setup (ENOSYS): a seccomp filter hides the call")
                .contains("Podman's default profile", "CONFIG_IO_URING");
    }

    @Test
    void aSecurityModuleIsNamed() {
        assertThat(reason(Facts.fit().setup(Errno.EACCES))).contains("SELinux");
    }

    @Test
    void aRingWithoutMemoryNamesTheLimitOfLockedMemory() {
        assertThat(reason(Facts.fit().lockedBytes(16_384).setup(Errno.ENOMEM)))
                .startsWith("io_uring_setup (ENOMEM): ")
                .contains("16 KiB", "ulimit -l");
    }

    @Test
    void anyOtherErrorIsToldWithItsOwnCauseAndCure() {
        assertThat(reason(Facts.fit().setup(Errno.EMFILE)))
                .contains(Errno.EMFILE.cause(), Errno.EMFILE.cure());
    }

    @Test
    void aMissingOperationIsNamedWithTheVersionThatBroughtIt() {
        assertThat(reason(Facts.fit().missing(SEND)))
                .startsWith("operations (1 of 7 missing): this kernel lacks SEND (5.6), ");
    }

    @Test
    void operationsThatCannotBeAskedForAreNotSaidToBeThere() {
        Preflight preflight = Preflight.of(Facts.fit().register(Errno.EPERM).build());
        assertThat(preflight.reason()).startsWith("io_uring_register (EPERM): ");
        assertThat(preflight.table()).containsPattern("operations +not asked");
    }

    @Test
    void lowLimitsAreToldButRefuseNothing() {
        Preflight preflight =
                Preflight.of(Facts.fit().openFiles(1_024).lockedBytes(65_536).build());
        assertThat(preflight.ok()).isTrue();
        assertThat(preflight.table())
                .contains("open files (1024): an exchange takes", "ulimit -n")
                .contains("locked memory (64 KiB): Linux 6.14 and later count rings");
    }

    @Test
    void aMachineThatMakesNoSystemCallsIsToldNothingElse() {
        Preflight preflight =
                Preflight.of(KernelFacts.unknown("this is Mac OS X on aarch64. Use Linux."));
        assertThat(preflight.reason())
                .isEqualTo(
                        "system (unfit): this is Mac OS X on aarch64. Use Linux. Cure: run lesson"
                                + " 1, or find a machine that has what is needed.");
        assertThat(preflight.table()).doesNotContain("kernel");
    }

    @Test
    void aGateThatNeedsIoUringIsRefusedWithTheReasonAndWhereToReadMore() {
        Preflight preflight = Preflight.of(Facts.fit().missing(SEND).build());
        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(preflight::require)
                .withMessage(preflight.reason() + " (--preflight shows all that is needed.)");
    }

    static List<Facts> unfit() {
        return List.of(
                Facts.fit().release("5.15.153.1-microsoft-standard-WSL2"),
                Facts.fit().disabled(2).setup(Errno.EPERM),
                Facts.fit().setup(Errno.ENOSYS),
                Facts.fit().register(Errno.EPERM),
                Facts.fit().missing(Capability.OPERATIONS.toArray(new Capability[0])),
                Facts.fit().openFiles(100).lockedBytes(0).setup(Errno.ENOMEM));
    }

    @ParameterizedTest
    @MethodSource("unfit")
    void theTableFitsAnOldTerminal(Facts facts) {
        assertThat(Preflight.of(facts.build()).table().lines())
                .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(80));
    }

    private static String reason(Facts facts) {
        Preflight preflight = Preflight.of(facts.build());
        assertThat(preflight.ok()).isFalse();
        assertThat(preflight.table())
                .startsWith("io_uring cannot be used here\n")
                .contains("MISSING");
        return preflight.reason();
    }

    private static Capability operation(String name) {
        return named(Capability.OPERATIONS, name);
    }

    private static Capability flag(String name) {
        return named(Capability.SETUP_FLAGS, name);
    }

    private static Capability named(List<Capability> all, String name) {
        return all.stream().filter(one -> one.name().equals(name)).findFirst().orElseThrow();
    }
}
