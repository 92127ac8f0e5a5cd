package tinygate.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static tinygate.contract.Message.head;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tinygate.contract.ScriptedUpstream.Connection;

/**
 * Rule P6 again: bodies of any size pass byte by byte the same, in bounded memory. The system
 * properties {@code tinygate.contract.mebibytes} and {@code tinygate.contract.childMebibytes} set
 * the sizes.
 */
interface BigBodies extends TestedGate {
    long SIZE = Long.getLong("tinygate.contract.mebibytes", 64) << 20;
    long CHILD_SIZE = Long.getLong("tinygate.contract.childMebibytes", 1024) << 20;

    @Test
    @Tag("P6")
    default void aBigBodyWithItsLengthIsUploadedUnchanged(Bench bench) throws Exception {
        RawClient client = bench.client();
        Background sender =
                Background.start(
                        () -> {
                            client.send(post("Content-Length: " + SIZE));
                            Payload.send(client, SIZE);
                        });
        Connection upstream = bench.upstream().accept();
        upstream.readRequestHead();
        Payload.expect(upstream, 0, SIZE);
        sender.finish();
        upstream.send(Bench.OK);
        assertThat(client.readResponse().text()).isEqualTo("ok");
    }

    @Test
    @Tag("P6")
    default void aBigChunkedBodyIsUploadedUnchanged(Bench bench) throws Exception {
        RawClient client = bench.client();
        Background sender =
                Background.start(
                        () -> {
                            client.send(post("Transfer-Encoding: chunked"));
                            Payload.sendChunked(client, SIZE);
                        });
        Connection upstream = bench.upstream().accept();
        upstream.readRequestHead();
        Payload.expectChunked(upstream, SIZE);
        sender.finish();
        upstream.readThrough("\r\n");
        upstream.send(Bench.OK);
        assertThat(client.readResponse().text()).isEqualTo("ok");
    }

    @Test
    @Tag("P6")
    default void aBigBodyWithItsLengthIsDownloadedUnchanged(Bench bench) throws Exception {
        RawClient client = bench.client();
        client.send(Bench.GET);
        download(client, bench.upstream().accept(), SIZE);
    }

    @Test
    @Tag("P6")
    default void aBigChunkedBodyIsDownloadedUnchanged(Bench bench) throws Exception {
        RawClient client = bench.client();
        client.send(Bench.GET);
        Connection upstream = bench.upstream().accept();
        Background sender =
                Background.start(
                        () -> {
                            upstream.answer(head("HTTP/1.1 200 OK", "Transfer-Encoding: chunked"));
                            Payload.sendChunked(upstream, SIZE);
                        });
        client.readResponseHead();
        Payload.expectChunked(client, SIZE);
        client.readThrough("\r\n");
        sender.finish();
        client.send(Bench.GET);
        upstream.answer(Bench.OK);
        assertThat(client.readResponse().text()).isEqualTo("ok");
    }

    @Test
    @Tag("P6")
    default void aGibibytePassesThroughAHeapOf64Mebibytes(Bench bench) throws Exception {
        Assumptions.assumeTrue(childGate().isPresent(), "this gate names no class to run alone");
        ScriptedUpstream upstream = bench.newUpstream();
        ChildGate gate =
                bench.closing(ChildGate.start(childGate().get(), "64m", 0, upstream.address()));
        RawClient client = bench.clientOf(gate.address());
        client.send(Bench.GET);
        download(client, upstream.accept(), CHILD_SIZE);
    }

    private static void download(RawClient client, Connection upstream, long size)
            throws Exception {
        Background sender =
                Background.start(
                        () -> {
                            upstream.answer(head("HTTP/1.1 200 OK", "Content-Length: " + size));
                            Payload.send(upstream, size);
                        });
        client.readResponseHead();
        Payload.expect(client, 0, size);
        sender.finish();
    }

    private static String post(String framing) {
        return head("POST / HTTP/1.1", "Host: a.test", framing);
    }
}
