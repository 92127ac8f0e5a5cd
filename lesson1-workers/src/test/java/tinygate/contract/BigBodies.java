package tinygate.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static tinygate.contract.Message.head;

import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tinygate.contract.ScriptedUpstream.Connection;

/**
 * Rule P6 again: bodies of any size pass byte by byte the same, in bounded memory. The system
 * properties {@code tinygate.contract.mebibytes} and {@code tinygate.contract.childMebibytes} set
 * the sizes of the bodies that pass through a gate in this JVM and through one with a heap of 64
 * MiB.
 */
interface BigBodies extends TestedGate {
    long SIZE = Long.getLong("tinygate.contract.mebibytes", 64) << 20;
    long CHILD_SIZE = Long.getLong("tinygate.contract.childMebibytes", 128) << 20;

    /** The ways a body can go. */
    enum Way {
        UP_WITH_ITS_LENGTH,
        UP_IN_CHUNKS,
        DOWN_WITH_ITS_LENGTH,
        DOWN_IN_CHUNKS;

        boolean up() {
            return this == UP_WITH_ITS_LENGTH || this == UP_IN_CHUNKS;
        }

        boolean chunked() {
            return this == UP_IN_CHUNKS || this == DOWN_IN_CHUNKS;
        }
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    @Tag("P6")
    default void aBigBodyPassesUnchanged(Way way, Bench bench) throws Exception {
        RawClient client = bench.client();
        transfer(way, client, bench.upstream(), SIZE);
    }

    @Test
    @Timeout(240)
    @Tag("P6")
    default void bodiesLargerThanTheHeapPassThroughAGate(Bench bench) throws Exception {
        Assumptions.assumeTrue(childGate().isPresent(), "this gate names no class to run alone");
        ScriptedUpstream upstream = bench.newUpstream();
        ChildGate gate =
                bench.closing(ChildGate.start(childGate().get(), "64m", 0, upstream.address()));
        for (Way way : Way.values()) {
            transfer(way, bench.clientOf(gate.address()), upstream, CHILD_SIZE);
        }
    }

    @Test
    @Timeout(240)
    @Tag("P6")
    default void aTunnelCarriesMoreThanTheHeapBothWaysAtOnce(Bench bench) throws Exception {
        Assumptions.assumeTrue(fullDuplex(), "this gate has no tunnels: rule H13 from lesson 2 on");
        Assumptions.assumeTrue(childGate().isPresent(), "this gate names no class to run alone");
        ChildGate gate =
                bench.closing(
                        ChildGate.start(childGate().get(), "64m", 0, bench.upstream().address()));
        RawClient client = bench.clientOf(gate.address());
        client.send(Upgrades.UPGRADE);
        Connection upstream = bench.upstream().accept();
        upstream.answer(Upgrades.SWITCHING);
        client.readResponseHead();
        List<Background> flows =
                List.of(
                        Background.start(() -> Payload.send(client, CHILD_SIZE)),
                        Background.start(() -> Payload.expect(upstream, 0, CHILD_SIZE)),
                        Background.start(() -> Payload.send(upstream, CHILD_SIZE)));
        Payload.expect(client, 0, CHILD_SIZE);
        for (Background flow : flows) {
            flow.finish();
        }
    }

    /** Sends a body one way, checks every byte of it, and that nothing comes behind it. */
    private static void transfer(Way way, RawClient client, ScriptedUpstream upstreams, long size)
            throws Exception {
        String framing = way.chunked() ? "Transfer-Encoding: chunked" : "Content-Length: " + size;
        if (way.up()) {
            Background sender =
                    Background.start(
                            () -> {
                                client.send(head("POST / HTTP/1.1", "Host: a.test", framing));
                                send(way, client, size);
                            });
            Connection upstream = upstreams.accept();
            upstream.readRequestHead();
            expect(way, upstream, size);
            sender.finish();
            upstream.send(Bench.OK_CLOSE);
            assertThat(client.readResponse().text()).isEqualTo("ok");
            upstream.close();
        } else {
            client.send(Bench.GET);
            Connection upstream = upstreams.accept();
            Background sender =
                    Background.start(
                            () -> {
                                upstream.answer(head("HTTP/1.1 200 OK", framing));
                                send(way, upstream, size);
                            });
            client.readResponseHead();
            expect(way, client, size);
            sender.finish();
            client.send(Bench.GET);
            upstream.answer(Bench.OK_CLOSE);
            assertThat(client.readResponse().text()).isEqualTo("ok");
            upstream.close();
        }
        client.close();
    }

    private static void send(Way way, Wire wire, long size) throws Exception {
        if (way.chunked()) {
            Payload.sendChunked(wire, size);
        } else {
            Payload.send(wire, size);
        }
    }

    private static void expect(Way way, Wire wire, long size) throws Exception {
        if (way.chunked()) {
            Payload.expectChunked(wire, size);
            wire.readThrough("\r\n");
        } else {
            Payload.expect(wire, 0, size);
        }
    }
}
