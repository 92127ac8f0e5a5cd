package tinygate.classroom.race;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tinygate.classroom.Load;
import tinygate.classroom.LoadPlan;

@Timeout(60)
class DelayedUpstreamTest {
    private static final Duration DELAY = Duration.ofMillis(200);
    private static final Duration LONG = Duration.ofSeconds(30);

    @Test
    void everyAnswerComesAfterTheDelayAndNotBefore() throws Exception {
        try (DelayedUpstream upstream = new DelayedUpstream(DELAY)) {
            Load.Sample sample = load(upstream, 1, 2, 1024);
            assertThat(sample.wrong()).isEmpty();
            assertThat(sample.latencies().getTotalCount()).isEqualTo(2);
            assertThat(sample.latencies().getMinValue())
                    .isGreaterThanOrEqualTo(DELAY.toNanos() * 99 / 100); // the histogram rounds
        }
    }

    @Test
    void requestsWaitBesideEachOtherAndNotOneAfterTheOther() throws Exception {
        try (DelayedUpstream upstream = new DelayedUpstream(DELAY)) {
            Load.Sample sample = load(upstream, 100, 100, 1024);
            assertThat(sample.latencies().getTotalCount()).isEqualTo(100);
            assertThat(sample.nanos()).isLessThan(100 * DELAY.toNanos() / 2);
        }
    }

    @Test
    void aBodyThatTheSocketDoesNotTakeAtOnceComesWhole() throws Exception {
        try (DelayedUpstream upstream = new DelayedUpstream(Duration.ofMillis(1))) {
            assertThat(load(upstream, 4, 8, 9_000_000).latencies().getTotalCount()).isEqualTo(8);
        }
    }

    @Test
    void anythingElseIsNotAnswered() throws Exception {
        try (DelayedUpstream upstream = new DelayedUpstream(Duration.ofMillis(1));
                Socket socket = new Socket("127.0.0.1", upstream.address().getPort())) {
            socket.getOutputStream()
                    .write("POST / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            assertThat(socket.getInputStream().read()).isNegative();
        }
    }

    private static Load.Sample load(
            DelayedUpstream upstream, int connections, int requests, int bytes) throws Exception {
        LoadPlan plan =
                new LoadPlan(
                        upstream.address(), "/bytes/" + bytes, bytes, connections, LONG, requests);
        try (Load load = Load.start(plan)) {
            assertThat(load.awaitEnd(LONG)).isTrue();
            return load.sample();
        }
    }
}
