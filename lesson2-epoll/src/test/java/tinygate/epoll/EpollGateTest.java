package tinygate.epoll;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.BindException;
import java.net.ServerSocket;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tinygate.HostPort;
import tinygate.Settings;

@Timeout(60)
class EpollGateTest {

    /** The command line says by it which exit code is right. */
    @Test
    void anAddressThatCannotBeListenedOnIsABindException() throws IOException {
        try (ServerSocket taken = new ServerSocket(0)) {
            HostPort address = new HostPort("127.0.0.1", taken.getLocalPort());
            Settings settings = Settings.loopback(List.of()).withListen(address);
            try (EpollGate gate = new EpollGate(settings)) {
                assertThatThrownBy(gate::start)
                        .isInstanceOf(BindException.class)
                        .hasMessageContaining("EADDRINUSE");
                assertThat(gate.address()).isNull();
            }
        }
    }
}
