package tinygate.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static tinygate.contract.Message.head;

import java.io.IOException;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tinygate.contract.ScriptedUpstream.Connection;

/** Rule H13: an upgraded connection is a tunnel; a gate that has none goes on in plain HTTP. */
interface Upgrades extends TestedGate {
    String UPGRADE = head("GET / HTTP/1.1", "Host: a.test", "Connection: Upgrade", "Upgrade: echo");
    String SWITCHING =
            head("HTTP/1.1 101 Switching Protocols", "Connection: Upgrade", "Upgrade: echo");

    /** The two ends of a tunnel. */
    record Tunnel(RawClient client, Connection upstream) {}

    private Tunnel tunnel(Bench bench) throws IOException {
        Assumptions.assumeTrue(fullDuplex(), "this gate has no tunnels: rule H13 from lesson 2 on");
        RawClient client = bench.client();
        client.send(UPGRADE);
        Connection upstream = bench.upstream().accept();
        Message request = upstream.answer(SWITCHING);
        assertThat(request.field("Upgrade")).isEqualTo("echo");
        assertThat(request.field("Connection")).containsIgnoringCase("upgrade");
        Message response = client.readResponse();
        assertThat(response.status()).isEqualTo(101);
        assertThat(response.field("Upgrade")).isEqualTo("echo");
        assertThat(response.field("Connection")).containsIgnoringCase("upgrade");
        return new Tunnel(client, upstream);
    }

    @Test
    @Tag("H13")
    default void aGateWithoutTunnelsGoesOnInPlainHttp(Bench bench) throws IOException {
        Assumptions.assumeFalse(fullDuplex(), "this gate has tunnels");
        Message forwarded = bench.forwarded(UPGRADE);
        assertThat(forwarded.has("Upgrade")).isFalse();
    }

    @Test
    @Tag("H13")
    default void anUpgradeThatTheUpstreamDeclinesGoesOnInPlainHttp(Bench bench) throws IOException {
        RawClient client = bench.client();
        assertThat(bench.relayed(client, UPGRADE, Bench.OK_CLOSE).text()).isEqualTo("ok");
        assertThat(bench.relayed(client, Bench.GET, Bench.OK_CLOSE).text()).isEqualTo("ok");
    }

    @Test
    @Tag("H13")
    default void anUpgradeThatNobodyAskedForIsAnswered502(Bench bench) throws IOException {
        Bench.expectOwnAnswer(bench.relayed(SWITCHING), 502);
    }

    @Test
    @Tag("H13")
    default void anUpgradeToHttp2GoesOnInPlainHttp(Bench bench) throws IOException {
        Message forwarded =
                bench.forwarded(
                        head(
                                "GET / HTTP/1.1",
                                "Host: a.test",
                                "Connection: Upgrade, HTTP2-Settings",
                                "Upgrade: websocket, h2c",
                                "HTTP2-Settings: AAMAAABkAAQAAP__"));
        assertThat(forwarded.has("Upgrade")).isFalse();
        assertThat(forwarded.has("Connection")).isFalse();
    }

    @Test
    @Tag("H13")
    default void bytesFlowBothWaysThroughATunnel(Bench bench) throws IOException {
        Tunnel tunnel = tunnel(bench);
        for (String bytes : new String[] {"hello", "\0\r\n\r\n\377", "GET / HTTP/1.1\r\n"}) {
            tunnel.client.send(bytes);
            assertThat(tunnel.upstream.readThrough(bytes)).isEqualTo(bytes);
            tunnel.upstream.send(bytes);
            assertThat(tunnel.client.readThrough(bytes)).isEqualTo(bytes);
        }
    }

    @Test
    @Tag("H13")
    default void bytesRightBehindTheHeadsAreNotLost(Bench bench) throws IOException {
        Assumptions.assumeTrue(fullDuplex(), "this gate has no tunnels: rule H13 from lesson 2 on");
        RawClient client = bench.client();
        client.send(UPGRADE + "early");
        Connection upstream = bench.upstream().accept();
        upstream.readRequest();
        upstream.send(SWITCHING + "first");
        assertThat(client.readResponse().status()).isEqualTo(101);
        assertThat(client.readThrough("first")).isEqualTo("first");
        assertThat(upstream.readThrough("early")).isEqualTo("early");
    }

    @Test
    @Tag("H13")
    default void aTunnelKeepsTheOtherDirectionWhenAClientHalfCloses(Bench bench)
            throws IOException {
        Tunnel tunnel = tunnel(bench);
        tunnel.client.send("last words");
        tunnel.client.shutdownOutput();
        assertThat(tunnel.upstream.readToEnd()).isEqualTo("last words");
        tunnel.upstream.send("answer");
        assertThat(tunnel.client.readThrough("answer")).isEqualTo("answer");
        tunnel.upstream.close();
        tunnel.client.expectClosed();
    }

    @Test
    @Tag("H13")
    default void aTunnelKeepsTheOtherDirectionWhenAnUpstreamHalfCloses(Bench bench)
            throws IOException {
        Tunnel tunnel = tunnel(bench);
        tunnel.upstream.send("last words");
        tunnel.upstream.shutdownOutput();
        assertThat(tunnel.client.readToEnd()).isEqualTo("last words");
        tunnel.client.send("answer");
        assertThat(tunnel.upstream.readThrough("answer")).isEqualTo("answer");
        tunnel.client.close();
        tunnel.upstream.expectClosed();
    }

    @Test
    @Tag("H13")
    default void nothingIsLostAtTheEndOfATunnel(Bench bench) throws Exception {
        Tunnel tunnel = tunnel(bench);
        long count = 1 << 20;
        Background sender =
                Background.start(
                        () -> {
                            Payload.send(tunnel.upstream, count);
                            tunnel.upstream.close();
                        });
        Payload.expect(tunnel.client, 0, count);
        tunnel.client.expectClosed();
        sender.finish();
    }

    @Test
    @Tag("H13")
    default void aTunnelIsClosedOnceItIsIdle(Bench bench) throws IOException {
        bench.timeout("tunnelIdleMillis", TimeLimits.LESS_THAN_A_DRIBBLE);
        Tunnel tunnel = tunnel(bench);
        TimeLimits.dribble(tunnel.client, tunnel.upstream);
        tunnel.client.expectClosed();
        tunnel.upstream.expectClosed();
    }

    @Test
    @Tag("H13")
    default void connectIsAnswered501(Bench bench) throws IOException {
        bench.expectRefused(head("CONNECT a.test:443 HTTP/1.1", "Host: a.test:443"), 501);
    }
}
