package tinygate.classroom;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import tinygate.HostPort;

/**
 * What a {@link Load} is to do.
 *
 * @param target where the gate listens; loopback only
 * @param path what to ask for with GET
 * @param bodyBytes the length of the body of a right response
 * @param connections how many at once, 1 to 10,000
 * @param time when to end at the latest, at most an hour
 * @param requests how many to send at most
 * @param perSecond how many are due in a second, 0 for as many as the gate can answer
 */
public record LoadPlan(
        InetSocketAddress target,
        String path,
        long bodyBytes,
        int connections,
        Duration time,
        long requests,
        int perSecond) {
    static final Duration LONGEST = Duration.ofHours(1);

    private static final int MOST_CONNECTIONS = 10_000;

    public LoadPlan {
        Loopback.require(target);
        if (connections < 1 || connections > MOST_CONNECTIONS) {
            throw new IllegalArgumentException(
                    connections + " connections: give 1 to " + MOST_CONNECTIONS);
        }
        if (time.isNegative() || time.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(time + ": a load lasts an hour at most");
        }
    }

    /** A closed loop. */
    public LoadPlan(
            InetSocketAddress target,
            String path,
            long bodyBytes,
            int connections,
            Duration time,
            long requests) {
        this(target, path, bodyBytes, connections, time, requests, 0);
    }

    LoadPlan during(Duration other) {
        return new LoadPlan(target, path, bodyBytes, connections, other, requests, perSecond);
    }

    ByteBuffer request() {
        String host = new HostPort(target.getHostString(), target.getPort()).toString();
        String head = "GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\n\r\n";
        byte[] bytes = head.getBytes(StandardCharsets.ISO_8859_1);
        return ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();
    }
}
