package tinygate.iouring;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.function.Supplier;
import tinygate.HostPort;
import tinygate.Settings;
import tinygate.linux.Linux;
import tinygate.proxy.Rules;
import tinygate.relay.RelayContext;
import tinygate.upstream.Routes;

/** A loop on a ring that nobody enters: a test says what has become of what was written down. */
final class StandingLoop implements RingMode, AutoCloseable {
    final RingLoop loop;
    private Ring ring;

    StandingLoop() throws IOException {
        Settings.UpstreamServer upstream =
                new Settings.UpstreamServer(new HostPort("127.0.0.1", 9), 1);
        Settings settings =
                Settings.loopback(List.of(new Settings.Route(null, null, List.of(upstream))));
        IoUringGate gate = new IoUringGate(settings, this);
        Rules rules = Rules.of(settings, "gate.test", true);
        Routes routes = new Routes(settings.routes(), settings.health(), System::nanoTime);
        RelayContext context = new RelayContext(settings, rules, routes, gate.stats(), 4096);
        loop = (RingLoop) gate.newLoop(context, new InetSocketAddress("127.0.0.1", 0));
    }

    /** How many entries were written down. */
    int written() {
        return ring.submissions().pending();
    }

    @Override
    public RingSetup setup() {
        return RingSetup.ofOneThread(64, 64, 4);
    }

    @Override
    public Submitter submitter(Ring ring) {
        this.ring = ring;
        return new Submitter() {
            @Override
            public void submit() {}

            @Override
            public void submitAndWait(long timeoutNanos) {}
        };
    }

    @Override
    public SocketNames names(Linux linux, Ring ring, Supplier<SubmissionEntry> entries) {
        return SocketNames.descriptors();
    }

    @Override
    public void close() {
        ring.close();
    }
}
