package tinygate.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;

class MachineTest {
    @Test
    void theJdksNamesOfBothMachinesAreKnown() {
        assertThat(Machine.of("Linux", "amd64")).isEqualTo(Machine.X86_64);
        assertThat(Machine.of("Linux", "aarch64")).isEqualTo(Machine.AARCH64);
    }

    @Test
    void anotherSystemIsToldWhatIsNeeded() {
        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> Machine.of("Mac OS X", "aarch64"))
                .withMessageContaining("need Linux on x86-64 or aarch64")
                .withMessageContaining("this is Mac OS X on aarch64")
                .withMessageContaining("WSL 2");
    }

    @Test
    void anotherProcessorIsToldWhatIsNeeded() {
        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> Machine.of("Linux", "riscv64"))
                .withMessageContaining("this is Linux on riscv64");
    }

    @Test
    void theEventIsPackedOnX86Only() {
        EpollEvent x86 = EpollEvent.of(Machine.X86_64);
        assertThat(x86.size()).isEqualTo(12);
        assertThat(x86.offsetOfData()).isEqualTo(4);

        EpollEvent arm = EpollEvent.of(Machine.AARCH64);
        assertThat(arm.size()).isEqualTo(16);
        assertThat(arm.offsetOfData()).isEqualTo(8);
    }
}
