package tinygate.iouring;

import static org.assertj.core.api.Assertions.assertThat;
import static tinygate.iouring.IoUringConstants.IORING_SETUP_DEFER_TASKRUN;
import static tinygate.iouring.IoUringConstants.IORING_SETUP_SINGLE_ISSUER;

import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tinygate.RingSettings;
import tinygate.contract.Bench;
import tinygate.contract.RawClient;
import tinygate.linux.Linux;
import tinygate.linux.LinuxException;

/** Each technique can be left out: the gate relays all the same, and the kernel notices. */
@NeedsIoUring
@Timeout(60)
class RingSettingsTest {
    private static final int REQUESTS = 20;
    private static final int KIB = 1024;
    private static final int BIG = 1000 * KIB;
    private static final RingSettings ALL = RingSettings.DEFAULTS;
    private static final RingSettings NO_DEFER = new RingSettings(false, true, true, 72 * KIB);
    private static final RingSettings SINGLE_SHOT = new RingSettings(true, false, true, 72 * KIB);
    private static final RingSettings NO_BATCHING = new RingSettings(true, true, false, 72 * KIB);
    private static final RingSettings SMALL_BUFFERS = new RingSettings(true, true, true, 16 * KIB);

    static Stream<RingSettings> each() {
        return Stream.of(ALL, NO_DEFER, SINGLE_SHOT, NO_BATCHING, SMALL_BUFFERS);
    }

    @ParameterizedTest
    @MethodSource("each")
    void bodiesAreRelayedInBothDirectionsWhateverIsLeftOut(RingSettings settings)
            throws IOException {
        try (Bench bench = new Bench(IoUringGate::new)) {
            bench.settings(s -> s.withRing(settings));
            bench.upstreams(bench.answering(request -> response(request.text())).address());
            RawClient client = bench.client();
            for (int length : new int[] {0, 1, 100 * KIB, BIG}) {
                String body = "x".repeat(length);
                String head =
                        "POST / HTTP/1.1\r\nHost: a.test\r\nContent-Length: " + length + "\r\n\r\n";
                assertThat(client.ask(head + body).text()).isEqualTo(body);
            }
        }
    }

    private static String response(String body) {
        return "HTTP/1.1 200 OK\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
    }

    @Test
    void withoutDeferTaskrunTheRingHasOneIssuerAllTheSame() throws LinuxException {
        int both = IORING_SETUP_SINGLE_ISSUER | IORING_SETUP_DEFER_TASKRUN;
        assertThat(flags(ALL) & both).isEqualTo(both);
        assertThat(flags(NO_DEFER) & both).isEqualTo(IORING_SETUP_SINGLE_ISSUER);
    }

    private static int flags(RingSettings settings) throws LinuxException {
        try (Ring ring = RingMode.entering(settings).ring(new Linux())) {
            return ring.flags();
        }
    }

    @Test
    void aRequestIsTwoSendsAndWithoutMultishotTwoReceivesBesides() throws IOException {
        int others = 10; // of a loop that begins late, and of the requests before and after
        assertThat(relay(ALL, "a").entries).isLessThan(2 * REQUESTS + others);
        assertThat(relay(SINGLE_SHOT, "a").entries).isGreaterThan(4 * REQUESTS - others);
    }

    @Test
    void withoutBatchingTheKernelIsEnteredBeforeATurnEnds() throws IOException {
        assertThat(relay(ALL, "a").early).isZero();
        assertThat(relay(NO_BATCHING, "a").early).isPositive();
    }

    @Test
    void smallBuffersBringABigBodyInManyPieces() throws IOException {
        int pieces = BIG / (20 * KIB); // of at most 16 KiB, or a little more for a head
        String body = "x".repeat(BIG);
        assertThat(relay(SMALL_BUFFERS, body).entries).isGreaterThan(REQUESTS * pieces);
    }

    /**
     * @param entries that were written down for some requests on connections that are open already
     * @param early how often some were handed over before a turn ended, since the gate's start
     */
    private record Counted(int entries, int early) {}

    private static Counted relay(RingSettings settings, String body) throws IOException {
        CountingMode mode = new CountingMode(settings);
        try (Bench bench = new Bench(s -> new IoUringGate(s.withRing(settings), mode))) {
            bench.upstreams(bench.answering(request -> response(body)).address());
            RawClient client = bench.client();
            assertThat(client.ask(Bench.GET).text()).isEqualTo(body);
            int before = mode.entries.get();
            for (int i = 0; i < REQUESTS; i++) {
                assertThat(client.ask(Bench.GET).text()).isEqualTo(body);
            }
            return new Counted(mode.entries.get() - before, mode.early.get());
        }
    }
}
