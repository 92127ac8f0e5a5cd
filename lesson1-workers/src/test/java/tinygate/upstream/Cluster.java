package tinygate.upstream;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;
import tinygate.HostPort;
import tinygate.Settings;
import tinygate.Settings.Balance;
import tinygate.Settings.UpstreamServer;

/** A pool made from settings; its upstreams are called a, b, c… and rest after one failure. */
final class Cluster {
    static final InetAddress CLIENT = client(0x7f000001);
    static final int REST_MILLIS = 1000;

    private final Routes routes;
    private final Pool pool;

    /** One upstream for each weight, and a clock that stands still. */
    Cluster(Balance balance, int... weights) {
        this(new FakeClock(0), balance, weights);
    }

    /** One upstream for each weight. */
    Cluster(LongSupplier nanoTime, Balance balance, int... weights) {
        List<UpstreamServer> servers =
                IntStream.range(0, weights.length)
                        .mapToObj(i -> new UpstreamServer(address((char) ('a' + i)), weights[i]))
                        .toList();
        routes =
                new Routes(
                        List.of(new Settings.Route("*", balance, servers)),
                        new Settings.Health(1, REST_MILLIS),
                        nanoTime);
        pool = routes.poolFor("any.example");
    }

    static HostPort address(char name) {
        return new HostPort("127.0.0.1", name);
    }

    static char name(Upstream upstream) {
        return (char) upstream.address().getPort();
    }

    static InetAddress client(int address) {
        byte[] bytes = {
            (byte) (address >> 24), (byte) (address >> 16), (byte) (address >> 8), (byte) address
        };
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("four bytes are an address", e);
        }
    }

    Pool pool() {
        return pool;
    }

    List<Upstream> upstreams() {
        return routes.upstreams();
    }

    Upstream upstream(char name) {
        return upstreams().get(name - 'a');
    }

    Upstream acquire() {
        return pool.acquire(CLIENT, null);
    }

    /** The names of the next upstreams, each still in use when the one after it is chosen. */
    String hold(int count) {
        StringBuilder names = new StringBuilder();
        for (int i = 0; i < count; i++) {
            names.append(name(acquire()));
        }
        return names.toString();
    }

    /** The names of the next upstreams, each given back before the one after it is chosen. */
    String serve(int count) {
        StringBuilder names = new StringBuilder();
        for (int i = 0; i < count; i++) {
            Upstream upstream = acquire();
            upstream.release();
            names.append(name(upstream));
        }
        return names.toString();
    }
}
