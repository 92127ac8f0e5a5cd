package tinygate.epoll;

import java.util.Map;
import tinygate.Cli;
import tinygate.netty.NettyGate;

/** Starts lesson 2's gates from the command line. */
final class Main {

    private Main() {}

    public static void main(String[] args) {
        System.exit(Cli.run(args, Map.of("epoll", EpollGate::new, "netty", NettyGate::new)));
    }
}
