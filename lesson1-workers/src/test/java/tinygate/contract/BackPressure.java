package tinygate.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static tinygate.contract.Message.head;

import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tinygate.contract.ScriptedUpstream.Connection;

/**
 * Rule P6: a side that does not read stops the reading on the other side. What may be on its way is
 * what the kernel buffers on both connections, by default some megabytes each (tcp(7)).
 */
interface BackPressure extends TestedGate {
    long SIZE = 128L << 20;
    long ON_ITS_WAY = 32L << 20;
    Duration STALL = Duration.ofMillis(300);

    @Test
    @Tag("P6")
    default void aClientThatDoesNotReadStopsTheUpstream(Bench bench) throws Exception {
        RawClient client = bench.client(16 * 1024);
        client.send(Bench.GET);
        Connection upstream = bench.upstream().accept();
        upstream.answer(head("HTTP/1.1 200 OK", "Content-Length: " + SIZE));
        long taken = Payload.sendUntilStalled(upstream, SIZE, STALL);
        assertThat(taken).as("bytes taken from the upstream").isLessThan(ON_ITS_WAY);
        Background rest = Background.start(() -> Payload.send(upstream, taken, SIZE));
        client.readResponseHead();
        Payload.expect(client, 0, SIZE);
        rest.finish();
    }

    @Test
    @Tag("P6")
    default void anUpstreamThatDoesNotReadStopsTheClient(Bench bench) throws Exception {
        RawClient client = bench.client();
        client.send(head("POST / HTTP/1.1", "Host: a.test", "Content-Length: " + SIZE));
        long taken = Payload.sendUntilStalled(client, SIZE, STALL);
        assertThat(taken).as("bytes taken from the client").isLessThan(ON_ITS_WAY);
        Background rest = Background.start(() -> Payload.send(client, taken, SIZE));
        Connection upstream = bench.upstream().accept();
        upstream.readRequestHead();
        Payload.expect(upstream, 0, SIZE);
        rest.finish();
        upstream.send(Bench.OK);
        assertThat(client.readResponse().text()).isEqualTo("ok");
    }
}
