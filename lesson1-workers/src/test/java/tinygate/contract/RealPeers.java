package tinygate.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static tinygate.contract.Message.head;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Clients and upstreams that were written by others: curl, the JDK's HttpClient, nginx, and an
 * origin on h11 that accepts only what RFC 9112 allows.
 */
interface RealPeers extends TestedGate {
    int SIZE = 3_000_000;

    private static byte[] body(int size) {
        byte[] body = new byte[size];
        for (int i = 0; i < size; ) {
            i += copy(body, i, size - i);
        }
        return body;
    }

    private static int copy(byte[] body, int at, int count) {
        var bytes = Payload.slice(at, count);
        int length = bytes.remaining();
        bytes.get(body, at, length);
        return length;
    }

    private static String sha256(byte[] bytes) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }

    @Test
    @Tag("H4")
    default void aStrictOriginFindsNothingWrong(Bench bench) throws Exception {
        StrictOrigin origin = bench.closing(StrictOrigin.start());
        bench.upstreams(origin.address());
        RawClient client = bench.client();
        byte[] hello = "hello".getBytes();
        String host = "Host: a.test";
        client.ask(head("GET /a?b HTTP/1.1", host, "Connection: X", "X: y", "TE: trailers"));
        assertThat(origin.request().target()).isEqualTo("/a?b");
        client.ask(head("PUT /b HTTP/1.1", host, "Content-Length: 5") + "hello");
        assertThat(origin.request().sha256()).isEqualTo(sha256(hello));
        client.ask(
                head("POST /c HTTP/1.1", host, "Transfer-Encoding: chunked")
                        + "2;x=y\r\nhe\r\n3\r\nllo\r\n0\r\nX-End: here\r\n\r\n");
        StrictOrigin.Received chunked = origin.request();
        assertThat(chunked.sha256()).isEqualTo(sha256(hello));
        assertThat(chunked.trailers()).hasSize(1);
        client.send(head("HEAD /bytes/5 HTTP/1.1", host));
        assertThat(client.readResponse("HEAD").field("Content-Length")).isEqualTo("5");
        assertThat(client.ask(head("GET /chunked/5 HTTP/1.1", host)).trailers()).hasSize(1);
        assertThat(client.ask(head("GET /close/5 HTTP/1.1", host)).body()).hasSize(5);
    }

    @Test
    @Tag("H4")
    default void aStrictOriginGetsWholeBodies(Bench bench) throws Exception {
        StrictOrigin origin = bench.closing(StrictOrigin.start());
        bench.upstreams(origin.address());
        RawClient client = bench.client();
        client.send(head("POST / HTTP/1.1", "Host: a.test", "Content-Length: " + SIZE));
        Payload.send(client, SIZE);
        assertThat(client.readResponse().status()).isEqualTo(200);
        client.send(head("POST / HTTP/1.1", "Host: a.test", "Transfer-Encoding: chunked"));
        Payload.sendChunked(client, SIZE);
        assertThat(client.readResponse().status()).isEqualTo(200);
        String sum = sha256(body(SIZE));
        assertThat(origin.request().sha256()).isEqualTo(sum);
        assertThat(origin.request().sha256()).isEqualTo(sum);
    }

    @Test
    @Tag("H6")
    default void curlUploadsAndDownloads(Bench bench) throws Exception {
        StrictOrigin origin = bench.closing(StrictOrigin.start());
        bench.upstreams(origin.address());
        Path file = Files.write(Files.createTempFile("tinygate", ".body"), body(SIZE));
        try {
            Curl.Result upload =
                    Curl.run(
                            "--upload-file",
                            file.toString(),
                            "--header",
                            "Transfer-Encoding: chunked",
                            bench.url("/up"));
            assertThat(upload).isEqualTo(new Curl.Result(0, "ok", ""));
            assertThat(origin.request().sha256()).isEqualTo(sha256(Files.readAllBytes(file)));
        } finally {
            Files.delete(file);
        }
        for (String kind : List.of("/bytes/", "/chunked/", "/close/")) {
            Curl.Result download = Curl.run(bench.url(kind + SIZE));
            assertThat(download.exit()).as(download.errors()).isZero();
            assertThat(download.output().getBytes(StandardCharsets.ISO_8859_1))
                    .isEqualTo(body(SIZE));
        }
    }

    @Test
    @Tag("H10")
    default void curlKeepsItsConnection(Bench bench) throws Exception {
        bench.upstreams(bench.named("a").address());
        Curl.Result result =
                Curl.run("--http1.0", "--header", "Connection: keep-alive", bench.url("/"));
        assertThat(result.output()).isEqualTo("a");
        long before = bench.gate().stats().connectionsAccepted();
        result = Curl.run(bench.url("/1"), bench.url("/2"), bench.url("/3"));
        assertThat(result.output()).isEqualTo("aaa");
        assertThat(bench.gate().stats().connectionsAccepted()).isEqualTo(before + 1);
    }

    @Test
    @Tag("H11")
    default void curlGetsItsContinue(Bench bench) throws Exception {
        bench.upstreams(
                bench.answering(r -> (fullDuplex() ? head("HTTP/1.1 100 Continue") : "") + Bench.OK)
                        .address());
        Curl.Result result =
                Curl.run("--header", "Expect: 100-continue", "--data", "hello", bench.url("/"));
        assertThat(result).isEqualTo(new Curl.Result(0, "ok", ""));
    }

    @Test
    @Tag("H10")
    default void theJdksClientSharesTheGate(Bench bench) throws Exception {
        StrictOrigin origin = bench.closing(StrictOrigin.start());
        bench.upstreams(origin.address());
        HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(bench.url("/chunked/10000")))
                        .POST(BodyPublishers.ofByteArray(body(10_000)))
                        .build();
        List<CompletableFuture<HttpResponse<byte[]>>> answers = new ArrayList<>();
        for (int i = 0; i < 32; i++) {
            answers.add(client.sendAsync(request, BodyHandlers.ofByteArray()));
        }
        for (CompletableFuture<HttpResponse<byte[]>> answer : answers) {
            HttpResponse<byte[]> response = answer.get(20, TimeUnit.SECONDS);
            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.body()).isEqualTo(body(10_000));
            assertThat(origin.request().bodyLength()).isEqualTo(10_000);
        }
    }

    @Test
    @Tag("H5")
    default void nginxServesFilesThroughTheGate(Bench bench) throws Exception {
        Nginx nginx = bench.closing(Nginx.start("location = /empty { return 204; }"));
        bench.upstreams(nginx.address());
        Files.write(nginx.folder().resolve("file"), body(SIZE));
        RawClient client = bench.client();
        Message file = client.ask(head("GET /file HTTP/1.1", "Host: a.test"));
        assertThat(file.body()).isEqualTo(body(SIZE));
        String etag = file.field("ETag");
        Message part =
                client.ask(head("GET /file HTTP/1.1", "Host: a.test", "Range: bytes=251-255"));
        assertThat(part.status()).isEqualTo(206);
        assertThat(part.body()).containsExactly(0, 1, 2, 3, 4);
        String conditional = head("GET /file HTTP/1.1", "Host: a.test", "If-None-Match: " + etag);
        assertThat(client.ask(conditional).status()).isEqualTo(304);
        assertThat(client.ask(head("GET /empty HTTP/1.1", "Host: a.test")).status()).isEqualTo(204);
        assertThat(client.ask(head("GET /none HTTP/1.1", "Host: a.test")).status()).isEqualTo(404);
    }

    @Test
    @Tag("P3")
    default void nginxMayCloseKeptConnectionsAtAnyTime(Bench bench) throws Exception {
        Nginx nginx =
                bench.closing(
                        Nginx.start("keepalive_requests 3; location / { return 200 hello; }"));
        bench.upstreams(nginx.address());
        RawClient client = bench.client();
        for (int i = 0; i < 50; i++) {
            assertThat(client.ask(Bench.GET).text()).isEqualTo("hello");
        }
    }
}
