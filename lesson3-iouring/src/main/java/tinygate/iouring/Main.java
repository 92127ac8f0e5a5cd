package tinygate.iouring;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tinygate.Cli;
import tinygate.Gate;
import tinygate.Settings;
import tinygate.epoll.EpollGate;

/** Starts lesson 3's gates from the command line. */
final class Main {
    private static final Logger LOG = LoggerFactory.getLogger(Main.class);

    private Main() {}

    public static void main(String[] args) {
        Map<String, Function<Settings, Gate>> engines = new LinkedHashMap<>(); // first: the default
        engines.put("iouring", IoUringGate::new);
        engines.put("netty", NettyIoUring::gate);
        engines.put("auto", Main::auto);
        System.exit(Cli.run(args, engines, Preflight::check));
    }

    /** This lesson's gate where io_uring can be used, else lesson 2's; the log says which. */
    private static Gate auto(Settings settings) {
        Preflight preflight = Preflight.check();
        if (preflight.ok()) {
            LOG.info("auto chooses iouring");
            return new IoUringGate(settings);
        }
        LOG.warn("auto chooses epoll, since io_uring cannot be used: {}", preflight.reason());
        return new EpollGate(settings);
    }
}
