package tinygate.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ErrnoTest {
    @ParameterizedTest
    @EnumSource
    void everyErrorIsFoundByItsResultAndSaysCauseAndCure(Errno errno) {
        assertThat(Errno.of(-errno.number())).isEqualTo(errno);
        assertThat(errno.cause()).isNotBlank();
        assertThat(errno.cure()).isNotBlank();
    }

    @Test
    void aSuccessIsNoError() {
        for (Errno errno : Errno.values()) {
            assertThat(errno.is(0)).as("%s is 0", errno).isFalse();
            assertThat(errno.is(errno.number())).as("%s is positive", errno).isFalse();
        }
    }

    @Test
    void whatHasRunOutHereIsToldFromWhatTheOtherEndSays() {
        assertThat(List.of(Errno.EMFILE, Errno.ENFILE, Errno.ENOBUFS, Errno.ENOMEM))
                .allMatch(errno -> Errno.ranOut(-errno.number()));
        assertThat(List.of(Errno.ECONNREFUSED, Errno.EADDRNOTAVAIL, Errno.ETIMEDOUT))
                .noneMatch(errno -> Errno.ranOut(-errno.number()));
        assertThat(Errno.ranOut(Errno.EMFILE.number())).as("a descriptor").isFalse();
    }

    @Test
    void aNumberThatIsNotNamedIsUnknown() {
        assertThat(Errno.of(-131)).isEqualTo(Errno.UNKNOWN);
        assertThat(Errno.of(-100_000)).isEqualTo(Errno.UNKNOWN);
        assertThat(Errno.of(Integer.MIN_VALUE)).isEqualTo(Errno.UNKNOWN);
        assertThat(Errno.of(11)).isEqualTo(Errno.UNKNOWN);
    }

    @Test
    void anExceptionNamesCallErrorCauseAndCure() {
        LinuxException e = new LinuxException("bind", "127.0.0.1 port 80", -13);

        assertThat(e.errno()).isEqualTo(Errno.EACCES);
        assertThat(e)
                .hasMessage(
                        "bind 127.0.0.1 port 80 failed with EACCES (13): not permitted: ports below"
                                + " 1024 are for root as a rule. Cure: choose a port from 1024 on,"
                                + " or grant CAP_NET_BIND_SERVICE.");
    }

    @Test
    void anExceptionOfAnUnknownErrorKeepsItsNumber() {
        assertThat(new LinuxException("bind", "", -131))
                .hasMessageStartingWith("bind failed with UNKNOWN (131)");
    }

    @Test
    void aCheckedSuccessIsPassedOn() throws LinuxException {
        assertThat(LinuxException.check("socket", "", 7)).isEqualTo(7);
        assertThatExceptionOfType(LinuxException.class)
                .isThrownBy(() -> LinuxException.check("socket", "", -24))
                .withMessageContaining("ulimit -n");
    }
}
