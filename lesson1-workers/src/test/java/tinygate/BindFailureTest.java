package tinygate;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.BindException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BindFailureTest {
    private static final HostPort ADDRESS = new HostPort("127.0.0.1", 80);

    /** As the JDK, Netty and the gates by hand say it. */
    @ParameterizedTest
    @CsvSource({
        "Address already in use, ADDRESS_IN_USE, 'choose another one with --listen host:port'",
        "bind(..) failed: Address already in use, ADDRESS_IN_USE, another program uses the port",
        "bind 127.0.0.1 port 80 failed with EADDRINUSE (98), ADDRESS_IN_USE, another program",
        "Permission denied, PRIVILEGED_PORT, CAP_NET_BIND_SERVICE",
        "bind 127.0.0.1 port 80 failed with EACCES (13), PRIVILEGED_PORT, choose one from 1024",
        "Cannot assign requested address, CANNOT_BIND, it is not an address of this machine",
        "bind 127.0.0.1 port 80 failed with EADDRNOTAVAIL (99), CANNOT_BIND, it is not an address",
        "Protocol error, CANNOT_BIND, Protocol error"
    })
    void theCauseIsKnownByItsTextOrItsName(String text, ExitCode code, String cure) {
        StartException failure = BindFailure.explain("--listen", ADDRESS, new BindException(text));
        assertThat(failure.exitCode()).isEqualTo(code);
        assertThat(failure)
                .hasMessageStartingWith("cannot listen on 127.0.0.1:80: ")
                .hasMessageContaining(cure);
    }
}
