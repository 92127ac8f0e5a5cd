package tinygate.epoll;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import tinygate.Cli;
import tinygate.Gate;
import tinygate.Settings;
import tinygate.netty.NettyGate;

/** Starts lesson 2's gates from the command line. */
final class Main {

    private Main() {}

    public static void main(String[] args) {
        Map<String, Function<Settings, Gate>> engines = new LinkedHashMap<>(); // first: the default
        engines.put("epoll", EpollGate::new);
        engines.put("netty", NettyGate::new);
        System.exit(Cli.run(args, engines));
    }
}
