package tinygate.classroom.race;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;

/** What sends the requests of a scenario and looks at the responses. */
public interface LoadSource {
    /** Its name and version, for the result. */
    String title();

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
     * @param faults what was wrong, empty if all was right
     */
    record Outcome(
            double seconds,
            long requests,
            double p50Micros,
            double p99Micros,
            double p999Micros,
            List<String> faults) {}
}
