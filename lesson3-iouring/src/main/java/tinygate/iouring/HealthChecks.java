package tinygate.iouring;

import java.util.ArrayList;
import java.util.List;
import tinygate.Settings;
import tinygate.linux.LinuxException;
import tinygate.linux.NativeMemory;
import tinygate.upstream.Upstream;

/** Asks every upstream now and then whether it works; one loop of a gate does it for all. */
final class HealthChecks implements AutoCloseable {
    private final NativeMemory memory; // a place for each check
    private final List<HealthCheck> checks = new ArrayList<>();

    /**
     * @throws LinuxException if the machine has no memory left
     */
    HealthChecks(RingLoop loop, List<Upstream> upstreams, Settings.Health settings)
            throws LinuxException {
        memory =
                NativeMemory.allocate(
                        loop.linux, Math.max(1, upstreams.size() * HealthCheck.size()));
        for (Upstream upstream : upstreams) {
            int index = checks.size();
            checks.add(new HealthCheck(loop, upstream, settings, index, memory));
        }
    }

    void start() {
        checks.forEach(HealthCheck::start);
    }

    /** An operation of a check has ended. */
    void completed(long token, int result) {
        checks.get(HealthCheck.index(token)).completed(token, result);
    }

    /** Begins to end all checks; to be repeated until they have {@link #ended}. */
    void stop() {
        checks.forEach(HealthCheck::stop);
    }

    /** Closes their sockets at once: the ring is gone, and no completion comes any more. */
    void abandon() {
        checks.forEach(HealthCheck::abandon);
    }

    boolean ended() {
        return checks.stream().allMatch(HealthCheck::ended);
    }

    @Override
    public void close() {
        memory.close();
    }
}
