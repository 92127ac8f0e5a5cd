package tinygate.iouring;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import tinygate.Cli;
import tinygate.Gate;
import tinygate.Settings;

/** Starts lesson 3's gates from the command line. */
final class Main {
    private Main() {}

    public static void main(String[] args) {
        Map<String, Function<Settings, Gate>> engines = new LinkedHashMap<>(); // first: the default
        engines.put("iouring", IoUringGate::new);
        engines.put("netty", NettyIoUring::gate);
        engines.put("auto", Auto::gate);
        System.exit(Cli.run(args, engines, Preflight::check));
    }
}
