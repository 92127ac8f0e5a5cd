package tinygate.workers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import tinygate.contract.Bench;

/** A crew that makes its workers when it needs them, while there is memory for them. */
@Timeout(60)
@EnabledForJreRange(min = JRE.JAVA_21)
class VirtualCrewTest {

    @Test
    void aClientForWhoseWorkerNoMemoryIsLeftIsRefusedAndALaterOneServed() throws IOException {
        try (Bench bench = new Bench(WorkersGate::new);
                ServerSocketChannel listener = ServerSocketChannel.open()) {
            WorkersGate gate = (WorkersGate) bench.gate();
            AtomicBoolean exhausted = new AtomicBoolean(true);
            VirtualCrew crew =
                    new VirtualCrew(
                            () -> {
                                if (exhausted.get()) {
                                    throw new OutOfMemoryError("as a direct buffer's allocation");
                                }
                                return new Worker(gate);
                            });
            bench.closing(crew::close);
            listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            try (Socket client = new Socket()) {
                client.connect(listener.getLocalAddress());
                assertThat(crew.offer(bench.closing(listener.accept()))).isFalse();
            }

            exhausted.set(false);
            try (Socket client = new Socket()) {
                client.connect(listener.getLocalAddress());
                client.setSoTimeout(5_000);
                assertThat(crew.offer(bench.closing(listener.accept()))).isTrue();
                client.getOutputStream()
                        .write("no request\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                byte[] answer = client.getInputStream().readNBytes(12);
                assertThat(new String(answer, StandardCharsets.US_ASCII)).isEqualTo("HTTP/1.1 400");
            }
        }
    }
}
