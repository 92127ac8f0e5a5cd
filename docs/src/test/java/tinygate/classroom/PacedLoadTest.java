package tinygate.classroom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tinygate.classroom.TinyUpstream.Reply;

/** A load with a rate: what is due is due, whatever the gate does. */
@Timeout(60)
class PacedLoadTest {
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final Reply REPLY =
            Reply.whole("HTTP/1.1 200 x\r\nContent-Length: 4\r\n\r\nbody");

    @Test
    void noMoreRequestsAreSentThanAreDue() throws Exception {
        try (TinyUpstream upstream = new TinyUpstream(number -> REPLY)) {
            Load.Sample sample = run(upstream, 4, 50, 100);
            assertThat(sample.latencies().getTotalCount()).isEqualTo(50);
            assertThat(sample.nanos()).isGreaterThanOrEqualTo(490_000_000); // 49 gaps of 10 ms
        }
    }

    @Test
    void aStallCountsForEveryRequestThatWasDueMeanwhile() throws Exception {
        long stallMillis = 400;
        try (TinyUpstream upstream = new TinyUpstream(number -> stall(number, 10, stallMillis))) {
            Load.Sample sample = run(upstream, 1, 60, 100);
            // 40 were due in those 400 ms; the first half of them waited at least 200.
            long waited = sample.latencies().getCountBetweenValues(200_000_000, 60_000_000_000L);
            assertThat(waited).isGreaterThanOrEqualTo(20);
            assertThat(sample.wrong()).isEmpty();
        }
    }

    @Test
    void aRequestThatNoConnectionWasFreeForIsSentLate() throws Exception {
        long stallMillis = 400;
        try (TinyUpstream upstream = new TinyUpstream(number -> stall(number, 10, stallMillis))) {
            Load.Sample sample = run(upstream, 1, 60, 100);
            assertThat(sample.lateness().getTotalCount()).isEqualTo(60);
            long late = sample.lateness().getCountBetweenValues(200_000_000, 60_000_000_000L);
            assertThat(late).isGreaterThanOrEqualTo(15);
        }
    }

    @Test
    void nothingIsDueBeforeAllConnectionsStand() throws Exception {
        try (Socket nobodyListens = new Socket()) {
            nobodyListens.setReuseAddress(true); // so that the upstream can have the port as well
            nobodyListens.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            InetSocketAddress address = (InetSocketAddress) nobodyListens.getLocalSocketAddress();
            int refusals = 4 * 1_000 / Load.REST_MILLIS; // a second of them
            try (Load load = Load.start(new LoadPlan(address, "/", 4, 4, LONG, 20, 100))) {
                await().atMost(LONG).until(() -> wrong(load.sample()) >= refusals);
                try (TinyUpstream upstream = new TinyUpstream(address, number -> REPLY)) {
                    assertThat(load.awaitEnd(LONG)).isTrue();
                    assertThat(upstream.requests()).isEqualTo(20);
                }
                Load.Sample sample = load.sample();
                assertThat(sample.latencies().getTotalCount()).isEqualTo(20);
                assertThat(sample.lateness().getMaxValue()).isLessThan(900_000_000);
            }
        }
    }

    @Test
    void withoutARateNothingIsDueAndNothingLate() throws Exception {
        try (TinyUpstream upstream = new TinyUpstream(number -> REPLY)) {
            assertThat(run(upstream, 4, 50, 0).lateness().getTotalCount()).isZero();
        }
    }

    private static Load.Sample run(TinyUpstream upstream, int connections, int requests, int rate)
            throws Exception {
        LoadPlan plan = new LoadPlan(upstream.address(), "/", 4, connections, LONG, requests, rate);
        try (Load load = Load.start(plan)) {
            assertThat(load.awaitEnd(LONG)).isTrue();
            return load.sample();
        }
    }

    private static long wrong(Load.Sample sample) {
        return sample.wrong().stream().mapToLong(WrongResponses.Count::times).sum();
    }

    private static Reply stall(int number, int stalled, long millis) {
        if (number == stalled) {
            long end = System.nanoTime() + millis * 1_000_000;
            while (System.nanoTime() - end < 0) {
                Thread.onSpinWait();
            }
        }
        return REPLY;
    }
}
