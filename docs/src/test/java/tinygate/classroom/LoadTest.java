package tinygate.classroom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tinygate.classroom.TinyUpstream.Reply;
import tinygate.classroom.WrongResponse.Kind;

@Timeout(60)
class LoadTest {
    private static final Duration LONG = Duration.ofSeconds(50);
    private static final String BODY = "five!";
    private static final String RIGHT =
            "HTTP/1.1 200 OK\r\nServer: tiny\r\ncontent-length: 5\r\n\r\n" + BODY;

    @Test
    void everyRightResponseIsCounted() throws Exception {
        try (TinyUpstream upstream = new TinyUpstream(i -> Reply.whole(RIGHT))) {
            Load.Sample sample = endOf(plan(upstream, 4, 500));
            assertThat(sample.wrong()).isEmpty();
            assertThat(sample.latencies().getTotalCount()).isEqualTo(500);
            assertThat(sample.latencies().getMinValue()).isPositive();
            assertThat(sample.waiting()).isZero();
            assertThat(upstream.requests()).isEqualTo(500);
            await().until(() -> upstream.connections() == 4);
        }
    }

    @Test
    void aResponseThatArrivesByteByByteIsRight() throws Exception {
        try (TinyUpstream upstream = new TinyUpstream(i -> Reply.dribbled(RIGHT))) {
            Load.Sample sample = endOf(plan(upstream, 2, 20));
            assertThat(sample.wrong()).isEmpty();
            assertThat(sample.latencies().getTotalCount()).isEqualTo(20);
        }
    }

    @Test
    void aBodyBiggerThanTheBufferIsRight() throws Exception {
        int bytes = 300_000;
        String big = "HTTP/1.1 200 OK\r\nContent-Length: " + bytes + "\r\n\r\n" + "x".repeat(bytes);
        try (TinyUpstream upstream = new TinyUpstream(i -> Reply.whole(big))) {
            Load.Sample sample = endOf(new LoadPlan(upstream.address(), "/", bytes, 2, LONG, 20));
            assertThat(sample.wrong()).isEmpty();
            assertThat(sample.latencies().getTotalCount()).isEqualTo(20);
        }
    }

    @Test
    void aConnectionThatTheServerEndsIsMadeAnew() throws Exception {
        String last = "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 5\r\n\r\n" + BODY;
        try (TinyUpstream upstream = new TinyUpstream(i -> Reply.thenClose(last))) {
            Load.Sample sample = endOf(plan(upstream, 1, 10));
            assertThat(sample.wrong()).isEmpty();
            assertThat(sample.latencies().getTotalCount()).isEqualTo(10);
            assertThat(upstream.connections()).isEqualTo(10);
        }
    }

