package tinygate.classroom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tinygate.classroom.TinyUpstream.Reply;

@Timeout(60)
class PausingClientTest {
    private static final String RIGHT = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nfive!";
    private static final Duration PAUSE = Duration.ofMillis(30);

    @Test
    void itPausesBeforeEachRequest() throws Exception {
        try (TinyUpstream upstream = new TinyUpstream(number -> Reply.whole(RIGHT));
                PausingClient client = new PausingClient(plan(upstream))) {
            int before = upstream.requests();
            long begin = System.nanoTime();
            Histogram latencies = client.ask(4, PAUSE);
            assertThat(System.nanoTime() - begin).isGreaterThanOrEqualTo(4 * PAUSE.toNanos());
            assertThat(latencies.getTotalCount()).isEqualTo(4);
            assertThat(upstream.requests() - before).isEqualTo(4);
            assertThat(upstream.connections()).isEqualTo(1);
        }
    }

    @Test
    void aPauseIsNoPartOfALatency() throws Exception {
        try (TinyUpstream upstream = new TinyUpstream(number -> Reply.whole(RIGHT));
                PausingClient client = new PausingClient(plan(upstream))) {
            long least = client.ask(20, Duration.ofMillis(100)).getMinValue();
            assertThat(Duration.ofNanos(least)).isLessThan(Duration.ofMillis(100));
        }
    }

    @Test
    void aWrongResponseIsAnError() throws Exception {
        String wrong = "HTTP/1.1 503 no\r\nContent-Length: 5\r\n\r\nfive!";
        try (TinyUpstream upstream = new TinyUpstream(number -> Reply.whole(wrong))) {
            assertThatThrownBy(() -> new PausingClient(plan(upstream)))
                    .hasMessageContaining("503 instead of 200");
        }
    }

    private static LoadPlan plan(TinyUpstream upstream) {
        return new LoadPlan(upstream.address(), "/", 5, 1, Duration.ZERO, 0);
    }
}
