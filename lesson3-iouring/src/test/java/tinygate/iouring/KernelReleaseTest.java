package tinygate.iouring;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Versions as kernels tell them. */
class KernelReleaseTest {

    @ParameterizedTest
    @CsvSource({
        "6.1.0-40-amd64, 6.1",
        "6.18.44, 6.18",
        "6.1-rc3, 6.1",
        "7, 7.0",
        "5.15.153.1-microsoft-standard-WSL2, 5.15"
    })
    void aReleaseIsReadUpToItsMinorNumber(String release, String version) {
        assertThat(KernelRelease.of(release)).hasToString(version);
    }

    @Test
    void versionsAreComparedByNumbers() {
        KernelRelease release = new KernelRelease(6, 9);
        assertThat(release.atLeast(6, 9)).isTrue();
        assertThat(release.atLeast(5, 19)).isTrue();
        assertThat(release.atLeast(6, 10)).isFalse();
        assertThat(release.atLeast(7, 0)).isFalse();
    }
}
