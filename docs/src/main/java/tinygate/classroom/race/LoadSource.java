package tinygate.classroom.race;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/** What sends the requests of a scenario and looks at the responses. */
public interface LoadSource {
    /** A word for the name of an entry. */
    String name();

    /** Its name and version, for the result. */
    String title();

    static String titles(List<LoadSource> loads) {
        return loads.stream().map(LoadSource::title).collect(Collectors.joining("; "));
    }

    /** Why it cannot make this load, and what helps; empty if it can. */
    String obstacle(Scenario scenario);

    /**
     * Loads a contender for a while.
     *
     * @throws IOException if the load itself failed; a wrong response is no exception but a fault
     */
    Outcome run(InetSocketAddress target, Scenario scenario, Duration time)
            throws IOException, InterruptedException;

    /**
     * What came of it.
     *
     * @param requests right responses
     * @param p50Micros half of them took at most this long; 0 if there was no sample
     * @param lateMicros 99 % of the requests were sent at most this long after they were due; 0 if
     *     the rate was not fixed
     * @param faults what was wrong, empty if all was right
     */
    record Outcome(
            double seconds,
            long requests,
            double p50Micros,
            double p99Micros,
            double p999Micros,
            double lateMicros,
            List<String> faults) {}
}
