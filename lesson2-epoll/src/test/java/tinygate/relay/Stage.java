package tinygate.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import tinygate.HostPort;
import tinygate.Settings;
import tinygate.observe.Stats;
import tinygate.proxy.Rules;
import tinygate.upstream.Routes;

/**
 * One exchange with all that is around it: a client and upstreams that a test speaks for, a fake
 * driver, and a clock that stands still until it is told to go on.
 */
final class Stage {
    /** All different, so that a test cannot take one for another. */
    static final Settings.Timeouts TIMEOUTS =
            new Settings.Timeouts(1_100, 2_200, 330, 4_400, 550, 6_600, 7_700);

    /** The host {@code one} has one upstream, any other host two. */
    static final Settings SETTINGS =
            Settings.loopback(List.of(route("one", 1), route("two", 2, 3), route("down", 4)))
                    .withTimeouts(TIMEOUTS)
                    .withLimits(new Settings.Limits(16, 16, 4_096, 20, 1_024, 1_000_000));

    private static final long START_NANOS = Long.MAX_VALUE - 1_000; // it overflows soon
    private static final long START_EPOCH_MILLIS = 784_111_777_000L; // the date of RFC 9110, 5.6.7
    private static final int MOST_STEPS = 1_000_000;

    final FakeDriver driver;
    final Stats stats = new Stats();
    final Routes routes;
    final RelayContext context;
    final Exchange exchange;
    final Peer client = new Peer(null);
    private final Settings settings;
    private long nowNanos = START_NANOS;

    Stage(IoStyle style) {
        this(style, SETTINGS);
    }

    Stage(IoStyle style, Settings settings) {
        this(style, settings, RelayContext.leastChunkBytes(settings));
    }

    Stage(IoStyle style, Settings settings, int chunkBytes) {
        this.settings = settings;
        routes = new Routes(settings.routes(), settings.health(), () -> nowNanos);
        Rules rules = Rules.of(settings, "gate.example:80", true);
        context = new RelayContext(settings, rules, routes, stats, chunkBytes);
        setTime();
        driver = style.driver(chunkBytes);
        exchange = new Exchange(context, driver, InetAddress.getLoopbackAddress());
        driver.accepted(exchange, client);
    }

    private static Settings.Route route(String host, int... ports) {
        List<Settings.UpstreamServer> servers =
                Arrays.stream(ports)
                        .mapToObj(port -> new HostPort("127.0.0.1", port))
                        .map(address -> new Settings.UpstreamServer(address, 1))
                        .toList();
        return new Settings.Route(host, Settings.Balance.ROUND_ROBIN, servers);
    }

    // Acts

    /** Lets everything happen that can. */
    void run() {
        for (int steps = 0; driver.step(); steps++) {
            assertThat(steps).as("steps until nothing happens any more").isLessThan(MOST_STEPS);
        }
    }

    void clientSends(String bytes) {
        client.sends(bytes);
        run();
    }

    void clientEnds() {
        client.ends();
        run();
    }

    void clientIsGone() {
        client.resets();
        run();
    }

    void upstreamSends(String bytes) {
        upstream().sends(bytes);
        run();
    }

    void upstreamEnds() {
        upstream().ends();
        run();
    }

    void upstreamBreaks() {
        upstream().resets();
        run();
    }

    void drains() {
        context.drain();
        driver.tell(Exchange::drain);
        run();
    }

    /** A complete and simple exchange, after which both connections are kept. */
    void exchangeOnce() {
        clientSends(get("one"));
        upstreamSends(ok("warm"));
        assertThat(client.got()).endsWith("warm");
        upstream().got();
    }

    /** Time goes by; a deadline that is reached on the way is told at its very moment. */
    void passesMillis(int millis) {
        passes(TimeUnit.MILLISECONDS.toNanos(millis));
    }

    void passes(long nanos) {
        long end = nowNanos + nanos;
        while (exchange.phase() != Phase.CLOSED && exchange.deadlineNanos() - end <= 0) {
            nowNanos = exchange.deadlineNanos();
            setTime();
            driver.tell(Exchange::deadlineReached);
            run();
        }
        nowNanos = end;
        setTime();
    }

    /** Time goes by until a nanosecond before this many milliseconds. */
    void almostPassesMillis(int millis) {
        passes(TimeUnit.MILLISECONDS.toNanos(millis) - 1);
    }

    private void setTime() {
        long passed = TimeUnit.NANOSECONDS.toMillis(nowNanos - START_NANOS);
        context.setTime(nowNanos, START_EPOCH_MILLIS + passed);
    }

    // What can be seen

    /** The upstream end of the newest connection. */
    Peer upstream() {
        List<Peer> all = driver.upstreamPeers();
        assertThat(all).as("connections to upstreams").isNotEmpty();
        return all.get(all.size() - 1);
    }

    Peer upstream(int index) {
        return driver.upstreamPeers().get(index);
    }

    int connects() {
        return driver.upstreamPeers().size();
    }

    Phase phase() {
        return exchange.phase();
    }

    Settings settings() {
        return settings;
    }

    /** After each test: if the exchange is not closed it is now, and nothing is left of it. */
    void endsClean() {
        if (exchange.phase() != Phase.CLOSED) {
            client.resets();
            run();
        }
        run();
        assertThat(exchange.phase()).isEqualTo(Phase.CLOSED);
        assertThat(driver.chunks.lent()).as("chunks leaked").isZero();
        assertThat(stats.exchangesRunning()).as("exchanges counted as running").isZero();
        assertThat(routes.upstreams()).allMatch(upstream -> upstream.inUse() == 0, "not in use");
        for (PhaseLog.Way way : driver.phases.ways()) {
            assertThat(way.from().next()).as("ways from " + way.from()).contains(way.to());
        }
    }

    // What is said

    static String get(String host) {
        return "GET / HTTP/1.1\r\nHost: " + host + "\r\n\r\n";
    }

    static String ok(String content) {
        return "HTTP/1.1 200 OK\r\nContent-Length: " + content.length() + "\r\n\r\n" + content;
    }

    /** Text that is nowhere the same as a bit further on. */
    static String pattern(int length) {
        StringBuilder text = new StringBuilder(length + 10);
        while (text.length() < length) {
            text.append(text.length()).append(' ');
        }
        return text.substring(0, length);
    }
}
