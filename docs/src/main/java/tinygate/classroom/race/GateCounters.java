package tinygate.classroom.race;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tinygate.HostPort;

/** What a contender counts of itself, read from its {@code /metrics}. */
public final class GateCounters {
    /** The system calls of its loops. */
    public static final String SYSTEM_CALLS = "tinygate_system_calls";

    /** How often it woke the poller. */
    public static final String WAKE_UPS = "tinygate_ring_poller_wake_ups";

    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final HttpClient http = HttpClient.newBuilder().connectTimeout(LIMIT).build();

    /**
     * @param admin the contender's admin address, null if it has none
     * @return null for a contender that does not count this
     */
    public Long read(InetSocketAddress admin, String name)
            throws IOException, InterruptedException {
        if (admin == null) {
            return null;
        }
        URI metrics = URI.create("http://" + HostPort.of(admin) + "/metrics");
        HttpRequest request = HttpRequest.newBuilder(metrics).timeout(LIMIT).build();
        return find(http.send(request, HttpResponse.BodyHandlers.ofString()).body(), name);
    }

    static Long find(String text, String name) {
        Matcher metric = Pattern.compile("(?m)^" + name + "(?:_total)? ([0-9.E+]+)").matcher(text);
        return metric.find() ? (long) Double.parseDouble(metric.group(1)) : null;
    }
}
