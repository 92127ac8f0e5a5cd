package tinygate.sqpoll;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import tinygate.Gate;
import tinygate.HostPort;
import tinygate.Settings;
import tinygate.contract.Bench;
import tinygate.contract.RawClient;
import tinygate.contract.TestedGate;
import tinygate.iouring.NeedsIoUring;

/**
 * A check of an upstream is a chain of three linked operations. Of rings that share a poller it
 * takes eight entries at a time and would cut a chain that stands across that border: the receive
 * would not wait for the connect, and a sound upstream would fail its check.
 */
@NeedsIoUring
class ManyHealthChecksTest implements TestedGate {
    private static final int UPSTREAMS = 16;
    private static final Settings.Health ONE_FAILURE_COUNTS =
            new Settings.Health(1, 60_000, "/up", 20_000);

    @Override
    public Gate newGate(Settings settings) {
        return new SqPollGate(settings);
    }

    @Test
    void chainsThatAreWrittenInOneTurnStayWhole(Bench bench) throws IOException {
        bench.settings(s -> s.withHealth(ONE_FAILURE_COUNTS));
        AtomicInteger checks = new AtomicInteger();
        List<HostPort> upstreams = new ArrayList<>();
        List<AtomicInteger> requests = new ArrayList<>();
        for (int i = 0; i < UPSTREAMS; i++) {
            AtomicInteger served = new AtomicInteger();
            requests.add(served);
            upstreams.add(
                    bench.answering(
                                    request -> {
                                        boolean check = request.target().equals("/up");
                                        (check ? checks : served).incrementAndGet();
                                        return Bench.OK;
                                    })
                            .address());
        }
        bench.upstreams(upstreams.toArray(new HostPort[0]));
        bench.gate();
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> checks.get() >= UPSTREAMS);
        RawClient client = bench.client();
        for (int i = 0; i < UPSTREAMS; i++) {
            assertThat(client.ask(Bench.GET).status()).isEqualTo(200);
        }
        assertThat(requests).extracting(AtomicInteger::get).containsOnly(1);
    }
}
