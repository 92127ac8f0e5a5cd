package tinygate.iouring;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import tinygate.Gate;
import tinygate.RingSettings;
import tinygate.Settings;
import tinygate.contract.Bench;
import tinygate.contract.GateContract;
import tinygate.contract.RawClient;
import tinygate.linux.Linux;
import tinygate.linux.LinuxException;

/**
 * The contract again, on a ring so small that its limits are reached all the time: the submission
 * queue is full, completions do not fit, the kernel finds no buffer, and every second client is a
 * crowd that accepting is interrupted for.
 */
@NeedsIoUring
class SmallRingGateContractTest implements GateContract {

    @Override
    public Gate newGate(Settings settings) {
        return new SmallRingGate(settings);
    }

    @Test
    void theLimitsAreReachedAndNothingIsLost(Bench bench) throws IOException {
        bench.upstreams(bench.named("a").address());
        RingCounters counters = ((IoUringGate) bench.gate()).counters();
        List<RawClient> clients = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            clients.add(bench.client());
        }
        for (int round = 0; round < 20; round++) {
            for (RawClient client : clients) {
                client.send(Bench.GET);
            }
            for (RawClient client : clients) {
                assertThat(client.readResponse().text()).isEqualTo("a");
            }
        }
        assertThat(counters.submissionsFull().getLongValue()).as("submissions full").isPositive();
        assertThat(counters.completionsOverflowed().getLongValue())
                .as("completions overflowed")
                .isPositive();
        assertThat(counters.buffersExhausted().getLongValue()).as("no buffer").isPositive();
    }

    /** The gate of lesson 3, with hardly any room. */
    private static final class SmallRingGate extends IoUringGate {
        SmallRingGate(Settings settings) {
            super(settings, new SmallRing());
        }
    }

    private static final class SmallRing implements RingMode {
        private final RingMode usual = RingMode.entering(RingSettings.DEFAULTS);

        @Override
        public RingSetup setup() {
            return RingSetup.ofOneThread(2, 2, 1);
        }

        @Override
        public Submitter submitter(Ring ring) {
            return usual.submitter(ring);
        }

        @Override
        public SocketNames names(Linux linux, Ring ring, Supplier<SubmissionEntry> entries)
                throws LinuxException {
            return usual.names(linux, ring, entries);
        }
    }
}
