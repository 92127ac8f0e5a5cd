package tinygate.classroom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class GateProcessTest {
    private static final Duration LONG = Duration.ofSeconds(40);

    /** Stands for a gate: prints its arguments, the second to standard error, then waits or not. */
    static final class Stub {
        public static void main(String[] args) throws IOException {
            System.out.println(args[0]);
            System.err.println(args[1]);
            if (args[2].equals("exit")) {
                System.exit(3);
            }
            System.in.read();
        }
    }

    @Test
    void theAddressIsTheOneThatTheGatePrints() throws Exception {
        try (GateProcess gate = stub("tinygate: listening on 127.0.0.1:4711, engine x", "", LONG)) {
            assertThat(gate.address()).isEqualTo(new InetSocketAddress("127.0.0.1", 4711));
            assertThat(ProcessHandle.of(gate.pid())).isPresent();
        }
    }

    @Test
    void closingEndsTheProcess() throws Exception {
        GateProcess gate = stub("listening on 127.0.0.1:4711", "", LONG);
        ProcessHandle process = ProcessHandle.of(gate.pid()).orElseThrow();
        gate.close();
        process.onExit().get();
        assertThat(process.isAlive()).isFalse();
    }

    @Test
    void aGateThatFailsShowsItsStandardErrorAndExitCode() {
        assertThatThrownBy(
                        () ->
                                new GateProcess(
                                        Stub.class.getName(),
                                        List.of("hello", "port 80: permission denied", "exit"),
                                        LONG))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("exit code 3")
                .hasMessageContaining("port 80: permission denied");
    }

    @Test
    void aGateThatSaysNothingIsWaitedForUntilTheLimit() {
        assertThatThrownBy(() -> stub("still thinking", "", Duration.ofSeconds(1)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("within 1 s");
    }

    private static GateProcess stub(String out, String err, Duration limit) throws Exception {
        return new GateProcess(Stub.class.getName(), List.of(out, err, "wait"), limit);
    }
}
