package tinygate.workers;

import java.util.Map;
import tinygate.Cli;

/** Starts lesson 1's gate from the command line. */
final class Main {

    private Main() {}

    public static void main(String[] args) {
        System.exit(Cli.run(args, Map.of("workers", WorkersGate::new)));
    }
}
