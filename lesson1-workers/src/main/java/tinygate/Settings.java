package tinygate;

import static tinygate.InvalidSetting.check;
import static tinygate.InvalidSetting.checkRange;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/**
 * Everything a gate can be told, the same for every lesson. {@link SettingsFile} reads it from a
 * YAML file and the command line; the names of the records' components are the keys of the file.
 * Times are in milliseconds and sizes in bytes, as the names say. A value out of its range is
 * refused with {@link InvalidSetting}; hosts and the names of upstreams are checked where they are
 * used, by {@link tinygate.upstream.Routes}.
 *
 * @param listen where clients connect; port 0 lets the kernel choose
 * @param admin where {@code /healthz} and {@code /metrics} are served, or null for nowhere
 * @param workers how lesson 1 makes its workers
 * @param accessLog whether each request is logged
 * @param forwarding which fields tell the upstream about the client
 * @param routes which upstreams serve which hosts; at least one to start a gate
 * @param ring how lessons 3 and 4 use their rings
 * @param poller how lesson 4 has the kernel look for work
 */
public record Settings(
        HostPort listen,
        HostPort admin,
        WorkerSettings workers,
        boolean accessLog,
        Forwarding forwarding,
        Timeouts timeouts,
        Limits limits,
        Health health,
        List<Route> routes,
        RingSettings ring,
        PollerSettings poller) {

    /** What holds for every key that neither the file nor the command line names. */
    static final Settings DEFAULTS =
            loopback(List.of()).withListen(new HostPort("127.0.0.1", 8080));

    private static final int DAY_MILLIS = 24 * 60 * 60 * 1000;
    private static final int MEBIBYTE = 1024 * 1024;
    private static final int MILLION = 1_000_000;

    public Settings {
        routes = List.copyOf(routes);
    }

    /** A gate on a free port of the loopback address with these routes, all else by default. */
    public static Settings loopback(List<Route> routes) {
        return new Settings(
                new HostPort("127.0.0.1", 0),
                null,
                WorkerSettings.DEFAULTS,
                false,
                Forwarding.DEFAULTS,
                Timeouts.DEFAULTS,
                Limits.DEFAULTS,
                Health.DEFAULTS,
                routes,
                RingSettings.DEFAULTS,
                PollerSettings.DEFAULTS);
    }

    public Settings withListen(HostPort listen) {
        return with(listen);
    }

    public Settings withWorkers(WorkerSettings workers) {
        return with(workers);
    }

    public Settings withForwarding(Forwarding forwarding) {
        return with(forwarding);
    }

    public Settings withTimeouts(Timeouts timeouts) {
        return with(timeouts);
    }

    public Settings withLimits(Limits limits) {
        return with(limits);
    }

    public Settings withHealth(Health health) {
        return with(health);
    }

    public Settings withRing(RingSettings ring) {
        return with(ring);
    }

    public Settings withPoller(PollerSettings poller) {
        return with(poller);
    }

    /** A copy in which the part of the same type is replaced. */
    private Settings with(Record part) {
        return new Settings(
                part instanceof HostPort other ? other : listen,
                admin,
                part instanceof WorkerSettings other ? other : workers,
                accessLog,
                part instanceof Forwarding other ? other : forwarding,
                part instanceof Timeouts other ? other : timeouts,
                part instanceof Limits other ? other : limits,
                part instanceof Health other ? other : health,
                routes,
                part instanceof RingSettings other ? other : ring,
                part instanceof PollerSettings other ? other : poller);
    }

    public Settings withRoutes(List<Route> routes) {
        return new Settings(
                listen,
                admin,
                workers,
                accessLog,
                forwarding,
                timeouts,
                limits,
                health,
                routes,
                ring,
                poller);
    }

    /**
     * Which fields are added to a request (contract rule H8). Via is always added.
     *
     * @param via the name this gate gives itself in Via (RFC 9110, section 7.6.3)
     * @param xForwarded X-Forwarded-For, X-Forwarded-Proto and X-Forwarded-Host
     * @param forwarded Forwarded (RFC 7239)
     */
    public record Forwarding(String via, boolean xForwarded, boolean forwarded) {
        public static final Forwarding DEFAULTS = new Forwarding("tinygate", true, false);

        public Forwarding {
            check(
                    via.matches("[A-Za-z0-9._:\\[\\]-]{1,255}"),
                    "forwarding.via",
                    "forwarding.via must be a name: letters, digits and . _ : [ ] -, 1 to 255 of them");
        }
    }

    /**
     * How long the gate waits; every wait has a limit.
     *
     * @param headMillis from the first byte of a request head to its last; then 408
     * @param idleMillis for the first byte of the next request on a kept connection; then closed
     * @param connectMillis for an upstream to accept a connection; then the next upstream, or 504
     * @param responseMillis for an upstream's response head after the request was sent; then 504
     * @param transferMillis for a body to make progress, in either direction; then closed. Progress
     *     is what a gate sees: bytes that arrive, or that its kernel takes. That takes more when a
     *     third of its buffer of megabytes is free: at 10 KB/s that may take minutes
     * @param tunnelIdleMillis for a byte in an upgraded connection (lesson 2 on); then closed
     * @param drainMillis for running exchanges to finish at a graceful stop
     */
    public record Timeouts(
            int headMillis,
            int idleMillis,
            int connectMillis,
            int responseMillis,
            int transferMillis,
            int tunnelIdleMillis,
            int drainMillis) {
        public static final Timeouts DEFAULTS =
                new Timeouts(10_000, 60_000, 3_000, 30_000, 30_000, 300_000, 10_000);

        public Timeouts {
            checkRange("timeouts.headMillis", headMillis, 1, DAY_MILLIS);
            checkRange("timeouts.idleMillis", idleMillis, 1, DAY_MILLIS);
            checkRange("timeouts.connectMillis", connectMillis, 1, DAY_MILLIS);
            checkRange("timeouts.responseMillis", responseMillis, 1, DAY_MILLIS);
            checkRange("timeouts.transferMillis", transferMillis, 1, DAY_MILLIS);
            checkRange("timeouts.tunnelIdleMillis", tunnelIdleMillis, 1, DAY_MILLIS);
            checkRange("timeouts.drainMillis", drainMillis, 0, DAY_MILLIS);
        }
    }

    /**
     * What the gate accepts; beyond it a clear answer, never an unbounded buffer.
     *
     * @param connections client connections at once; beyond them 503
     * @param pending accepted connections that wait for a worker (lesson 1); beyond them 503
     * @param headBytes the size of a request or response head; beyond it 431 or 502
     * @param headFields the number of fields in a head, likewise
     * @param targetBytes the size of a request target; beyond it 414
     * @param requestBodyBytes the size of a request body, 0 for no limit; beyond it 413
     */
    public record Limits(
            int connections,
            int pending,
            int headBytes,
            int headFields,
            int targetBytes,
            long requestBodyBytes) {
        public static final Limits DEFAULTS = new Limits(1024, 128, 16_384, 100, 8_192, 0);

        public Limits {
            checkRange("limits.connections", connections, 1, MILLION);
            checkRange("limits.pending", pending, 1, MILLION);
            checkRange("limits.headBytes", headBytes, 64, MEBIBYTE);
            checkRange("limits.headFields", headFields, 1, 10_000);
            checkRange("limits.targetBytes", targetBytes, 1, MEBIBYTE);
            checkRange("limits.requestBodyBytes", requestBodyBytes, 0, Long.MAX_VALUE);
        }
    }

    /**
     * When an upstream gets no requests for a while: because exchanges with it failed, or because
     * checks of it do.
     *
     * @param failures in a row, of exchanges or of checks, 1 or more
     * @param restMillis how long no request is sent to it after exchanges have failed
     * @param checkPath what is asked for to see whether an upstream works, such as {@code
     *     /healthz}, by the gates on io_uring by hand (lessons 3 and 4); null for no checks
     * @param checkMillis from one check to the next, and how long one may take
     */
    public record Health(int failures, int restMillis, String checkPath, int checkMillis) {
        public static final Health DEFAULTS = new Health(3, 10_000);

        public Health {
            checkRange("health.failures", failures, 1, MILLION);
            checkRange("health.restMillis", restMillis, 0, DAY_MILLIS);
            check(
                    checkPath == null || checkPath.matches("/[!-~]{0,199}"),
                    "health.checkPath",
                    "health.checkPath must begin with / and have no spaces, at most 200"
                            + " characters");
            checkRange("health.checkMillis", checkMillis, 10, DAY_MILLIS);
        }

        /** Without checks. */
        public Health(int failures, int restMillis) {
            this(failures, restMillis, null, 2_000);
        }
    }

    /**
     * The upstreams that serve a host.
     *
     * @param host an exact name, {@code *.suffix} for every name below it, or {@code *} for all
     *     that no other route names
     */
    public record Route(String host, Balance balance, List<UpstreamServer> upstreams) {

        /** An absent host is {@code *}, an absent balance a round robin. */
        public Route {
            host = host == null ? "*" : host;
            balance = balance == null ? Balance.ROUND_ROBIN : balance;
            check(
                    upstreams != null && !upstreams.isEmpty(),
                    "upstreams",
                    "the route for '"
                            + host
                            + "' has no upstreams: give it at least one, or remove it");
            upstreams = List.copyOf(upstreams);
            checkRange("upstreams", upstreams.size(), 1, 1000);
        }
    }

    /** How a route chooses among its upstreams. */
    public enum Balance {
        @JsonProperty("round-robin")
        ROUND_ROBIN,
        @JsonProperty("least-connections")
        LEAST_CONNECTIONS,
        @JsonProperty("client-hash")
        CLIENT_HASH
    }

    /**
     * One upstream server, in the file {@code 127.0.0.1:9001} or {@code {address: 127.0.0.1:9001,
     * weight: 2}}.
     *
     * @param weight its share of a round robin, 1 to 1000
     */
    public record UpstreamServer(HostPort address, int weight) {
        public UpstreamServer {
            check(address != null, "address", "address is missing: write host:port");
            check(address.port() > 0, "address", "address needs a port from 1 to 65535, not 0");
            checkRange("weight", weight, 1, 1000);
        }

        @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
        static UpstreamServer parse(String address) {
            return new UpstreamServer(HostPort.parse(address), 1);
        }

        @JsonCreator(mode = JsonCreator.Mode.PROPERTIES)
        static UpstreamServer of(
                @JsonProperty("address") HostPort address, @JsonProperty("weight") Integer weight) {
            return new UpstreamServer(address, weight == null ? 1 : weight);
        }
    }
}