    static Stream<Arguments> wrongReplies() {
        String head = "HTTP/1.1 200 OK\r\nContent-Length: ";
        return Stream.of(
                Arguments.of(
                        Kind.STATUS,
                        "503 instead of 200",
                        Reply.whole("HTTP/1.1 503 Busy\r\nContent-Length: 5\r\n\r\nbusy!")),
                Arguments.of(
                        Kind.LENGTH,
                        "Content-Length 4 instead of 5",
                        Reply.whole(head + "4\r\n\r\nfour")),
                Arguments.of(
                        Kind.LENGTH,
                        "2 bytes behind the end of the body",
                        Reply.whole(head + "5\r\n\r\nseven!!")),
                Arguments.of(
                        Kind.LENGTH,
                        "Content-Length none instead of 5",
                        Reply.thenClose("HTTP/1.1 200 OK\r\n\r\n" + BODY)),
                Arguments.of(
                        Kind.LENGTH,
                        "Transfer-Encoding: chunked: this load knows Content-Length only",
                        Reply.whole("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n")),
                Arguments.of(
                        Kind.CLOSED,
                        "closed after 3 of 5 bytes of the body",
                        Reply.thenClose(head + "5\r\n\r\nfiv")),
                Arguments.of(Kind.CLOSED, "closed in the middle of a head", Reply.thenClose(head)),
                Arguments.of(Kind.CLOSED, "closed before a response", Reply.thenClose("")),
                Arguments.of(
                        Kind.MALFORMED,
                        "the status line begins 'SSH-2.0-Open'",
                        Reply.whole("SSH-2.0-OpenSSH\r\n\r\n")));
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("wrongReplies")
    void aWrongResponseIsCountedByKindWithAnExample(Kind kind, String example, Reply reply)
            throws Exception {
        try (TinyUpstream upstream = new TinyUpstream(i -> reply)) {
            Load.Sample sample = endOf(plan(upstream, 1, 3));
            assertThat(sample.wrong()).containsExactly(new WrongResponses.Count(kind, 3, example));
            assertThat(sample.latencies().getTotalCount()).isZero();
        }
    }

    @Test
    void theLoadGoesOnAfterAWrongResponse() throws Exception {
        String wrong = "HTTP/1.1 404 Not Found\r\nContent-Length: 5\r\n\r\n" + BODY;
        try (TinyUpstream upstream =
                new TinyUpstream(i -> Reply.whole(i % 3 == 0 ? wrong : RIGHT))) {
            Load.Sample sample = endOf(plan(upstream, 2, 30));
            assertThat(sample.latencies().getTotalCount()).isEqualTo(20);
            assertThat(WrongResponses.sum(sample.wrong())).isEqualTo(10);
        }
    }

    @Test
    void aTargetWhereNobodyListensIsAnError() throws Exception {
        InetSocketAddress nobody;
        try (ServerSocket unused = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            nobody = (InetSocketAddress) unused.getLocalSocketAddress();
        }
        try (Load load = Load.start(new LoadPlan(nobody, "/", 5, 1, LONG, 1))) {
            await().until(() -> !load.sample().wrong().isEmpty());
            assertThat(load.sample().wrong().get(0).kind()).isEqualTo(Kind.CONNECT);
        }
    }

    @Test
    void aSilentServerIsWaitedForNoLongerThanTheLoadLasts() throws Exception {
        try (TinyUpstream upstream = new TinyUpstream(i -> new Reply(List.of(), false))) {
            Duration time = Duration.ofSeconds(2);
            Load.Sample sample = endOf(plan(upstream, 3, 100).during(time));
            assertThat(sample.waiting()).isEqualTo(3);
            assertThat(sample.oldestNanos()).isPositive();
            assertThat(sample.latencies().getTotalCount()).isZero();
        }
    }

    @Test
    void aSampleHoldsOnlyWhatIsNew() throws Exception {
        try (TinyUpstream upstream = new TinyUpstream(i -> Reply.whole(RIGHT));
                Load load = Load.start(plan(upstream, 1, 200))) {
            long first = load.sample().latencies().getTotalCount();
            assertThat(load.awaitEnd(LONG)).isTrue();
            long second = load.sample().latencies().getTotalCount();
            assertThat(first + second).isEqualTo(200);
            assertThat(load.sample().latencies().getTotalCount()).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"192.0.2.1", "0.0.0.0", "2001:db8::1"})
    void aTargetOffThisMachineIsRefused(String address) {
        InetSocketAddress target = new InetSocketAddress(address, 80);
        assertThatThrownBy(() -> new LoadPlan(target, "/", 5, 1, LONG, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("not a loopback address")
                .hasMessageContaining("127.0.0.1");
        assertThatThrownBy(() -> new SlowClients(target, 1, Duration.ofSeconds(1)))
                .hasMessageContaining("not a loopback address");
    }

    @Test
    void aNameThatWasNotLookedUpIsRefused() {
        InetSocketAddress target = InetSocketAddress.createUnresolved("localhost", 80);
        assertThatThrownBy(() -> new LoadPlan(target, "/", 5, 1, LONG, 1))
                .hasMessageContaining("not a loopback address");
    }

    private static LoadPlan plan(TinyUpstream upstream, int connections, long requests) {
        return new LoadPlan(upstream.address(), "/", BODY.length(), connections, LONG, requests);
    }

    private static Load.Sample endOf(LoadPlan plan) throws IOException, InterruptedException {
        try (Load load = Load.start(plan)) {
            assertThat(load.awaitEnd(LONG)).as("the load ended by itself").isTrue();
            return load.sample();
        }
    }
}
