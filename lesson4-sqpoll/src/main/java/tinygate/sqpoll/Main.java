package tinygate.sqpoll;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import tinygate.Cli;
import tinygate.Gate;
import tinygate.PollerSettings;
import tinygate.Settings;
import tinygate.epoll.EpollGate;
import tinygate.iouring.Auto;
import tinygate.iouring.IoUringGate;
import tinygate.iouring.NettyIoUring;
import tinygate.iouring.Preflight;
import tinygate.netty.NettyGate;
import tinygate.workers.WorkersGate;

/** Starts any gate of the course from the command line. */
final class Main {

    private Main() {}

    public static void main(String[] args) {
        Map<String, Function<Settings, Gate>> engines = new LinkedHashMap<>(); // first: the default
        engines.put("sqpoll", SqPollGate::new);
        engines.put("workers", WorkersGate::new);
        engines.put("epoll", EpollGate::new);
        engines.put("iouring", IoUringGate::new);
        engines.put("netty-epoll", NettyGate::new);
        engines.put("netty-iouring", NettyIoUring::gate);
        engines.put("auto", Auto::gate);
        Supplier<Preflight> preflight = () -> PollerRequirements.check(PollerSettings.DEFAULTS);
        System.exit(Cli.run(args, engines, preflight));
    }
}
