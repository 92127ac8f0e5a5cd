package tinygate.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.UnixOperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What a gate survives, continued: thousands of clients that hold their connections and are silent.
 * The system property {@code tinygate.contract.idleClients} sets how many.
 */
interface IdleClients extends TestedGate {
    int CLIENTS = Integer.getInteger("tinygate.contract.idleClients", 10_000);

    @Test
    @Timeout(240)
    @Tag("survival")
    default void tenThousandIdleClientsCostLittle(Bench bench) throws Exception {
        Assumptions.assumeTrue(fullDuplex(), "a worker stays with each client of this gate");
        Assumptions.assumeTrue(childGate().isPresent(), "this gate names no class to run alone");
        UnixOperatingSystemMXBean system =
                (UnixOperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        Assumptions.assumeTrue(
                system.getMaxFileDescriptorCount() > CLIENTS + 500,
                "raise the limit of open files for " + CLIENTS + " clients: ulimit -Hn");
        AnsweringUpstream upstream = bench.named("a");
        ChildGate gate =
                bench.closing(ChildGate.start(childGate().get(), "48m", 0, upstream.address()));
        RawClient before = bench.clientOf(gate.address());
        assertThat(before.ask(Bench.GET).text()).isEqualTo("a");
        List<SocketChannel> idle = new ArrayList<>();
        try {
            connect(gate, idle, CLIENTS / 10); // what the first ones wake up in a JVM is no matter
            long first = gate.residentBytes();
            connect(gate, idle, CLIENTS);
            long each = (gate.residentBytes() - first) / (CLIENTS - CLIENTS / 10);

            assertThat(each).as("memory for an idle client").isLessThan(idleClientBytes());
            assertThat(before.ask(Bench.GET).text()).isEqualTo("a");
            assertThat(bench.clientOf(gate.address()).ask(Bench.GET).text()).isEqualTo("a");
        } finally {
            for (SocketChannel one : idle) {
                one.close();
            }
        }
    }

    /** Connects clients up to so many; each asks once and is idle then. */
    private static void connect(ChildGate gate, List<SocketChannel> clients, int count)
            throws IOException {
        ByteBuffer request = StandardCharsets.US_ASCII.encode(Bench.GET);
        ByteBuffer answer = ByteBuffer.allocate(1024);
        while (clients.size() < count) {
            SocketChannel client = SocketChannel.open(gate.address());
            clients.add(client);
            client.write(request.rewind());
            answer.clear();
            while (answer.position() == 0 || answer.get(answer.position() - 1) != 'a') {
                if (client.read(answer) < 0) {
                    throw new AssertionError("client " + clients.size() + " was closed");
                }
            }
        }
    }
}
