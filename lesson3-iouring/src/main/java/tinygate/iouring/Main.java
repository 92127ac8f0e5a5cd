package tinygate.iouring;

import java.util.Map;
import tinygate.Cli;

/** Starts lesson 3's gates from the command line. */
final class Main {

    private Main() {}

    public static void main(String[] args) {
        System.exit(Cli.run(args, Map.of("iouring", IoUringGate::new)));
    }
}
