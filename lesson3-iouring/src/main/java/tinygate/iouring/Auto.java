package tinygate.iouring;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tinygate.Gate;
import tinygate.Settings;
import tinygate.epoll.EpollGate;

/** The engine {@code auto}: the best gate that this machine can run. */
public final class Auto {
    private static final Logger LOG = LoggerFactory.getLogger(Auto.class);

    private Auto() {}

    /** Lesson 3's gate where io_uring can be used, else lesson 2's; the log says which. */
    public static Gate gate(Settings settings) {
        Preflight preflight = Preflight.check();
        if (preflight.ok()) {
            LOG.info("auto chooses iouring");
            return new IoUringGate(settings);
        }
        LOG.warn("auto chooses epoll, since io_uring cannot be used: {}", preflight.reason());
        return new EpollGate(settings);
    }
}
